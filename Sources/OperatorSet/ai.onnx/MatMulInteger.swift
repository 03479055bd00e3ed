import GraphIR
import TensorCore

/// # MatMulInteger
///
/// The matrix product of integers of 8 bits less their zero points, by the rules of `MatMul`.
///
///     Y[…, m, n] = Σₖ (A[…, m, k] − a_zero_point[m]) · (B[…, k, n] − b_zero_point[n])
///
/// - Inputs: `A` (T1), `B` (T2): as in `MatMul`. `a_zero_point` (T1), optional: one number, or one for each
///   row. `b_zero_point` (T2), optional: one number, or one for each column; each by default 0.
/// - Outputs: `Y` (T3): the product; 32 bits wrap.
/// - Attributes: none.
/// - Types: T1 and T2 are int8 or uint8, T3 is int32.
/// - Errors: shapes that cannot be multiplied; zero points that fit neither form.
/// - Versions: 10.
/// - Source: onnx/defs/math/defs.cc.
/// - Notes: TSN-0012 (zero points by row and column).
package struct MatMulInteger: Operator {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [
      .single("A", "T1"), .single("B", "T2"), .optional("a_zero_point", "T1"),
      .optional("b_zero_point", "T2"),
    ], outputs: [.single("Y", "T3")],
    types: ["T1": .tensors(.int8, .uint8), "T2": .tensors(.int8, .uint8), "T3": .tensors(.int32)])
  package static let schema = OperatorSchema("MatMulInteger", versions: [version10])

  package init(_ node: NodeAttributes) throws {}

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.int32, try MatrixProduct.outputDims(inputs.required(0).dims, inputs.required(1).dims))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (A, B) = (try inputs.tensor(0), try inputs.tensor(1))
    let product = try MatrixProduct(A: A.shape, B: B.shape)
    let a = try shifted(A, inputs.optionalTensor(2), .left, name: "a_zero_point")
    let b = try shifted(B, inputs.optionalTensor(3), .right, name: "b_zero_point")
    let sums = try product.product(a.map { Int64($0) }, b.map { Int64($0) })
    return [.tensor(Tensor(.int32, shape: product.output, wrapping: sums))]
  }
}
