import GraphIR
import TensorCore

/// # DequantizeLinear
///
/// The real numbers that quantized ones stand for.
///
///     y[i] = (x[i] − x_zero_point[g]) · x_scale[g]      g the scale that i falls under
///
/// - Inputs: `x` (T1; T in 10 and 13): any shape. `x_scale` (T2; tensor(float) before 19): one number; from
///   13 also one for each index of an axis; from 21 also one for each block along an axis. `x_zero_point`
///   (T1; T before 19), optional: the shape of `x_scale`; by default 0.
/// - Outputs: `y` (T3; tensor(float) before 19, T2 in 19 and 21): the shape of `x`.
/// - Attributes: `axis` (from 13, default 1): the axis of several scales. `block_size` (from 21, default 0):
///   elements to a block. `output_dtype` (from 23): the type of y; by default that of `x_scale`.
/// - Types: T1 (T before 19) is int8, uint8 or int32; float8 from 19; 4-bit and 16-bit integers from 21;
///   float4e2m1 from 23; 2-bit integers from 25; float6 from 28. T2 is float, float16 or bfloat16; float8e8m0
///   from 24. T3 is float, float16 or bfloat16.
/// - Errors: scales that do not fit the shape of x; a zero point of another shape; no type for y.
/// - Versions: 10, 13 (`axis`), 19 (float8, float16), 21 (blocks, 4-bit and 16-bit integers), 23
///   (`output_dtype`, float4), 24 (float8e8m0 scales), 25 (2-bit integers), 28 (float6).
/// - Source: onnx/defs/quantization/defs.cc, old.cc.
/// - Notes: TSN-0011 (the product is exact, and rounded once to the type of y).
package struct DequantizeLinear: Operator {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [.single("x", "T"), .single("x_scale", "tensor(float)"), .optional("x_zero_point", "T")],
    outputs: [.single("y", "tensor(float)")], types: ["T": .tensors(.int32, .int8, .uint8)])
  private static let version13 = version10.then(
    since: 13, "one scale for each index of an axis", attributes: [.int("axis", 1)])
  private static let version19 = version13.then(
    since: 19, "float8, float16 and bfloat16",
    inputs: [.single("x", "T1"), .single("x_scale", "T2"), .optional("x_zero_point", "T1")],
    outputs: [.single("y", "T2")],
    types: ["T1": .float8s | .tensors(.int32, .int8, .uint8), "T2": .tensors(.bfloat16, .float, .float16)])
  private static let version21 = version19.then(
    since: 21, "blocks; 4-bit and 16-bit integers", attributes: [.int("block_size", 0)],
    types: ["T1": .float8s | .tensors(.int16, .int32, .int4, .int8, .uint16, .uint4, .uint8)])
  private static let version23 = version21.then(
    since: 23, "output_dtype, float4e2m1", outputs: [.single("y", "T3")],
    attributes: [.int("output_dtype", 0)],
    types: [
      "T1": .float8s | .tensors(.float4e2m1, .int16, .int32, .int4, .int8, .uint16, .uint4, .uint8),
      "T3": .tensors(.bfloat16, .float, .float16),
    ])
  private static let version24 = version23.then(
    since: 24, "float8e8m0 scales", types: ["T2": .tensors(.bfloat16, .float, .float16, .float8e8m0)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers",
    types: [
      "T1": .float8s
        | .tensors(.float4e2m1, .int16, .int2, .int32, .int4, .int8, .uint16, .uint2, .uint4, .uint8)
    ])
  private static let version28 = version25.then(
    since: 28, "float6",
    types: [
      "T1": .float8s
        | .tensors(
          .float4e2m1, .float6e2m3, .float6e3m2, .int16, .int2, .int32, .int4, .int8, .uint16, .uint2, .uint4,
          .uint8)
    ])
  package static let schema = OperatorSchema(
    "DequantizeLinear",
    versions: [version10, version13, version19, version21, version23, version24, version25, version28])

  package let granularity: QuantizationGranularity
  package let outputType: ElementType?

  package init(_ node: NodeAttributes) throws {
    granularity = try QuantizationGranularity(node)
    outputType = try node.optionalInt("output_dtype") ?? 0 == 0 ? nil : node.elementType("output_dtype")
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (x, scale) = (try inputs.required(0), try inputs.required(1))
    guard let type = outputType ?? scale.elementType else { return [.unknown] }
    return [.tensor(try checked(type), x.dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (x, scale, zeroPoint) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.optionalTensor(2))
    if let zeroPoint, zeroPoint.shape != scale.shape, zeroPoint.count != 1 || scale.count != 1 {
      throw OperatorError(
        .invalidShape, "x_zero_point has shape \(zeroPoint.shape), but x_scale has \(scale.shape)")
    }
    let scales = try granularity.spread(scale, over: x.shape, name: "x_scale").doubles()
    var values = x.doubles()
    if let zeroPoint {
      let zeroPoints = try granularity.spread(zeroPoint, over: x.shape, name: "x_zero_point").doubles()
      for i in values.indices { values[i] -= zeroPoints[i] }
    }
    for i in values.indices { values[i] *= scales[i] }
    return [.tensor(Tensor(try checked(outputType ?? scale.elementType), shape: x.shape, rounding: values))]
  }

  private func checked(_ type: ElementType) throws -> ElementType {
    guard type == .float || type == .float16 || type == .bfloat16 else {
      throw OperatorError(
        .invalidType, "y would be \(type), but must be float, float16 or bfloat16; see output_dtype")
    }
    return type
  }
}
