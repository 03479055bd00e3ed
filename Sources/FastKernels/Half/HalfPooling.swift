import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Poolings with one or two spatial axes of tensors that were widened to float.
enum HalfPooling {
  @Sendable
  static func largest(_ pool: MaxPool, _ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]? {
    guard context.outputCount == 1 else { return nil }
    return try pooled(pool.window, inputs.tensor(0), context, -.infinity) { best, x in
      // A NaN wins, as in the definition.
      Double(x) <= best || best.isNaN ? best : Double(x)
    } finish: { best, _, _ in
      best
    }
  }

  @Sendable
  static func mean(_ pool: AveragePool, _ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]?
  {
    // Which cells of a partial window count is the definition's affair.
    guard !pool.window.roundsUp else { return nil }
    let countsPadding = pool.countsPadding
    return try pooled(pool.window, inputs.tensor(0), context, 0) {
      $0 + Double($1)
    } finish: {
      $0 / Double(countsPadding ? $2 : $1)
    }
  }

  /// - Parameter finish: of what was combined, the cells under the window, and those that it has with
  /// padding.
  @inline(__always)
  private static func pooled(
    _ window: WindowAttributes, _ X: Tensor, _ context: KernelContext, _ start: Double,
    _ combine: (Double, Float) -> Double, finish: (Double, Int, Int) -> Double
  ) throws -> [Value]? {
    guard X.elementType == .float, X.rank == 3 || X.rank == 4, let kernel = window.kernelShape else {
      return nil
    }
    let axes = try window.axes(input: Array(X.shape.dropFirst(2)), kernel: kernel)
    let extents = try axes.map { try $0.outputCount() }
    let shape = X.shape.prefix(2) + extents
    guard try elementCount(Array(shape)) > 0,
      axes.allSatisfy({ $0.padBegin < $0.extent && $0.padEnd < $0.extent })
    else { return nil }
    let unit = WindowAxis(
      input: 1, kernel: 1, stride: 1, dilation: 1, pads: (0, 0), autoPad: .notSet, roundsUp: false)
    let (height, width) = (axes.count == 2 ? axes[0] : unit, axes[axes.count - 1])
    let outWidth = extents[extents.count - 1]
    let (cells, windowCells) = (extents.product, height.kernel * width.kernel)
    let output = X.withFloats { x in
      Tensor(floatShape: Array(shape)) { y in
        context.forEachChunk(shape.product / outWidth) { row in
          let (channel, oh) = (row * outWidth / cells, row * outWidth % cells / outWidth)
          let plane = x + channel * height.input * width.input
          let rows = height.kernelCells(oh)
          var pace = context.pace
          for ow in 0..<outWidth {
            let columns = width.kernelCells(ow)
            guard pace.goesOn(1 + rows.count * columns.count) else { return }
            var value = start
            for kh in rows {
              let line = plane + height.inputCell(oh, kh) * width.input + width.inputCell(ow, 0)
              for kw in columns { value = combine(value, line[kw &* width.dilation]) }
            }
            y[row * outWidth + ow] = Float(finish(value, rows.count * columns.count, windowCells))
          }
        }
      }
    }
    return [.tensor(output)]
  }
}

extension WindowAxis {
  /// The kernel cells of output cell `o` that lie on the input.
  fileprivate func kernelCells(_ o: Int) -> Range<Int> {
    let start = inputCell(o, 0)
    let first = start >= 0 ? 0 : (dilation - 1 - start) / dilation
    let last = min(kernel, (input - start + dilation - 1) / dilation)
    return first..<max(first, last)
  }
}
