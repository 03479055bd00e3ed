import GraphIR
import TensorCore

/// # Identity
///
/// A value under another name.
///
///     output = input
///
/// - Inputs: `input` (V; T before 14): any value.
/// - Outputs: `output` (V; T before 14): the same value.
/// - Attributes: none.
/// - Types: V is any tensor, with the types of each later IR version; also any sequence from 14 and optional
///   from 16.
/// - Errors: none.
/// - Versions: 1, 13 (bfloat16), 14 (sequences), 16 (optionals), 19 (float8), 21 (4-bit integers), 23
///   (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
package struct Identity: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    types: ["T": .allTensors(ir: 3)])
  private static let version13 = version1.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  private static let version14 = version13.then(
    since: 14, "sequences", inputs: [.single("input", "V")], outputs: [.single("output", "V")],
    types: ["V": .allTensors(ir: 4) | .allSequences(ir: 3)])
  private static let version16 = version14.then(
    since: 16, "optionals", types: ["V": .allTensors(ir: 4) | .allSequences(ir: 3) | .allOptionals(ir: 3)])
  private static let version19 = version16.then(
    since: 19, "float8", types: ["V": .allTensors(ir: 9) | .allSequences(ir: 3) | .allOptionals(ir: 3)])
  private static let version21 = version19.then(
    since: 21, "4-bit integers",
    types: ["V": .allTensors(ir: 10) | .allSequences(ir: 3) | .allOptionals(ir: 3)])
  private static let version23 = version21.then(
    since: 23, "float4e2m1", types: ["V": .allTensors(ir: 11) | .allSequences(ir: 3) | .allOptionals(ir: 3)])
  private static let version24 = version23.then(
    since: 24, "float8e8m0", types: ["V": .allTensors(ir: 12) | .allSequences(ir: 3) | .allOptionals(ir: 3)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers",
    types: ["V": .allTensors(ir: 13) | .allSequences(ir: 3) | .allOptionals(ir: 3)])
  package static let schema = OperatorSchema(
    "Identity",
    versions: [
      version1, version13, version14, version16, version19, version21, version23, version24, version25,
    ])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [try inputs.required(0)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    [try inputs.required(0)]
  }
}
