/// The rules that there are, in the order in which they are tried at a node.
public enum Rules {
  public static let all: [any Rule.Type] =
    constants + identities + controlFlow + algebra + movements + composites + quantized + recurrent
    + convolutions + products + fusions

  static let constants: [any Rule.Type] = [
    FoldConstants.self, LiftConstant.self, FoldTargetShape.self, MergeEqualConstants.self,
    MergeEqualExtents.self,
  ]
  static let identities: [any Rule.Type] = [
    DropIdentity.self, DropDropout.self, DropCast.self, DropTranspose.self, DropReshape.self, DropPad.self,
    DropConcat.self, DropNeutralOperand.self, DropZero.self, DropSlice.self, DropSplit.self, DropTile.self,
    DropScatter.self, DropClip.self, DropResize.self, DropWhere.self, MergeEqualNodes.self,
  ]
  static let controlFlow: [any Rule.Type] = [
    FoldIf.self, UnrollLoop.self, FoldSequence.self, FoldOptional.self,
  ]
  static let algebra: [any Rule.Type] = [
    JoinClips.self, MinMaxToClip.self, SwapWhere.self, JoinCasts.self, DropRepeatedFunction.self,
    DropInverse.self, KeepReducedAxes.self, JoinLogSoftmax.self, DropMonotone.self,
  ]
  static let movements: [any Rule.Type] = [
    JoinTransposes.self, JoinUnsqueezes.self, JoinReshapes.self, JoinSlices.self, JoinConcats.self,
    JoinPads.self,
    DropSplitConcat.self, DropConcatSplit.self, DropExpand.self, TransposeIntoGemm.self,
    TransposeIntoReduce.self, SinkTranspose.self,
  ]
  /// Before others take numbers out of what is spelled out.
  static let composites: [any Rule.Type] = [
    FuseGelu.self, FuseGatedUnit.self, FuseHardSigmoid.self, FuseLayerNormalization.self,
    FuseRMSNormalization.self, FuseSoftmax.self, FuseGroupNormalization.self, FuseAttention.self,
    FuseRotaryEmbedding.self,
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
  /// When the others find nothing more, since they do not look into functions.
  static let fusions: [any Rule.Type] = [FuseQuantized.self, FuseLinear.self, FuseAddNormalization.self]
}
