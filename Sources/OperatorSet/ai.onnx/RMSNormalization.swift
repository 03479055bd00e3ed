import GraphIR
import TensorCore

/// # RMSNormalization
///
/// Divides the elements of the last axes by their root mean square, then scales them.
///
///     Y = X / √(Σ X² / count + ε) · scale      Σ over axis, axis + 1, …
///
/// - Inputs: `X` (T): any shape of rank 1 or more. `scale` (V): a shape that stretches to X.
/// - Outputs: `Y` (V): the shape of X.
/// - Attributes: `axis`: the first axis to normalise, by default the last. `epsilon`: ε. `stash_type`: the
///   least precision of the normalisation; we compute in a wider one.
/// - Types: T and V are each float16, float, double or bfloat16.
/// - Errors: `axis` out of range; `scale` that does not stretch to X; `stash_type` that is no such type.
/// - Versions: 23.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: TSN-0036 (precision).
package struct RMSNormalization: Operator {
  private static let version23 = OperatorVersion(
    since: 23, inputs: [.single("X", "T"), .single("scale", "V")], outputs: [.single("Y", "V")],
    attributes: [.int("axis", -1), .float("epsilon", 1e-5), .int("stash_type", 1)],
    types: ["T": .floats, "V": .floats])
  package static let schema = OperatorSchema("RMSNormalization", versions: [version23])

  package let axis: Int
  package let epsilon: Double

  package init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    epsilon = Double(try node.float("epsilon"))
    _ = try node.floatingType("stash_type")
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, scale) = (try inputs.required(0), try inputs.required(1))
    if let rank = X.rank { _ = try resolveAxis(axis, rank: rank) }
    try checkUnidirectional(scale.dims, to: X.dims, name: "scale")
    guard let type = scale.elementType else { return [.unknown] }
    return [.tensor(type, X.dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, scale) = (try inputs.tensor(0), try inputs.tensor(1))
    let first = try resolveAxis(axis, rank: X.rank)
    let factors = try unidirectional(scale, to: X.shape, name: "scale").doubles()
    let x = X.doubles()
    let length = X.shape[first...].product
    var y = x
    for row in 0..<X.shape[..<first].product {
      let cells = (row * length)..<((row + 1) * length)
      var squares = CompensatedSum()
      try cells.forEach(spending: 1) { squares.add(x[$0], x[$0]) }
      let root = sqrt(squares.value / Double(length) + epsilon)
      try cells.forEach(spending: 1) { i in y[i] = x[i] / root * factors[i] }
    }
    return [.tensor(Tensor(scale.elementType, shape: X.shape, rounding: y))]
  }
}
