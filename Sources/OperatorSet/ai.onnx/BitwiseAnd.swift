import GraphIR
import TensorCore

/// # BitwiseAnd
///
/// The bits that both of two integers have, after broadcasting.
///
///     C[i] = A[i] and B[i]      bit by bit
///
/// - Inputs: `A` (T), `B` (T): shapes that broadcast to a common one.
/// - Outputs: `C` (T): the common shape.
/// - Attributes: none.
/// - Types: T is any integer.
/// - Errors: shapes that do not broadcast.
/// - Versions: 18.
/// - Source: onnx/defs/logical/defs.cc.
/// - Notes: none.
struct BitwiseAnd: BitFunction {
  private static let version18 = OperatorVersion(
    since: 18,
    inputs: [.single("A", "T"), .single("B", "T")],
    outputs: [.single("C", "T")],
    types: ["T": .integers])
  static let schema = OperatorSchema("BitwiseAnd", versions: [version18])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func value(_ a: Int64, _ b: Int64, type: ElementType) -> Int64 { a & b }
}
