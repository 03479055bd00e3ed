import GraphIR
import TensorCore

/// # LpNormalization
///
/// Divides each line along an axis by its L1 or L2 norm.
///
///     output[i] = input[i] / ‖input‖ₚ      i along the axis; 0 where the norm is 0
///
/// - Inputs: `input` (T): any shape of rank 1 or more.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `axis`: by default the last. `p`: 1 or 2, by default 2.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: `axis` out of range; `p` other than 1 and 2.
/// - Versions: 1, 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: none.
package struct LpNormalization: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("input", "T")], outputs: [.single("output", "T")],
    attributes: [.int("axis", -1), .int("p", 2)], types: ["T": .ieeeFloats])
  private static let version22 = version1.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("LpNormalization", versions: [version1, version22])

  package let axis: Int
  let norm: LpNorm

  package init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    norm = try LpNorm(node)
    guard norm.p == 1 || norm.p == 2 else {
      throw OperatorError(.invalidAttribute, "p is \(norm.p), but must be 1 or 2")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    if let rank = input.rank { _ = try resolveAxis(axis, rank: rank) }
    return [Fact(input.type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let lines = AxisView(input.shape, axis: try resolveAxis(axis, rank: input.rank))
    let x = input.doubles()
    var y = x
    try lines.forEachLine { line in
      let length = try norm.value(line.lazy.map { x[$0] })
      for i in line { y[i] = length == 0 ? 0 : x[i] / length }
    }
    return [.tensor(Tensor(input.elementType, shape: input.shape, rounding: y))]
  }
}
