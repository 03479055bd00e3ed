/// The rules that there are, in the order in which they are tried at a node.
enum Rules {
  static let all: [any Rule.Type] = constants + identities + movements

  private static let constants: [any Rule.Type] = [FoldConstants.self, LiftConstant.self]
  private static let identities: [any Rule.Type] = [
    DropIdentity.self, DropDropout.self, DropCast.self, DropTranspose.self, DropReshape.self, DropPad.self,
    DropConcat.self, MergeEqualNodes.self,
  ]
  private static let movements: [any Rule.Type] = [JoinTransposes.self, JoinReshapes.self]
}
