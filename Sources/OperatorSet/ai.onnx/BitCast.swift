import GraphIR
import TensorCore

/// # BitCast
///
/// The same bits, read as another type of the same width.
///
///     bits(output[i]) = bits(input[i])
///
/// - Inputs: `input` (T1): any shape.
/// - Outputs: `output` (T2): the shape of `input`.
/// - Attributes: `to`: the type, by number.
/// - Types: T1 and T2 are any type but strings and float6.
/// - Errors: a type of another width, or that T2 does not allow.
/// - Versions: 26.
/// - Source: onnx/defs/tensor/defs.cc.
/// - Notes: none.
struct BitCast: Operator {
  private static let version26 = OperatorVersion(
    since: 26, inputs: [.single("input", "T1")], outputs: [.single("output", "T2")],
    attributes: [.required("to", .int)],
    types: [
      "T1": .integers | .floats | .float8s
        | .tensors(.bool, .complex128, .complex64, .float4e2m1, .float8e8m0, .int2, .int4, .uint2, .uint4),
      "T2": .integers | .floats | .float8s
        | .tensors(.bool, .complex128, .complex64, .float4e2m1, .float8e8m0, .int2, .int4, .uint2, .uint4),
    ])
  static let schema = OperatorSchema("BitCast", versions: [version26])

  var rounding: Rounding { .none }

  let target: ElementType

  init(_ node: NodeAttributes) throws {
    target = try node.elementType("to")
    guard let allowed = node.version.types["T2"], allowed.contains(.tensor(target, nil)) else {
      throw OperatorError(.invalidAttribute, "attribute 'to' is \(target), which BitCast does not allow")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    if let type = input.elementType { try checkWidth(of: type) }
    return [.tensor(target, input.dims)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    try checkWidth(of: input.elementType)
    guard target.bitWidth < 8 else { return [.tensor(input.reinterpreted(as: target))] }
    // Below a byte a tensor holds one element a byte: signed integers extended by sign, others by 0.
    let codes = input.withElements(UInt8.self) { $0.map(Int64.init) }
    if target.isInteger { return [.tensor(Tensor(target, shape: input.shape, wrapping: codes))] }
    let mask = Int64(1) << Int64(target.bitWidth) - 1
    return [.tensor(Tensor(target, shape: input.shape, elements: codes.map { UInt8($0 & mask) }))]
  }

  private func checkWidth(of type: ElementType) throws {
    guard type.bitWidth == target.bitWidth else {
      throw OperatorError(
        .invalidType,
        "input is \(type) of \(type.bitWidth) bits, but attribute 'to' is \(target) of \(target.bitWidth)")
    }
  }
}
