/// The rules that there are, in the order in which they are tried at a node.
public enum Rules {
  public static let all: [any Rule.Type] = constants + identities + movements + convolutions

  static let constants: [any Rule.Type] = [FoldConstants.self, LiftConstant.self]
  static let identities: [any Rule.Type] = [
    DropIdentity.self, DropDropout.self, DropCast.self, DropTranspose.self, DropReshape.self, DropPad.self,
    DropConcat.self, MergeEqualNodes.self,
  ]
  static let movements: [any Rule.Type] = [JoinTransposes.self, JoinReshapes.self]
  static let convolutions: [any Rule.Type] = [FoldBatchNormalization.self]
}
