import GraphIR
import TensorCore

/// # BitwiseOr
///
/// The bits that at least one of two integers has, after broadcasting.
///
///     C[i] = A[i] or B[i]      bit by bit
///
/// - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
/// - Outputs: `C` (T): the common shape.
/// - Attributes: none.
/// - Types: T is any integer.
/// - Errors: shapes that do not broadcast.
/// - Versions: 18.
/// - Source: onnx/defs/logical/defs.cc.
/// - Notes: none.
struct BitwiseOr: BitFunction {
  private static let version18 = OperatorVersion(
    since: 18,
    inputs: [.single("A", "T"), .single("B", "T")],
    outputs: [.single("C", "T")],
    types: ["T": .integers])
  static let schema = OperatorSchema("BitwiseOr", versions: [version18])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func value(_ a: Int64, _ b: Int64, type: ElementType) -> Int64 { a | b }
}
