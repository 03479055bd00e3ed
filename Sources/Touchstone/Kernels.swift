import Execution
@_exported import FastKernels

extension SessionOptions {
  /// What a session is built with by default: all kernels, all optimizations, all processors.
  public static var standard: SessionOptions { SessionOptions(kernels: .all) }
}
