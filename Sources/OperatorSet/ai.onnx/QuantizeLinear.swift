import GraphIR
import TensorCore

/// # QuantizeLinear
///
/// Real numbers in units of a scale, as small integers or small floats.
///
///     y[i] = saturate(round(x[i] / y_scale[g]) + y_zero_point[g])      g the scale that i falls under
///
/// where round goes to the nearest integer, ties to even (for float types there is only the rounding to the
/// type).
///
/// - Inputs: `x` (T1): any shape. `y_scale` (T2; tensor(float) before 19, T1 in 19 and 21): one number; from
///   13 also one for each index of an axis; from 21 also one for each block along an axis. `y_zero_point`
///   (T3; T2 before 23), optional: the shape of `y_scale`; by default 0, and y is uint8.
/// - Outputs: `y` (T3; T2 before 23): the shape of `x`.
/// - Attributes: `axis` (from 13, default 1): the axis of several scales. `saturate` (from 19, default 1):
///   whether a number too large for a float8 becomes the largest. `block_size` (from 21, default 0): elements
///   to a block. `output_dtype` (from 21): the type of y where there is no zero point. `precision` (from 23):
///   the type in which x / y_scale is rounded; by default that of `y_scale`.
/// - Types: T1 is float or int32; float16 and bfloat16 from 19. T2 (from 23): those, and float8e8m0 from 24.
///   T3: uint8 or int8; float8 from 19; 4-bit and 16-bit integers from 21; float4e2m1 from 23; 2-bit from 25;
///   float6 from 28.
/// - Errors: scales that do not fit the shape of x; a zero point of another shape; types that contradict.
/// - Versions: 10, 13 (`axis`), 19 (float8, float16), 21 (blocks, 4-bit and 16-bit integers), 23
///   (`precision`, float4, scales of another type than x), 24 (float8e8m0 scales), 25 (2-bit integers), 28
///   (float6).
/// - Source: onnx/defs/quantization/defs.cc, old.cc.
/// - Notes: TSN-0011 (ties, saturation, precision; an integer or float8e8m0 scale divides in float).
package struct QuantizeLinear: LeavesValuesOpen {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [.single("x", "T1"), .single("y_scale", "tensor(float)"), .optional("y_zero_point", "T2")],
    outputs: [.single("y", "T2")], types: ["T1": .tensors(.float, .int32), "T2": .tensors(.int8, .uint8)])
  private static let version13 = version10.then(
    since: 13, "one scale for each index of an axis", attributes: [.int("axis", 1)])
  private static let version19 = version13.then(
    since: 19, "float8, float16 and bfloat16",
    inputs: [.single("x", "T1"), .single("y_scale", "T1"), .optional("y_zero_point", "T2")],
    attributes: [.int("saturate", 1)],
    types: ["T1": .tensors(.bfloat16, .float, .float16, .int32), "T2": .float8s | .tensors(.int8, .uint8)])
  private static let version21 = version19.then(
    since: 21, "blocks; 4-bit and 16-bit integers",
    attributes: [.int("block_size", 0), .int("output_dtype", 0)],
    types: ["T2": .float8s | .tensors(.int16, .int4, .int8, .uint16, .uint4, .uint8)])
  private static let version23 = version21.then(
    since: 23, "precision, float4e2m1, scales of another type",
    inputs: [.single("x", "T1"), .single("y_scale", "T2"), .optional("y_zero_point", "T3")],
    outputs: [.single("y", "T3")], attributes: [.int("precision", 0)],
    types: [
      "T2": .tensors(.bfloat16, .float, .float16, .int32),
      "T3": .float8s | .tensors(.float4e2m1, .int16, .int4, .int8, .uint16, .uint4, .uint8),
    ])
  private static let version24 = version23.then(
    since: 24, "float8e8m0 scales", types: ["T2": .tensors(.bfloat16, .float, .float16, .float8e8m0, .int32)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers",
    types: [
      "T3": .float8s | .tensors(.float4e2m1, .int16, .int2, .int4, .int8, .uint16, .uint2, .uint4, .uint8)
    ])
  private static let version28 = version25.then(
    since: 28, "float6",
    types: [
      "T3": .float8s
        | .tensors(
          .float4e2m1, .float6e2m3, .float6e3m2, .int16, .int2, .int4, .int8, .uint16, .uint2, .uint4, .uint8)
    ])
  package static let schema = OperatorSchema(
    "QuantizeLinear",
    versions: [version10, version13, version19, version21, version23, version24, version25, version28])

  package let granularity: QuantizationGranularity
  package let saturates: Bool
  package let outputType: ElementType?
  package let precision: ElementType?

  package init(_ node: NodeAttributes) throws {
    granularity = try QuantizationGranularity(node)
    saturates = node.optionalInt("saturate") != 0
    outputType = try node.optionalInt("output_dtype") ?? 0 == 0 ? nil : node.elementType("output_dtype")
    precision = try node.optionalInt("precision") ?? 0 == 0 ? nil : node.elementType("precision")
    if let precision, !precision.isFloating {
      throw OperatorError(.invalidAttribute, "precision is \(precision), but must be a floating type")
    }
    let parameter = node.version.outputs[0].type
    if let outputType, node.version.types[parameter]?.contains(.tensor(outputType, nil)) == false {
      throw OperatorError(
        .invalidAttribute, "output_dtype is \(outputType), which this version does not quantize to")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let x = try inputs.required(0)
    let zeroPoint = inputs[2]
    guard zeroPoint == nil || zeroPoint?.elementType != nil else { return [.unknown] }
    return [.tensor(try quantizedType(zeroPoint?.elementType), x.dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (x, scale, zeroPoint) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.optionalTensor(2))
    if let zeroPoint, zeroPoint.shape != scale.shape, zeroPoint.count != 1 || scale.count != 1 {
      throw OperatorError(
        .invalidShape, "y_zero_point has shape \(zeroPoint.shape), but y_scale has \(scale.shape)")
    }
    let type = try quantizedType(zeroPoint?.elementType)
    let division = precision ?? (FloatFormat(scale.elementType) == nil ? .float : scale.elementType)
    let scales = try granularity.spread(scale, over: x.shape, name: "y_scale").doubles()
    let zeroPoints = try zeroPoint.map {
      try granularity.spread($0, over: x.shape, name: "y_zero_point").doubles()
    }
    let quotients = zip(rounded(x.doubles(), to: division), rounded(scales, to: division)).map { $0 / $1 }
    let y = try quantized(
      rounded(quotients, to: division), zeroPoints: zeroPoints ?? [Double](repeating: 0, count: x.count),
      type,
      shape: x.shape, saturate: saturates)
    return [.tensor(y)]
  }

  /// The text does not say what integer NaN becomes (TSN-0011).
  package func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
  {
    guard try quantizedType(inputs.optionalTensor(2)?.elementType).isInteger else { return [] }
    let x = try inputs.tensor(0).doubles()
    return [OpenValue(note: "TSN-0011", kind: .undefined(Set(x.indices.filter { x[$0].isNaN })))]
  }

  private func quantizedType(_ zeroPoint: ElementType?) throws -> ElementType {
    if let zeroPoint, let outputType, zeroPoint != outputType {
      throw OperatorError(.invalidType, "output_dtype is \(outputType), but y_zero_point is \(zeroPoint)")
    }
    return zeroPoint ?? outputType ?? .uint8
  }
}
