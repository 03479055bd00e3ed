import GraphIR
import TensorCore

/// # DynamicQuantizeLinear
///
/// Floats as uint8, with the scale and zero point that just cover their range and 0.
///
///     y_scale = (max(0, max x) − min(0, min x)) / 255
///     y_zero_point = clamp(round(−min(0, min x) / y_scale))
///     y[i] = clamp(round(x[i] / y_scale) + y_zero_point)      clamp to 0…255, round ties to even
///
/// - Inputs: `x` (T1): any shape.
/// - Outputs: `y` (T2): the shape of `x`. `y_scale` (tensor(float)), `y_zero_point` (T2): scalars.
/// - Attributes: none.
/// - Types: T1 is float, T2 is uint8.
/// - Errors: none.
/// - Versions: 11.
/// - Source: onnx/defs/quantization/defs.cc.
/// - Notes: TSN-0011. Each step is rounded to float, as in ONNX's function body. Zeros alone give a scale of
///   0.
package struct DynamicQuantizeLinear: Operator {
  private static let version11 = OperatorVersion(
    since: 11, inputs: [.single("x", "T1")],
    outputs: [.single("y", "T2"), .single("y_scale", "tensor(float)"), .single("y_zero_point", "T2")],
    types: ["T1": .tensors(.float), "T2": .tensors(.uint8)])
  package static let schema = OperatorSchema("DynamicQuantizeLinear", versions: [version11])

  package init(_ node: NodeAttributes) throws {}

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.uint8, try inputs.required(0).dims), .tensor(.float, []), .tensor(.uint8, [])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let x = X.withElements(Float.self) { Array($0) }
    let (lowest, highest) = x.reduce((Float(0), Float(0))) { (Swift.min($0.0, $1), Swift.max($0.1, $1)) }
    let scale = (highest - lowest) / 255
    let zeroPoint = try quantized([Double((0 - lowest) / scale)], zeroPoints: [0], .uint8, shape: [])
    let shift = zeroPoint.doubles().first ?? 0
    let y = try quantized(
      x.map { Double($0 / scale) }, zeroPoints: [Double](repeating: shift, count: x.count), .uint8,
      shape: X.shape)
    return [.tensor(y), .tensor(Tensor(floats: [scale], shape: [])), .tensor(zeroPoint)]
  }
}
