import GraphIR
import TensorCore

/// # ConstantOfShape
///
/// A tensor of a given shape in which every element is the same.
///
///     output[i…] = value
///
/// - Inputs: `input` (T1): the extents, a tensor of rank 1; an empty one means a scalar.
/// - Outputs: `output` (T2): a tensor of that shape.
/// - Attributes: `value`: a tensor with one element, by default a float 0; its type is the output's.
/// - Types: T1 is int64. T2 is any number or bool; the small types come with the versions.
/// - Errors: a negative extent; a `value` with other than one element.
/// - Versions: 9, 20 (bfloat16 and float8), 21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit
///   integers).
/// - Source: onnx/defs/generator/defs.cc, old.cc.
/// - Notes: none.
struct ConstantOfShape: Operator {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("input", "T1")],
    outputs: [.single("output", "T2")],
    attributes: [.optional("value", .tensor)],
    types: ["T1": .tensors(.int64), "T2": .integers | .ieeeFloats | .bool])
  private static let version20 = version9.then(
    since: 20, "bfloat16 and float8", types: ["T2": .integers | .floats | .float8s | .bool])
  private static let version21 = version20.then(
    since: 21, "4-bit integers",
    types: ["T2": .integers | .floats | .float8s | .tensors(.bool, .int4, .uint4)])
  private static let version23 = version21.then(
    since: 23, "float4e2m1",
    types: ["T2": .integers | .floats | .float8s | .tensors(.bool, .float4e2m1, .int4, .uint4)])
  private static let version24 = version23.then(
    since: 24, "float8e8m0",
    types: ["T2": .integers | .floats | .float8s | .tensors(.bool, .float4e2m1, .float8e8m0, .int4, .uint4)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers",
    types: [
      "T2": .integers | .floats | .float8s
        | .tensors(.bool, .float4e2m1, .float8e8m0, .int2, .int4, .uint2, .uint4)
    ])
  static let schema = OperatorSchema(
    "ConstantOfShape", versions: [version9, version20, version21, version23, version24, version25])

  var rounding: Rounding { .none }

  let value: Tensor

  init(_ node: NodeAttributes) throws {
    value = node.optionalTensor("value") ?? Tensor(floats: [0])
    guard value.count == 1 else {
      throw OperatorError(.invalidAttribute, "value must hold one element, but has shape \(value.shape)")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    let dims = input.elements ?? input.listCount.flatMap(unknownDims)
    if let negative = dims?.first(where: { ($0.number ?? 0) < 0 }) {
      throw OperatorError(
        .invalidValue, "input holds the extent \(negative), but extents must not be negative")
    }
    return [.tensor(value.elementType, dims)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let shape = try inputs.tensor(0).ints()
    _ = try elementCount(shape)
    return [.tensor(value.reshaped([]).repeated(shape))]
  }
}
