import GraphIR
import TensorCore

/// # Shrink
///
/// Moves each element toward 0 by `bias`; what lies within `lambd` of 0 becomes 0.
///
///     output[i] = x + bias      x < −lambd, x = input[i]
///               = x − bias      x > lambd
///               = 0             otherwise
///
/// - Inputs: `input` (T): any shape.
/// - Outputs: `output` (T): the shape of `input`. For integers a fraction is cut off toward zero, and they
///   wrap.
/// - Attributes: `lambd`: half the width of the zone that becomes 0, by default 0.5. `bias`: by how much
///   the rest moves, by default 0.
/// - Types: T is float16, float, double or any integer.
/// - Errors: none.
/// - Versions: 9.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: TSN-0015 (a NaN lies on neither side, so it gives 0); TSN-0069: ONNX's function body rounds
///   `bias` to an integer before adding, its text and reference do not.
package struct Shrink: NumberFunction {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    attributes: [.float("bias", 0.0), .float("lambd", 0.5)],
    types: ["T": .integers | .ieeeFloats])
  package static let schema = OperatorSchema("Shrink", versions: [version9])

  package let lambd: Double
  package let bias: Double

  package init(_ node: NodeAttributes) throws {
    lambd = Double(try node.float("lambd"))
    bias = Double(try node.float("bias"))
  }

  package func value<W: WideNumber>(_ x: W) -> W {
    if x.double < -lambd { return sum(x, bias) }
    return x.double > lambd ? sum(x, -bias) : .zero
  }

  /// x + amount; exact for integers of any size where `amount` is whole.
  private func sum<W: WideNumber>(_ x: W, _ amount: Double) -> W {
    amount == amount.rounded(.towardZero) ? x &+ W(truncating: amount) : W(truncating: x.double + amount)
  }
}
