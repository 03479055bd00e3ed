import GraphIR
import TensorCore

/// # SwiGLU
///
/// The Swish of one tensor times another: a gate and what passes through it.
///
///     Y[i] = a / (1 + e^(−alpha · a)) · B[i]      a = A[i]
///
/// - Inputs: `A` (T): the gate. `B` (T): what is gated, of the same shape.
/// - Outputs: `Y` (T): the same shape.
/// - Attributes: `alpha`: the factor before the logistic function, by default 1.
/// - Types: T is float16, bfloat16, float or double.
/// - Errors: shapes that differ; there is no broadcasting.
/// - Versions: 28.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: none.
struct SwiGLU: Operator {
  private static let version28 = OperatorVersion(
    since: 28,
    inputs: [.single("A", "T"), .single("B", "T")],
    outputs: [.single("Y", "T")],
    attributes: [.float("alpha", 1.0)],
    types: ["T": .floats])
  static let schema = OperatorSchema("SwiGLU", versions: [version28])

  let alpha: Double

  init(_ node: NodeAttributes) throws { alpha = Double(try node.float("alpha")) }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (A, B) = (try inputs.required(0), try inputs.required(1))
    guard let type = A.elementType ?? B.elementType else { return [.unknown] }
    return [.tensor(type, try equalDims([A.dims, B.dims]))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (A, B) = (try inputs.tensor(0), try inputs.tensor(1))
    try requireEqualShapes([A, B])
    let y = try zip(A.doubles(), B.doubles()).map(spending: 1) { a, b in a * logistic(alpha * a) * b }
    return [.tensor(Tensor(A.elementType, shape: A.shape, rounding: y))]
  }
}
