import GraphIR
import TensorCore

/// # MatMul
///
/// The matrix product, for stacks of matrices by the rules of NumPy's `matmul`.
///
///     Y[…, m, n] = Σₖ A[…, m, k] · B[…, k, n]
///
/// - Inputs: `A` (T): […, M, K], or [K], which counts as one row. `B` (T): […, K, N], or [K], which counts as
///   one column. The leading axes broadcast.
/// - Outputs: `Y` (T): […, M, N]; the axis of a single row or column that a vector lent is gone again.
/// - Attributes: none.
/// - Types: T is float16, float or double; integers of 32 and 64 bits from 9, bfloat16 from 13.
/// - Errors: a scalar; inner extents that differ; leading axes that do not broadcast.
/// - Versions: 1, 9 (integers), 13 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0036 (sums are taken in a wider type and rounded once); integers wrap.
package struct MatMul: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("A", "T"), .single("B", "T")], outputs: [.single("Y", "T")],
    types: ["T": .ieeeFloats])
  private static let version9 = version1.then(
    since: 9, "integers of 32 and 64 bits", types: ["T": .ieeeFloats | .integers32And64])
  private static let version13 = version9.then(
    since: 13, "bfloat16", types: ["T": .floats | .integers32And64])
  package static let schema = OperatorSchema("MatMul", versions: [version1, version9, version13])

  package var rounding: Rounding { .sumOfProducts }

  package init(_ node: NodeAttributes) throws {}

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (A, B) = (try inputs.required(0), try inputs.required(1))
    guard let type = A.elementType ?? B.elementType else { return [.unknown] }
    return [.tensor(type, try MatrixProduct.outputDims(A.dims, B.dims))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (A, B) = (try inputs.tensor(0), try inputs.tensor(1))
    let product = try MatrixProduct(A: A.shape, B: B.shape)
    return [.tensor(try A.elementType.inWideNumbers(MultiplyMatrices(A: A, B: B, product: product)))]
  }
}

private struct MultiplyMatrices: WideBody {
  let A: Tensor
  let B: Tensor
  let product: MatrixProduct
  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    let y = try product.product(W.elements(of: A), W.elements(of: B))
    return Tensor(A.elementType, shape: product.output, wide: y)
  }
}
