/// The rules that there are, in the order in which they are tried at a node.
public enum Rules {
  public static let all: [any Rule.Type] =
    constants + identities + movements + composites + quantized + recurrent
    + convolutions + products

  static let constants: [any Rule.Type] = [FoldConstants.self, LiftConstant.self]
  static let identities: [any Rule.Type] = [
    DropIdentity.self, DropDropout.self, DropCast.self, DropTranspose.self, DropReshape.self, DropPad.self,
    DropConcat.self, MergeEqualNodes.self,
  ]
  static let movements: [any Rule.Type] = [JoinTransposes.self, JoinReshapes.self]
  /// Before others take numbers out of what is spelled out.
  static let composites: [any Rule.Type] = [
    FuseGelu.self, FuseGatedUnit.self, FuseHardSigmoid.self, FuseLayerNormalization.self,
    FuseRMSNormalization.self, FuseSoftmax.self, FuseGroupNormalization.self, FuseAttention.self,
    FlattenReduction.self, FoldIntoNormalization.self,
    FuseScaleAndShift.self, FuseSlices.self, DivideByRoot.self, WeighTermCounts.self,
  ]
  static let quantized: [any Rule.Type] = [
    DropQuantizePair.self, DropClipBeforeQuantize.self, FuseDequantize.self,
  ]
  static let recurrent: [any Rule.Type] = [DropZeroState.self]
  static let convolutions: [any Rule.Type] = [
    FoldBatchNormalization.self, FoldScale.self, FoldShift.self, ExplicitPadding.self, FoldPad.self,
  ]
  static let products: [any Rule.Type] = [
    UnflattenProduct.self, MatMulAddToGemm.self, FoldTransposeIntoProduct.self, RaiseScale.self,
    LowerScale.self,
    LowerChannelScale.self, JoinParallelProducts.self,
  ]
}
