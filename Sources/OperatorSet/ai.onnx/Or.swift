import GraphIR
import TensorCore

/// # Or
///
/// Whether at least one of two tensors is true, element by element, after broadcasting.
///
///     C[i] = A[i] or B[i]
///
/// - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
/// - Outputs: `C` (T1): the common shape.
/// - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
///   axis of A at which B begins; by default B is aligned at the end.
/// - Types: T is bool; T1 is bool.
/// - Errors: shapes that do not broadcast.
/// - Versions: 1, 7 (broadcasts by NumPy's rule).
/// - Source: onnx/defs/logical/defs.cc, old.cc.
/// - Notes: none.
package struct Or: Comparison {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("A", "T"), .single("B", "T")],
    outputs: [.single("C", "T1")],
    attributes: [.optional("axis", .int), .int("broadcast", 0)],
    types: ["T": .bool, "T1": .bool])
  private static let version7 = version1.then(
    since: 7, "broadcasts by NumPy's rule", removing: ["axis", "broadcast"])
  package static let schema = OperatorSchema("Or", versions: [version1, version7])

  package var rounding: Rounding { .none }

  package let legacyBroadcast: LegacyBroadcast?

  package init(_ node: NodeAttributes) throws { legacyBroadcast = LegacyBroadcast(node) }

  package func holds<W: WideNumber>(_ a: W, _ b: W) -> Bool { a != .zero || b != .zero }
}
