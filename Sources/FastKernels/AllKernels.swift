import Execution

extension KernelRegistry {
  /// Every kernel of this target.
  public static let all = KernelRegistry(
    ConvKernels.all + ElementwiseKernels.all + MatMulKernels.all + NormalizationKernels.all + PoolKernels.all
      + RecurrenceKernels.all + GroupNormalizationKernels.all + LineKernels.all + ReductionKernels.all
      + ConvTransposeKernels.all + ResizeKernels.all)
}
