import GraphIR
import TensorCore

/// # Greater
///
/// Where the first of two tensors is larger than the second, after broadcasting.
///
///     C[i] = (A[i] > B[i])
///
/// - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
/// - Outputs: `C` (T1): the common shape. A comparison with NaN is false.
/// - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
///   axis of A at which B begins; by default B is aligned at the end.
/// - Types: T is float16, float or double, from 9 also integers, from 13 also bfloat16; T1 is bool.
/// - Errors: shapes that do not broadcast.
/// - Versions: 1, 7 (broadcasts by NumPy's rule), 9 (integers), 13 (bfloat16).
/// - Source: onnx/defs/logical/defs.cc, old.cc.
/// - Notes: none.
package struct Greater: Comparison {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("A", "T"), .single("B", "T")],
    outputs: [.single("C", "T1")],
    attributes: [.optional("axis", .int), .int("broadcast", 0)],
    types: ["T": .ieeeFloats, "T1": .bool])
  private static let version7 = version1.then(
    since: 7, "broadcasts by NumPy's rule", removing: ["axis", "broadcast"])
  private static let version9 = version7.then(
    since: 9, "integers", types: ["T": .integers | .ieeeFloats])
  private static let version13 = version9.then(
    since: 13, "bfloat16", types: ["T": .integers | .floats])
  package static let schema = OperatorSchema("Greater", versions: [version1, version7, version9, version13])

  package var rounding: Rounding { .none }

  package let legacyBroadcast: LegacyBroadcast?

  package init(_ node: NodeAttributes) throws { legacyBroadcast = LegacyBroadcast(node) }

  package func holds<W: WideNumber>(_ a: W, _ b: W) -> Bool { a > b }
}
