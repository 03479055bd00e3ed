import Execution

extension KernelRegistry {
  /// Every kernel of this target.
  public static let all = KernelRegistry(
    KernelLists.float + HalfKernel.kernels(of: KernelLists.float) + KernelLists.others)
}

enum KernelLists {
  /// Kernels for float that serve float16 and bfloat16 too.
  static let float =
    ConvKernels.all + ConvTransposeKernels.all + ElementwiseKernels.all + MatMulKernels.all
    + NormalizationKernels.all + GroupNormalizationKernels.all + LineKernels.all + ReductionKernels.all
    + PoolKernels.all + ResizeKernels.all
  static let others =
    PairKernels.all + RowKernels.all + RecurrenceKernels.all + QuantizationKernels.all + CastKernels.all
    + IntegerMatMulKernels.all
    + IntegerConvKernels.all
}
