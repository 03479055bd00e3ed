import GraphIR
import TensorCore

/// # LessOrEqual
///
/// Where the first of two tensors is smaller than, or equal to, the second, after broadcasting.
///
///     C[i] = (A[i] ≤ B[i])
///
/// - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
/// - Outputs: `C` (T1): the common shape. A comparison with NaN is false.
/// - Attributes: none.
/// - Types: T is float16, float, double or any integer, from 16 also bfloat16; T1 is bool.
/// - Errors: shapes that do not broadcast.
/// - Versions: 12, 16 (bfloat16).
/// - Source: onnx/defs/logical/defs.cc, old.cc.
/// - Notes: none.
package struct LessOrEqual: Comparison {
  private static let version12 = OperatorVersion(
    since: 12,
    inputs: [.single("A", "T"), .single("B", "T")],
    outputs: [.single("C", "T1")],
    types: ["T": .integers | .ieeeFloats, "T1": .bool])
  private static let version16 = version12.then(
    since: 16, "bfloat16", types: ["T": .integers | .floats])
  package static let schema = OperatorSchema("LessOrEqual", versions: [version12, version16])

  package var rounding: Rounding { .none }

  package let legacyBroadcast: LegacyBroadcast?

  package init(_ node: NodeAttributes) throws { legacyBroadcast = LegacyBroadcast(node) }

  package func holds<W: WideNumber>(_ a: W, _ b: W) -> Bool { a <= b }
}
