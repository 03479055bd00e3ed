import GraphIR
import TensorCore

/// A reduction: each element x of a group that is folded into y takes dL/dy · ∂y/∂x.
protocol DifferentiableReduction: Differentiable {
  var axes: ReductionAxes { get }
  /// ∂y/∂x of each element of one group.
  func partials(_ group: [Double]) throws -> [Double]
}

extension DifferentiableReduction {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let data = try node.inputs.tensor(0)
    // Folding the numbers of the elements, rather than the elements, tells which ones a cell of the output is
    // made of.
    let numbers = Tensor(int64: Array(0..<data.count), shape: data.shape)
    let (rows, length, _) = try axes.rows(of: numbers, input: node.inputs.optionalTensor(1)?.ints())
    let (members, x) = (rows.ints(), data.doubles())
    var dX = [Double](repeating: 0, count: data.count)
    var work = Work()
    for (row, dY) in try node.dY().enumerated() {
      try work.spend(length)
      let group = members[(row * length)..<((row + 1) * length)]
      for (member, partial) in zip(group, try partials(group.map { x[$0] })) { dX[member] = dY * partial }
    }
    return [.gradient(dX, data.shape)]
  }
}

extension ReduceSum: DifferentiableReduction {
  func partials(_ group: [Double]) -> [Double] { group.map { _ in 1 } }
}

extension ReduceMean: DifferentiableReduction {
  func partials(_ group: [Double]) -> [Double] { group.map { _ in 1 / Double(group.count) } }
}

extension ReduceSumSquare: DifferentiableReduction {
  func partials(_ group: [Double]) -> [Double] { group.map { 2 * $0 } }
}

extension ReduceL1: DifferentiableReduction {
  func partials(_ group: [Double]) -> [Double] { group.map(signum) }
}

extension ReduceL2: DifferentiableReduction {
  /// x / y; 0 where all are 0.
  func partials(_ group: [Double]) throws -> [Double] {
    let y = try value(group[...])
    return group.map { y == 0 ? 0 : $0 / y }
  }
}

extension ReduceLogSum: DifferentiableReduction {
  func partials(_ group: [Double]) throws -> [Double] {
    let sum = try group[...].wideSum()
    return group.map { _ in 1 / sum }
  }
}

extension ReduceLogSumExp: DifferentiableReduction {
  func partials(_ group: [Double]) throws -> [Double] {
    let y = try value(group[...])
    return group.map { exp($0 - y) }
  }
}

extension ReduceProd: DifferentiableReduction {
  func partials(_ group: [Double]) -> [Double] { productsOfOthers(group) }
}

extension ReduceMax: DifferentiableReduction {
  func partials(_ group: [Double]) throws -> [Double] {
    extremeShares(group, try value(group[...], .double))
  }
}

extension ReduceMin: DifferentiableReduction {
  func partials(_ group: [Double]) throws -> [Double] {
    extremeShares(group, try value(group[...], .double))
  }
}
