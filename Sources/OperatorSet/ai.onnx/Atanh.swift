import GraphIR
import TensorCore

/// # Atanh
///
/// The number whose hyperbolic tangent each element is; ±∞ at ±1, NaN beyond.
///
///     output[i] = ½ ln((1 + x) / (1 − x))      x = input[i]
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: none.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: none.
/// - Versions: 9, 22 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: none.
struct Atanh: FloatFunction {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    types: ["T": .ieeeFloats])
  private static let version22 = version9.then(
    since: 22, "bfloat16", types: ["T": .floats])
  static let schema = OperatorSchema("Atanh", versions: [version9, version22])

  init(_ node: NodeAttributes) throws {}

  func value(_ x: Double) -> Double { atanh(x) }
}
