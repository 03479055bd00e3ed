import Avx2Kernels
import VectorKernels

/// y = f(x) for a number of floats, with two parameters.
typealias BlockMap = @Sendable (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int, Float, Float) -> Void
/// c = f(a, b) for a number of pairs of floats.
typealias BlockPairMap =
  @Sendable (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void

/// What an operator does to every element by itself.
enum BlockFunction: Sendable {
  case map(BlockMap, Float = 0, Float = 0)
  case pair(BlockPairMap)

  static let addition = BlockFunction.pair(variant(VectorKernels.add, avx2: Avx2Kernels.add))

  static func scaling(by factor: Float) -> BlockFunction {
    .map(variant(VectorKernels.scale, avx2: Avx2Kernels.scale), factor)
  }

  /// The inputs that it reads element by element.
  var arity: Int {
    switch self {
    case .map: 1
    case .pair: 2
    }
  }
}
