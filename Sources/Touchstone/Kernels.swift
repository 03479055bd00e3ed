import Execution

extension KernelRegistry {
  /// Every kernel that Touchstone has: what sessions use unless they are told otherwise.
  public static let all = KernelRegistry.none
}

extension SessionOptions {
  /// What a session is built with by default: all kernels, all optimizations, all processors.
  public static var standard: SessionOptions { SessionOptions(kernels: .all) }
}
