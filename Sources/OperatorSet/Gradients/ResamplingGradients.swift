import GraphIR
import TensorCore

/// dL/dX of X resampled along all its axes: each cell takes from every output cell its weight in that one
/// times dY, one axis after the other, in the opposite order.
private func resampledGradient(_ dY: [Double], shape: [Int], _ axes: [ResampledAxis]) throws
  -> [Double]
{
  var work = Work()
  var (dX, current) = (dY, axes.map(\.count))
  for (axis, cells) in axes.enumerated().reversed() {
    let output = AxisView(current, axis: axis)
    current[axis] = shape[axis]
    let input = AxisView(current, axis: axis)
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: input.outer * input.length * input.inner)
    for cell in 0..<cells.count {
      for tap in try cells.taps(cell) ?? [] {
        for o in 0..<input.outer {
          try work.spend(input.inner)
          for i in 0..<input.inner {
            sums[input.position(o, tap.cell, i)].add(tap.weight, dX[output.position(o, cell, i)])
          }
        }
      }
    }
    dX = sums.map(\.value)
  }
  return dX
}

extension Resize: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let shape = try node.inputs.tensor(0).shape
    return [.gradient(try resampledGradient(node.dY(), shape: shape, cells(shape, node.inputs)), shape)]
  }
}

extension Upsample: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let shape = try node.inputs.tensor(0).shape
    return [.gradient(try resampledGradient(node.dY(), shape: shape, cells(shape, node.inputs)), shape)]
  }
}
