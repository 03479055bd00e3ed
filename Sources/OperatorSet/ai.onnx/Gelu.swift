import GraphIR
import TensorCore

/// # Gelu
///
/// Each element times the probability that a standard normal number is smaller.
///
///     Y[i] = x · Φ(x) = ½ x (1 + erf(x / √2))                       approximate = none, x = X[i]
///          = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))      approximate = tanh
///
/// - Inputs: `X` (T): any shape.
/// - Outputs: `Y` (T): the shape of `X`.
/// - Attributes: `approximate`: `none` (the default) or `tanh`.
/// - Types: T is float16, bfloat16, float or double.
/// - Errors: another value of `approximate`.
/// - Versions: 20.
/// - Source: onnx/defs/math/defs.cc.
/// - Notes: TSN-0060: −∞ gives NaN, as −∞ · 0 does.
package struct Gelu: FloatFunction {
  private static let version20 = OperatorVersion(
    since: 20,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.string("approximate", "none")],
    types: ["T": .floats])
  package static let schema = OperatorSchema("Gelu", versions: [version20])

  enum Approximation: String, CaseIterable, Sendable { case none, tanh }

  let approximate: Approximation

  package init(_ node: NodeAttributes) throws { approximate = try node.choice("approximate") }

  package func value(_ x: Double) -> Double {
    switch approximate {
    case .none: 0.5 * x * erfc(-x / 2.0.squareRoot())
    // ½ (1 + tanh u) is the logistic function of 2u, which loses nothing where tanh u is near −1.
    case .tanh: x * logistic(2 * (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))
    }
  }
}
