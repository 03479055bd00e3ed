import GraphIR
import TensorCore

/// # Sign
///
/// The sign of each element: 1, −1 or 0.
///
///     output[i] = 1, 0 or −1 for input[i] > 0, = 0, < 0
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: none.
/// - Types: T is float16, float, double or any integer, from 13 also bfloat16.
/// - Errors: none.
/// - Versions: 9, 13 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0015 (the sign of NaN is NaN).
package struct Sign: NumberFunction {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    types: ["T": .integers | .ieeeFloats])
  private static let version13 = version9.then(
    since: 13, "bfloat16", types: ["T": .integers | .floats])
  package static let schema = OperatorSchema("Sign", versions: [version9, version13])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func value<W: WideNumber>(_ x: W) -> W {
    x > .zero ? .one : x < .zero ? .zero &- .one : x.isNaN ? x : .zero
  }
}
