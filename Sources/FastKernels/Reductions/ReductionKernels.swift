import Execution
import OperatorSet
import TensorCore

/// Reductions of float tensors over any axes, but for shapes in which kept and folded axes alternate often.
enum ReductionKernels {
  static let all = [
    Kernel("reducesum.float", for: ReduceSum.self) { try folded(.sum, $0.axes, $1, $2) },
    Kernel("reducemean.float", for: ReduceMean.self) { try folded(.mean, $0.axes, $1, $2) },
    Kernel("reducesumsquare.float", for: ReduceSumSquare.self) { try folded(.sumOfSquares, $0.axes, $1, $2) },
    Kernel("reducel2.float", for: ReduceL2.self) { try folded(.rootOfSquares, $0.axes, $1, $2) },
    Kernel("reducemax.float", for: ReduceMax.self) { try folded(.largest, $0.axes, $1, $2) },
    Kernel("reducemin.float", for: ReduceMin.self) { try folded(.smallest, $0.axes, $1, $2) },
  ]

  private static func folded(
    _ folding: Folding, _ reduction: ReductionAxes, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    let data = try inputs.tensor(0)
    let given = try inputs.optionalTensor(1)
    guard data.elementType == .float, data.count > 0, given.map({ $0.elementType == .int64 }) ?? true else {
      return nil
    }
    let folded = try reduction.resolved(rank: data.rank, input: given?.ints())
    guard let axes = FoldedAxes(data.shape, folding: folded) else { return nil }
    let output = data.withFloats { x in
      Tensor(floatShape: reduction.foldedDims(data.shape, folded, one: 1)) { y in
        if axes.last == 1 {
          foldColumns(folding, axes, x, y, context)
        } else {
          context.forEachRow(axes.outer * axes.inner, length: axes.foldedCount) { cell in
            y[cell] = folding.row(x, axes, cell)
          }
        }
      }
    }
    return [.tensor(output)]
  }

  /// Rows are folded with each other, some columns at a time.
  private static func foldColumns(
    _ folding: Folding, _ axes: FoldedAxes, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ context: KernelContext
  ) {
    let width = Folding.columnsAtATime
    let blocks = (axes.inner + width - 1) / width
    context.forEachRow(axes.outer * blocks, length: axes.between * width) { block in
      let (outer, first) = (block / blocks, block % blocks * width)
      folding.columns(
        x + outer * axes.between * axes.inner + first, axes, min(width, axes.inner - first),
        into: y + outer * axes.inner + first)
    }
  }
}
