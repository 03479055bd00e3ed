import GraphIR
import TensorCore

/// # Add
///
/// The sum of two tensors, element by element, after broadcasting.
///
///     C[i] = A[i] + B[i]
///
/// - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
/// - Outputs: `C` (T): the sum, of the common shape. Integers wrap.
/// - Attributes: `broadcast` (to 6): 1 lets B be stretched to the shape of A. `axis` (to 6): the axis of A at
///   which B begins; by default B is aligned at the end. `consumed_inputs` (1): a hint without effect.
/// - Types: T is a float type or an integer of 32 or 64 bits; of any width from 14.
/// - Errors: shapes that do not broadcast.
/// - Versions: 1, 6 (integers), 7 (broadcasting by NumPy's rule), 13 (bfloat16), 14 (small integers).
/// - Source: onnx/defs/math/defs.cc.
/// - Notes: none.
package struct Add: BinaryFunction {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("A", "T"), .single("B", "T")], outputs: [.single("C", "T")],
    attributes: [.optional("axis", .int), .int("broadcast", 0), .optional("consumed_inputs", .ints)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "integers of 32 and 64 bits", removing: ["consumed_inputs"],
    types: ["T": .ieeeFloats | .integers32And64])
  private static let version7 = version6.then(
    since: 7, "broadcasts by NumPy's rule", removing: ["axis", "broadcast"])
  private static let version13 = version7.then(
    since: 13, "bfloat16", types: ["T": .floats | .integers32And64])
  private static let version14 = version13.then(
    since: 14, "integers of 8 and 16 bits", types: ["T": .floats | .integers])
  package static let schema = OperatorSchema(
    "Add", versions: [version1, version6, version7, version13, version14])

  package var rounding: Rounding { .once }

  package let legacyBroadcast: LegacyBroadcast?

  package init(_ node: NodeAttributes) throws { legacyBroadcast = LegacyBroadcast(node) }

  package func value<W: WideNumber>(_ a: W, _ b: W) -> W { a &+ b }

  package func propagate(_ a: Dim, _ b: Dim) -> Dim? { a + b }
}
