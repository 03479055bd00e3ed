import Avx2Kernels
import Execution
import GraphIR
import OperatorSet
import TensorCore
import VectorKernels

/// Pooling of float tensors with one or two spatial axes.
enum PoolKernels {
  static let all = [
    Kernel("maxpool.float", for: MaxPool.self, maxPool),
    Kernel("averagepool.float", for: AveragePool.self, averagePool),
    Kernel("globalaveragepool.float", for: GlobalAveragePool.self, globalAveragePool),
  ]

  private static func maxPool(_ pool: MaxPool, _ inputs: Inputs<Value>, _ context: KernelContext) throws
    -> [Value]?
  {
    guard context.outputCount == 1 else { return nil }
    return try pooled(pool.window, try inputs.tensor(0), context, Largest())
  }

  private static func averagePool(_ pool: AveragePool, _ inputs: Inputs<Value>, _ context: KernelContext)
    throws
    -> [Value]?
  {
    // Which cells of a partial window count is the definition's affair.
    guard !pool.window.roundsUp else { return nil }
    return try pooled(pool.window, try inputs.tensor(0), context, Mean(countsPadding: pool.countsPadding))
  }

  private static func pooled<Rule: PoolingRule>(
    _ window: WindowAttributes, _ X: Tensor, _ context: KernelContext, _ rule: Rule
  ) throws -> [Value]? {
    guard X.elementType == .float, X.rank == 3 || X.rank == 4, let kernel = window.kernelShape else {
      return nil
    }
    let axes = try window.axes(input: Array(X.shape.dropFirst(2)), kernel: kernel)
    let extents = try axes.map { try $0.outputCount() }
    let shape = [X.shape[0], X.shape[1]] + extents
    guard try elementCount(shape) > 0, axes.allSatisfy({ $0.padBegin < $0.extent && $0.padEnd < $0.extent })
    else {
      return nil
    }
    let plane = PoolingPlane(axes: axes, extents: extents, rule: rule)
    let output = X.withFloats { x in
      Tensor(floatShape: shape) { y in
        let (x, y) = (Shared(x), Shared(y))
        context.forEachChunk(shape[0] * shape[1]) { channel in
          plane.pool(x.pointer + channel * plane.inputCells, y.pointer + channel * plane.outputCells, context)
        }
      }
    }
    return [.tensor(output)]
  }

  private static func globalAveragePool(
    _: GlobalAveragePool, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    let X = try inputs.tensor(0)
    guard X.elementType == .float, X.rank > 2, X.count > 0 else { return nil }
    let channels = X.shape[0] * X.shape[1]
    let cells = X.count / channels
    let shape = X.shape.enumerated().map { $0.offset < 2 ? $0.element : 1 }
    let output = X.withFloats { x in
      Tensor(floatShape: shape) { y in
        let (x, y) = (Shared(x), Shared(y))
        context.forEachChunk(channels) { c in
          y.pointer[c] = Float(sum(x.pointer + c * cells, cells) / Double(cells))
        }
      }
    }
    return [.tensor(output)]
  }
}

/// The sum of `count` floats, in double.
private let sum = variant(VectorKernels.sum(_:_:), avx2: Avx2Kernels.sum(_:_:))

/// What becomes of the cells under a window.
private protocol PoolingRule: Sendable {
  associatedtype Accumulator
  var start: Accumulator { get }
  func combine(_ a: Accumulator, _ b: Float) -> Accumulator
  func finish(_ value: Accumulator, cells: Int, windowCells: Int) -> Float
}

private struct Largest: PoolingRule {
  var start: Float { -.infinity }
  // A NaN wins, as in the definition.
  func combine(_ a: Float, _ b: Float) -> Float { a > b || a.isNaN ? a : b }
  func finish(_ value: Float, cells: Int, windowCells: Int) -> Float { value }
}

private struct Mean: PoolingRule {
  let countsPadding: Bool
  // Wide, so that a sum of large numbers does not overflow before it is divided.
  var start: Double { 0 }
  func combine(_ a: Double, _ b: Float) -> Double { a + Double(b) }
  func finish(_ value: Double, cells: Int, windowCells: Int) -> Float {
    Float(value / Double(countsPadding ? windowCells : cells))
  }
}

/// Pooling of one channel, seen in two dimensions.
private struct PoolingPlane<Rule: PoolingRule>: Sendable {
  private let height: WindowAxis
  private let width: WindowAxis
  private let outHeight: Int
  private let outWidth: Int
  private let rule: Rule

  init(axes: [WindowAxis], extents: [Int], rule: Rule) {
    let unit = WindowAxis(
      input: 1, kernel: 1, stride: 1, dilation: 1, pads: (0, 0), autoPad: .notSet, roundsUp: false)
    height = axes.count == 2 ? axes[0] : unit
    width = axes[axes.count - 1]
    outHeight = axes.count == 2 ? extents[0] : 1
    outWidth = extents[extents.count - 1]
    self.rule = rule
  }

  var inputCells: Int { height.input * width.input }
  var outputCells: Int { outHeight * outWidth }

  func pool(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ context: KernelContext) {
    var pace = context.pace
    for oh in 0..<outHeight {
      let rows = height.cellsInside(oh)
      for ow in 0..<outWidth {
        let columns = width.cellsInside(ow)
        guard pace.goesOn(1 + rows.count * columns.count) else { return }
        var value = rule.start
        for kh in rows {
          let row = x + height.inputCell(oh, kh) * width.input + width.inputCell(ow, 0)
          for kw in columns { value = rule.combine(value, row[kw &* width.dilation]) }
        }
        y[oh * outWidth + ow] = rule.finish(
          value, cells: rows.count * columns.count, windowCells: height.kernel * width.kernel)
      }
    }
  }
}

extension WindowAxis {
  /// The kernel cells of output cell `o` that lie on the input.
  fileprivate func cellsInside(_ o: Int) -> Range<Int> {
    let start = inputCell(o, 0)
    let first = start >= 0 ? 0 : (dilation - 1 - start) / dilation
    let last = min(kernel, (input - start + dilation - 1) / dilation)
    return first..<max(first, last)
  }
}
