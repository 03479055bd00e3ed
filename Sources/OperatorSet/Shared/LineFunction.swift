import GraphIR
import TensorCore

/// The axes over which the softmax family looks at once: one, or before opset 13 a flattened tail.
package struct LineAxes: Sendable {
  private let axis: Int
  private let flattensTail: Bool

  init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    flattensTail = node.since < 13
  }

  /// The axes that make up one line, taken together.
  package func resolved(rank: Int) throws -> Range<Int> {
    if flattensTail && axis == rank { return rank..<rank }
    let first = try resolveAxis(axis, rank: rank)
    return first..<(flattensTail ? rank : first + 1)
  }
}

/// An operator that maps each line of a floating tensor along an axis to a line of the same length.
protocol LineFunction: Operator {
  var lines: LineAxes { get }
  /// The line that becomes of `line`.
  func values(_ line: [Double]) throws -> [Double]
}

extension LineFunction {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    if let rank = input.rank { _ = try lines.resolved(rank: rank) }
    return [Fact(input.type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let view = AxisView(input.shape, axes: try lines.resolved(rank: input.rank))
    if input.count == 0 { return [.tensor(input)] }
    let x = input.doubles()
    var y = x
    try view.forEachLine { line in
      for (i, value) in zip(line, try values(line.map { x[$0] })) { y[i] = value }
    }
    return [.tensor(Tensor(input.elementType, shape: input.shape, rounding: y))]
  }
}
