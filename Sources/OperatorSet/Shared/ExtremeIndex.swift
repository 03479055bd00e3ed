import GraphIR
import TensorCore

/// The position of the extreme element of `line` where `isBetter(a, b)` says that a beats b; a NaN beats
/// every number (TSN-0016). Among equals the first, or the last where asked for. Nil for an empty line.
func extremeIndex<W: WideNumber>(_ line: [W], selectsLast: Bool, _ isBetter: (W, W) -> Bool) throws
  -> Int?
{
  guard var best = line.indices.first else { return nil }
  try line.indices.dropFirst().forEach(spending: 1) { k in
    let isEqual = line[k] == line[best] || (line[k].isNaN && line[best].isNaN)
    let wins = !line[best].isNaN && (line[k].isNaN || isBetter(line[k], line[best]))
    if wins || (isEqual && selectsLast) { best = k }
  }
  return best
}

/// ArgMax and ArgMin: the position along an axis of the element that beats all others.
protocol ArgReduction: Operator {
  var arguments: ArgAxis { get }
  /// Whether a beats b.
  func isBetter<W: WideNumber>(_ a: W, _ b: W) -> Bool
}

/// The attributes of ArgMax and ArgMin.
struct ArgAxis: Sendable {
  let axis: Int
  let keepsDims: Bool
  let selectsLast: Bool

  init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    keepsDims = try node.flag("keepdims")
    selectsLast = node.optionalInt("select_last_index") == 1
  }

  func outputDims<D>(_ dims: [D], one: D) throws -> [D] {
    let axis = try resolveAxis(axis, rank: dims.count)
    return dims.indices.compactMap { $0 == axis ? (keepsDims ? one : nil) : dims[$0] }
  }
}

extension ArgReduction {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let dims = try inputs.required(0).dims
    return [.tensor(.int64, try dims.map { try arguments.outputDims($0, one: 1) })]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let data = try inputs.tensor(0)
    let shape = try arguments.outputDims(data.shape, one: 1)
    let axis = try resolveAxis(arguments.axis, rank: data.rank)
    guard data.shape[axis] > 0 || shape.contains(0) else {
      throw OperatorError(
        .invalidShape, "data has shape \(data.shape): axis \(axis) has no element to point at")
    }
    return [
      .tensor(
        try data.elementType.inWideNumbers(Search(reduction: self, data: data, axis: axis, shape: shape)))
    ]
  }
}

private struct Search<Reduction: ArgReduction>: WideBody {
  let reduction: Reduction
  let data: Tensor
  let axis: Int
  let shape: [Int]

  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    let x = W.elements(of: data)
    var positions: [Int64] = []
    try AxisView(data.shape, axis: axis).forEachLine { line in
      let best = try extremeIndex(line.map { x[$0] }, selectsLast: reduction.arguments.selectsLast) {
        reduction.isBetter($0, $1)
      }
      positions.append(Int64(best ?? 0))
    }
    return Tensor(.int64, shape: shape, elements: positions)
  }
}
