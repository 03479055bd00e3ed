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
  /// a + b. This and the next have names, since products do them along with their sums.
  case sum
  /// Limited to low…high; NaN stays NaN.
  case limits(Float, Float)

  private static let add: BlockPairMap = variant(VectorKernels.add, avx2: Avx2Kernels.add)
  private static let limit: BlockMap = variant(VectorKernels.limit, avx2: Avx2Kernels.limit)

  static func scaling(by factor: Float) -> BlockFunction {
    .map(variant(VectorKernels.scale, avx2: Avx2Kernels.scale), factor)
  }

  /// The inputs that it reads element by element.
  var arity: Int {
    switch self {
    case .map, .limits: 1
    case .pair, .sum: 2
    }
  }

  /// y = f(a), or f(a, b), for `count` elements.
  func apply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    switch self {
    case .map(let map, let first, let second): map(a, y, count, first, second)
    case .pair(let map): map(a, b, y, count)
    case .sum: Self.add(a, b, y, count)
    case .limits(let low, let high): Self.limit(a, y, count, low, high)
    }
  }
}
