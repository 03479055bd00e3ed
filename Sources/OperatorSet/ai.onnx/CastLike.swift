import GraphIR
import TensorCore

/// # CastLike
///
/// The same elements, each converted to the type of another tensor; `Cast` says how.
///
///     output[i] = T2(input[i])
///
/// - Inputs: `input` (T1): any shape. `target_type` (T2): only its type counts.
/// - Outputs: `output` (T2): the shape of `input`.
/// - Attributes: `saturate` (from 19, default 1): whether a number too large for a float8 becomes the
///   largest. `round_mode` (from 24, default up): how float8e8m0 rounds to a power of two: up, down, or
///   nearest.
/// - Types: T1 and T2 are any type but complex numbers, with the types of each later IR version.
/// - Errors: a string that is no number.
/// - Versions: 15, 19 (float8, `saturate`), 21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0,
///   `round_mode`), 25 (2-bit integers).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0008 (out of range), TSN-0009 (float8), TSN-0010 (text).
struct CastLike: LeavesValuesOpen {
  private static let version15 = OperatorVersion(
    since: 15, inputs: [.single("input", "T1"), .single("target_type", "T2")],
    outputs: [.single("output", "T2")],
    types: [
      "T1": .allTensors(ir: 4).without(.complex64, .complex128),
      "T2": .allTensors(ir: 4).without(.complex64, .complex128),
    ])
  private static let version19 = version15.then(
    since: 19, "float8, saturate", attributes: [.int("saturate", 1)],
    types: [
      "T1": .allTensors(ir: 9).without(.complex64, .complex128),
      "T2": .allTensors(ir: 9).without(.complex64, .complex128),
    ])
  private static let version21 = version19.then(
    since: 21, "4-bit integers",
    types: [
      "T1": .allTensors(ir: 10).without(.complex64, .complex128),
      "T2": .allTensors(ir: 10).without(.complex64, .complex128),
    ])
  private static let version23 = version21.then(
    since: 23, "float4e2m1",
    types: [
      "T1": .allTensors(ir: 11).without(.complex64, .complex128),
      "T2": .allTensors(ir: 11).without(.complex64, .complex128),
    ])
  private static let version24 = version23.then(
    since: 24, "float8e8m0, round_mode", attributes: [.string("round_mode", "up")],
    types: [
      "T1": .allTensors(ir: 12).without(.complex64, .complex128),
      "T2": .allTensors(ir: 12).without(.complex64, .complex128),
    ])
  private static let version25 = version24.then(
    since: 25, "2-bit integers",
    types: [
      "T1": .allTensors(ir: 13).without(.complex64, .complex128),
      "T2": .allTensors(ir: 13).without(.complex64, .complex128),
    ])
  static let schema = OperatorSchema(
    "CastLike", versions: [version15, version19, version21, version23, version24, version25])

  var rounding: Rounding { .once }

  let rules: CastRules

  init(_ node: NodeAttributes) throws { rules = try CastRules(node) }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    guard let target = try inputs.required(1).elementType else { return [.unknown] }
    var fact = Fact.tensor(target, input.dims)
    fact.elements = rules.propagated(input, to: target)
    return [fact]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    [.tensor(try rules.cast(inputs.tensor(0), to: inputs.tensor(1).elementType))]
  }

  package func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
  {
    rules.undefinedPlaces(try inputs.tensor(0), to: try inputs.tensor(1).elementType)
  }
}
