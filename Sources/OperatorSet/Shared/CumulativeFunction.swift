import GraphIR
import TensorCore

/// The attributes of CumSum and CumProd.
struct CumulativeDirection: Sendable {
  let isExclusive: Bool
  let isReversed: Bool

  init(_ node: NodeAttributes) throws {
    isExclusive = try node.flag("exclusive")
    isReversed = try node.flag("reverse")
  }
}

/// CumSum and CumProd: what has been folded so far, at each place along an axis.
protocol CumulativeFunction: Operator {
  var direction: CumulativeDirection { get }
  /// The folds of the first 0, 1, …, n elements of `line`: n + 1 numbers.
  func scan<W: WideNumber>(_ line: [W]) throws -> [W]
}

extension CumulativeFunction {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (x, axis) = (try inputs.required(0), try inputs.required(1))
    if let rank = x.rank, let axis = axis.integers, axis.count == 1 {
      _ = try resolveAxis(axis[0], rank: rank)
    }
    return [Fact(x.type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let x = try inputs.tensor(0)
    let axis: Int64 = try inputs.scalar(1)
    let view = AxisView(x.shape, axis: try resolveAxis(Int(axis), rank: x.rank))
    if x.count == 0 { return [.tensor(x)] }
    return [.tensor(try x.elementType.inWideNumbers(ScanLines(function: self, x: x, view: view)))]
  }
}

private struct ScanLines<Function: CumulativeFunction>: WideBody {
  let function: Function
  let x: Tensor
  let view: AxisView

  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    let (elements, direction) = (W.elements(of: x), function.direction)
    var y = elements
    try view.forEachLine { line in
      let positions = direction.isReversed ? line.reversed() : Array(line)
      let folds = try function.scan(positions.map { elements[$0] }).dropFirst(direction.isExclusive ? 0 : 1)
      for (position, fold) in zip(positions, folds) { y[position] = fold }
    }
    return Tensor(x.elementType, shape: x.shape, wide: y)
  }
}
