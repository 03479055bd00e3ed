import GraphIR
import TensorCore

/// # HammingWindow
///
/// Hamming's window: a raised cosine that does not fall to 0 at the ends.
///
///     output[n] = 25/46 − 21/46·cos(2πn / D)      D = size, or size − 1 where not periodic
///
/// - Inputs: `size` (T1): one number, the length of the window.
/// - Outputs: `output` (T2): [size].
/// - Attributes: `periodic`: 1 for a window that continues with its first value, 0 for a symmetric one.
///   `output_datatype`: the element type, by default float.
/// - Types: T1 is int32 or int64, T2 any number.
/// - Errors: a negative `size`; an `output_datatype` that T2 does not allow.
/// - Versions: 17.
/// - Source: onnx/defs/math/defs.cc.
/// - Notes: TSN-0054: a symmetric window of length 1, for which the formula divides by 0, is 1, as in NumPy;
///   integers are truncated.
struct HammingWindow: CosineWindow {
  private static let version17 = OperatorVersion(
    since: 17,
    inputs: [.single("size", "T1")],
    outputs: [.single("output", "T2")],
    attributes: [.int("output_datatype", 1), .int("periodic", 1)],
    types: ["T1": .indices, "T2": .integers | .floats])
  static let schema = OperatorSchema("HammingWindow", versions: [version17])

  static let coefficients: (Double, Double, Double) = (25.0 / 46, 21.0 / 46, 0)
  let isPeriodic: Bool
  let outputType: ElementType

  init(_ node: NodeAttributes) throws {
    isPeriodic = try node.flag("periodic")
    outputType = try outputDatatype(node, allowedBy: "T2")
  }
}
