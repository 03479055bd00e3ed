import GraphIR
import TensorCore

/// # Equal
///
/// Where two tensors hold the same, after broadcasting.
///
///     C[i] = (A[i] = B[i])
///
/// - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
/// - Outputs: `C` (T1): the common shape. NaN equals nothing; strings are equal byte by byte.
/// - Attributes: `broadcast` (before 7): 1 lets B be stretched to the shape of A. `axis` (before 7): the
///   axis of A at which B begins; by default B is aligned at the end.
/// - Types: T is int32 or int64 or bool, from 11 also integers of 8 and 16 bits, float16, float and double,
///   uint32 and uint64, from 13 also bfloat16, from 19 also strings; T1 is bool.
/// - Errors: shapes that do not broadcast.
/// - Versions: 1, 7 (broadcasts by NumPy's rule), 11 (float16, float, double and the other integers), 13
///   (bfloat16), 19 (strings).
/// - Source: onnx/defs/logical/defs.cc, old.cc.
/// - Notes: none.
package struct Equal: Comparison {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("A", "T"), .single("B", "T")],
    outputs: [.single("C", "T1")],
    attributes: [.optional("axis", .int), .int("broadcast", 0)],
    types: ["T": .indices | .tensors(.bool), "T1": .bool])
  private static let version7 = version1.then(
    since: 7, "broadcasts by NumPy's rule", removing: ["axis", "broadcast"])
  private static let version11 = version7.then(
    since: 11, "float16, float, double and the other integers",
    types: ["T": .integers | .ieeeFloats | .tensors(.bool)])
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .integers | .floats | .tensors(.bool)])
  private static let version19 = version13.then(
    since: 19, "strings", types: ["T": .allTensors(ir: 4).without(.complex64, .complex128)])
  package static let schema = OperatorSchema(
    "Equal", versions: [version1, version7, version11, version13, version19])

  package var rounding: Rounding { .none }

  package let legacyBroadcast: LegacyBroadcast?

  package init(_ node: NodeAttributes) throws { legacyBroadcast = LegacyBroadcast(node) }

  package func holds<W: WideNumber>(_ a: W, _ b: W) -> Bool { a == b }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (a, b) = try broadcastOperands(inputs, legacyBroadcast)
    guard a.elementType == .string else { return [.tensor(try comparedNumbers(a, b))] }
    // Swift's == would also call strings equal that differ in bytes but not in Unicode's canonical form.
    let same = try zip(a.strings, b.strings).map { x, y in
      try Work.spend(x.utf8.count)
      return x.utf8.elementsEqual(y.utf8)
    }
    return [.tensor(Tensor(bools: same, shape: a.shape))]
  }
}
