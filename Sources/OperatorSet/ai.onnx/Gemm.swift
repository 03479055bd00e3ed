import GraphIR
import TensorCore

/// # Gemm
///
/// The product of two matrices, each transposed on request, scaled, plus a scaled third matrix.
///
///     Y[m, n] = alpha · Σₖ A′[m, k] · B′[k, n] + beta · C[m, n]      A′ = transA ? Aᵀ : A, B′ alike
///
/// - Inputs: `A` (T): [M, K], or [K, M] with `transA`. `B` (T): [K, N], or [N, K] with `transB`. `C` (T),
///   optional from 11: broadcast to [M, N].
/// - Outputs: `Y` (T): [M, N].
/// - Attributes: `alpha`, `beta`: factors, by default 1. `transA`, `transB`: 1 to transpose. `broadcast` (to
///   6): 1 lets C be stretched to [M, N]; otherwise it must have that shape.
/// - Types: T is float16, float or double; integers of 32 and 64 bits from 9, bfloat16 from 13.
/// - Errors: A or B that is no matrix; inner extents that differ; C that does not broadcast.
/// - Versions: 1, 6 (clearer text), 7 (C always broadcasts), 9 (integers), 11 (C is optional), 13 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0036 (a wide sum, rounded once). TSN-0068: integers wrap while alpha and beta are whole
///   numbers; otherwise the result is computed as a real number and truncated.
package struct Gemm: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("A", "T"), .single("B", "T"), .single("C", "T")], outputs: [.single("Y", "T")],
    attributes: [
      .float("alpha", 1.0), .float("beta", 1.0), .int("broadcast", 0), .int("transA", 0), .int("transB", 0),
    ], types: ["T": .ieeeFloats])
  private static let version6 = version1.then(since: 6, "clearer text")
  private static let version7 = version6.then(since: 7, "C always broadcasts", removing: ["broadcast"])
  private static let version9 = version7.then(
    since: 9, "integers of 32 and 64 bits", types: ["T": .ieeeFloats | .integers32And64])
  private static let version11 = version9.then(
    since: 11, "C is optional", inputs: [.single("A", "T"), .single("B", "T"), .optional("C", "T")])
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .floats | .integers32And64])
  package static let schema = OperatorSchema(
    "Gemm", versions: [version1, version6, version7, version9, version11, version13])

  package var rounding: Rounding { .sumOfProducts }

  package let alpha: Float
  package let beta: Float
  package let transposesA: Bool
  package let transposesB: Bool
  package let broadcastsC: Bool

  package init(_ node: NodeAttributes) throws {
    alpha = try node.float("alpha")
    beta = try node.float("beta")
    transposesA = try node.flag("transA")
    transposesB = try node.flag("transB")
    broadcastsC = node.optionalInt("broadcast").map { $0 == 1 } ?? true
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (A, B) = (try inputs.required(0), try inputs.required(1))
    guard let type = A.elementType ?? B.elementType else { return [.unknown] }
    for (name, fact) in [("A", A), ("B", B)] where fact.rank ?? 2 != 2 {
      throw OperatorError(.invalidShape, "\(name) has rank \(fact.rank ?? 0), but must be a matrix")
    }
    let a = A.dims.map { transposesA ? $0.reversed() : $0 } ?? [.unknown, .unknown]
    let b = B.dims.map { transposesB ? $0.reversed() : $0 } ?? [.unknown, .unknown]
    return [.tensor(type, try MatrixProduct.outputDims(a, b))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let A = try matrix(inputs.tensor(0), "A", transposed: transposesA)
    let B = try matrix(inputs.tensor(1), "B", transposed: transposesB)
    let product = try MatrixProduct(A: A.shape, B: B.shape)
    let C = try inputs.optionalTensor(2).map { try broadcastC($0, to: product.output) }
    return [.tensor(try A.elementType.inWideNumbers(Body(gemm: self, A: A, B: B, C: C, product: product)))]
  }

  func matrix(_ X: Tensor, _ name: String, transposed: Bool) throws -> Tensor {
    guard X.rank == 2 else {
      throw OperatorError(.invalidShape, "\(name) has shape \(X.shape), but must be a matrix")
    }
    return transposed ? X.transposed([1, 0]) : X
  }

  private func broadcastC(_ C: Tensor, to shape: [Int]) throws -> Tensor {
    guard C.shape == shape || broadcastsC else {
      throw OperatorError(
        .invalidShape, "C has shape \(C.shape), but A·B has \(shape) and broadcast is not 1")
    }
    guard try broadcastShape([C.shape, shape]) == shape else {
      throw OperatorError(.invalidShape, "C of shape \(C.shape) does not broadcast to \(shape)")
    }
    return C.broadcast(to: shape)
  }

  /// alpha · sum + beta · c in one number system.
  package func combine<W: WideNumber>(_ sum: W, _ c: W) -> W {
    if W.self != Double.self, let a = Int(exactly: alpha), let b = Int(exactly: beta), a >= 0, b >= 0 {
      return (W(a) &* sum) &+ (W(b) &* c)
    }
    return W(truncating: Double(alpha) * sum.double + (beta == 0 ? 0 : Double(beta) * c.double))
  }

  private struct Body: WideBody {
    let gemm: Gemm
    let A: Tensor
    let B: Tensor
    let C: Tensor?
    let product: MatrixProduct

    func run<W: WideNumber>(_: W.Type) throws -> Tensor {
      var y = try product.product(W.elements(of: A), W.elements(of: B))
      let c = C.map { W.elements(of: $0) } ?? [W](repeating: .zero, count: y.count)
      for i in y.indices { y[i] = gemm.combine(y[i], c[i]) }
      return Tensor(A.elementType, shape: product.output, wide: y)
    }
  }
}
