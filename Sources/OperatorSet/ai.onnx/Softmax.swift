import GraphIR
import TensorCore

/// # Softmax
///
/// Normalised exponentials: non-negative numbers that sum to 1 along an axis.
///
///     Y[i] = exp(X[i] − max X) / Σⱼ exp(X[j] − max X)      i, j along the axis
///
/// - Inputs: `input` (T): any shape of rank 1 or more.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `axis`: the axis along which to normalise (from 13, by default the last); before, the tensor is
///   flattened to a matrix at this axis (by default 1), and each row is normalised.
/// - Types: T is float16, float or double; also bfloat16 from 13.
/// - Errors: `axis` outside −r…r−1; before 11 it must not be negative.
/// - Versions: 1, 11 (negative `axis`), 13 (one axis instead of a flattened tail; bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0026 (flattening before 13); TSN-0015 (a NaN makes its whole line NaN).
package struct Softmax: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("input", "T")], outputs: [.single("output", "T")],
    attributes: [.int("axis", 1)], types: ["T": .ieeeFloats])
  private static let version11 = version1.then(since: 11, "axis may be negative")
  private static let version13 = version11.then(
    since: 13, "normalises along one axis, not over the flattened tail; bfloat16",
    attributes: [.int("axis", -1)], types: ["T": .floats])
  package static let schema = OperatorSchema("Softmax", versions: [version1, version11, version13])

  package let axis: Int
  package let flattensTail: Bool

  package init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    flattensTail = node.since < 13
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    if let rank = input.rank { _ = try normalizedAxes(rank: rank) }
    return [Fact(input.type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let lines = AxisView(input.shape, axes: try normalizedAxes(rank: input.rank))
    let x = input.doubles()
    var y = x
    try lines.forEachLine { line in
      let largest = try line.reduce(-Double.infinity, spending: 1) { max($0, x[$1]) }
      let sum = try line.reduce(0, spending: 1) { $0 + exp(x[$1] - largest) }
      try line.forEach(spending: 1) { i in y[i] = exp(x[i] - largest) / sum }
    }
    return [.tensor(Tensor(input.elementType, shape: input.shape, rounding: y))]
  }

  /// The axes over which one sum goes.
  package func normalizedAxes(rank: Int) throws -> Range<Int> {
    if flattensTail && axis == rank { return rank..<rank }
    let first = try resolveAxis(axis, rank: rank)
    return first..<(flattensTail ? rank : first + 1)
  }
}
