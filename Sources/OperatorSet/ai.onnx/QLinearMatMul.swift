import GraphIR
import TensorCore

/// # QLinearMatMul
///
/// The matrix product of quantized operands, quantized again.
///
///     y[…, m, n] = quantize(a_scale[m] · b_scale[n] · Σₖ (a − a_zero_point)[…, m, k] · (b − b_zero_point)[…,
///     k, n])
///
/// where quantize(r) = saturate(round(r / y_scale) + y_zero_point), ties to even.
///
/// - Inputs: `a` (T1), `b` (T2): as in `MatMul`. `a_scale`, `b_scale`, `y_scale` (TS; tensor(float) before
///   21), `a_zero_point` (T1), `b_zero_point` (T2), `y_zero_point` (T3): one number each, or for a and y one
///   for each row, for b one for each column.
/// - Outputs: `y` (T3): the product.
/// - Attributes: none.
/// - Types: T1, T2 and T3 are int8 or uint8; float8 from 21. TS is float, float16 or bfloat16.
/// - Errors: shapes that cannot be multiplied; scales or zero points that fit neither form.
/// - Versions: 10, 21 (float8; scales of other types).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0011 (rounding), TSN-0012. The sum and its scaling are taken in double and rounded once.
package struct QLinearMatMul: Operator {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [
      .single("a", "T1"), .single("a_scale", "tensor(float)"), .single("a_zero_point", "T1"),
      .single("b", "T2"), .single("b_scale", "tensor(float)"), .single("b_zero_point", "T2"),
      .single("y_scale", "tensor(float)"), .single("y_zero_point", "T3"),
    ], outputs: [.single("y", "T3")],
    types: ["T1": .tensors(.int8, .uint8), "T2": .tensors(.int8, .uint8), "T3": .tensors(.int8, .uint8)])
  private static let version21 = version10.then(
    since: 21, "float8; scales may be float16 and bfloat16",
    inputs: [
      .single("a", "T1"), .single("a_scale", "TS"), .single("a_zero_point", "T1"), .single("b", "T2"),
      .single("b_scale", "TS"), .single("b_zero_point", "T2"), .single("y_scale", "TS"),
      .single("y_zero_point", "T3"),
    ],
    types: [
      "TS": .tensors(.bfloat16, .float, .float16), "T1": .float8s | .tensors(.int8, .uint8),
      "T2": .float8s | .tensors(.int8, .uint8), "T3": .float8s | .tensors(.int8, .uint8),
    ])
  package static let schema = OperatorSchema("QLinearMatMul", versions: [version10, version21])

  package init(_ node: NodeAttributes) throws {}

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let dims = try MatrixProduct.outputDims(inputs.required(0).dims, inputs.required(3).dims)
    guard let type = try inputs.required(7).elementType else { return [.unknown] }
    return [.tensor(type, dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (A, B) = (try inputs.tensor(0), try inputs.tensor(3))
    let zeroPoint = try inputs.tensor(7)
    let product = try MatrixProduct(A: A.shape, B: B.shape)
    let a = try shifted(A, inputs.tensor(2), .left, name: "a_zero_point")
    let b = try shifted(B, inputs.tensor(5), .right, name: "b_zero_point")
    func spread(_ index: Int, _ side: MatrixSide) throws -> [Double] {
      try spreadOverMatrix(inputs.tensor(index), side, over: product.matrices, name: inputs.name(index))
    }
    let (aScale, bScale) = (try spread(1, .left), try spread(4, .right))
    let (yScale, yZeroPoint) = (try spread(6, .left), try spread(7, .left))
    var y = try product.product(a, b)
    for i in y.indices { y[i] *= aScale[i] * bScale[i] / yScale[i] }
    return [
      .tensor(try quantized(y, zeroPoints: yZeroPoint, zeroPoint.elementType, shape: product.output))
    ]
  }
}
