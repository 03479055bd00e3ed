import GraphIR
import TensorCore

/// # IsInf
///
/// Which elements are infinite.
///
///     Y[i] = (X[i] = +∞ and detect_positive) or (X[i] = −∞ and detect_negative)
///
/// - Inputs: `X` (T1): any shape.
/// - Outputs: `Y` (T2): the shape of `X`.
/// - Attributes: `detect_positive`, `detect_negative`: 0 makes the infinity of that sign count as finite;
///   by default 1.
/// - Types: T1 is float or double, from 20 also float8, bfloat16 and float16; T2 is bool.
/// - Errors: none.
/// - Versions: 10, 20 (float16, bfloat16 and float8).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
package struct IsInf: FloatPredicate {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [.single("X", "T1")],
    outputs: [.single("Y", "T2")],
    attributes: [.int("detect_negative", 1), .int("detect_positive", 1)],
    types: ["T1": .tensors(.double, .float), "T2": .bool])
  private static let version20 = version10.then(
    since: 20, "float16, bfloat16 and float8", types: ["T1": .floats | .float8s])
  package static let schema = OperatorSchema("IsInf", versions: [version10, version20])

  package var rounding: Rounding { .none }

  package let detectPositive: Bool
  package let detectNegative: Bool

  package init(_ node: NodeAttributes) throws {
    detectPositive = try node.flag("detect_positive")
    detectNegative = try node.flag("detect_negative")
  }

  func holds(_ x: Double) -> Bool { x.isInfinite && (x > 0 ? detectPositive : detectNegative) }
}
