import GraphIR
import TensorCore

/// # Cast
///
/// The same elements, each converted to another type.
///
///     output[i] = to(input[i])
///
/// What `to` means, from → to:
///   - float → float: the nearest, ties to even; beyond the range ±infinity. To a float8, `saturate` decides.
///   - float → integer: truncated toward zero; high bits are discarded as between integers; NaN and infinity
///     give 0.
///   - integer → integer: the low bits are kept.
///   - anything → bool: false for ±0, true for all else, NaN included. bool → number: 0 or 1.
///   - number → string and back: `NumericText`.
///
/// - Inputs: `input` (T1): any shape.
/// - Outputs: `output` (T2): the shape of `input`.
/// - Attributes: `to`: the type, by number; in 1 by name. `saturate` (from 19, default 1): whether a number
///   too large for a float8 becomes the largest, rather than infinity or NaN. `round_mode` (from 24, default
///   up): how float8e8m0 rounds to a power of two: up, down, or nearest.
/// - Types: T1 and T2 are any type but complex numbers; no strings before 9; the types of each later IR
///   version.
/// - Errors: `to` that is no type of T2; a string that is no number.
/// - Versions: 1, 6 (`to` is a number), 9 (strings), 13 (bfloat16), 19 (float8, `saturate`), 21 (4-bit
///   integers), 23 (float4e2m1), 24 (float8e8m0, `round_mode`), 25 (2-bit integers), 28 (float6).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0008 (out of range), TSN-0009 (float8), TSN-0010 (text).
package struct Cast: LeavesValuesOpen {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("input", "T1")], outputs: [.single("output", "T2")],
    attributes: [.required("to", .string)],
    types: ["T1": .integers | .ieeeFloats | .tensors(.bool), "T2": .integers | .ieeeFloats | .tensors(.bool)])
  private static let version6 = version1.then(since: 6, "to is a number", attributes: [.required("to", .int)])
  private static let version9 = version6.then(
    since: 9, "strings",
    types: [
      "T1": .allTensors(ir: 3).without(.complex64, .complex128),
      "T2": .allTensors(ir: 3).without(.complex64, .complex128),
    ])
  private static let version13 = version9.then(
    since: 13, "bfloat16",
    types: [
      "T1": .allTensors(ir: 4).without(.complex64, .complex128),
      "T2": .allTensors(ir: 4).without(.complex64, .complex128),
    ])
  private static let version19 = version13.then(
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
  private static let version28 = version25.then(
    since: 28, "float6",
    types: [
      "T1": .allTensors(ir: 14).without(.complex64, .complex128),
      "T2": .allTensors(ir: 14).without(.complex64, .complex128),
    ])
  package static let schema = OperatorSchema(
    "Cast",
    versions: [
      version1, version6, version9, version13, version19, version21, version23, version24, version25,
      version28,
    ])

  package var rounding: Rounding { .once }

  package let target: ElementType
  let rules: CastRules

  package init(_ node: NodeAttributes) throws {
    rules = try CastRules(node)
    if let name = node.optionalString("to") {
      guard let type = ElementType(named: name.lowercased()) else {
        throw OperatorError(.invalidAttribute, "attribute 'to' is '\(name)', which is no element type")
      }
      target = type
    } else {
      target = try node.elementType("to")
    }
    guard let allowed = node.version.types["T2"], allowed.contains(.tensor(target, nil)) else {
      throw OperatorError(.invalidAttribute, "attribute 'to' is \(target), which this version cannot cast to")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    var fact = Fact.tensor(target, input.dims)
    fact.elements = rules.propagated(input, to: target)
    return [fact]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    [.tensor(try rules.cast(inputs.tensor(0), to: target))]
  }

  package func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
  {
    rules.undefinedPlaces(try inputs.tensor(0), to: target)
  }
}
