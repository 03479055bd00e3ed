import GraphIR
import TensorCore

/// # LRN
///
/// Divides each element by a power of the sum of squares over its neighbouring channels.
///
///     Y[n, c, d…] = X[n, c, d…] / (bias + alpha / size · Σ i  X[n, i, d…]²)^beta
///
/// where i runs from c − ⌊(size − 1) / 2⌋ to c + ⌈(size − 1) / 2⌉, as far as there are channels.
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk].
/// - Outputs: `Y` (T): the shape of X.
/// - Attributes: `size`: how many channels to sum over. `alpha`, `beta`, `bias`: as in the formula.
/// - Types: T is float16, float or double; also bfloat16 from 13.
/// - Errors: a rank below 2; `size` not positive.
/// - Versions: 1, 13 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: none.
package struct LRN: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
    attributes: [
      .float("alpha", 1e-4), .float("beta", 0.75), .float("bias", 1.0), .required("size", .int),
    ],
    types: ["T": .ieeeFloats])
  private static let version13 = version1.then(since: 13, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("LRN", versions: [version1, version13])

  package let alpha: Double
  package let beta: Double
  package let bias: Double
  package let size: Int

  package init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
    beta = Double(try node.float("beta"))
    bias = Double(try node.float("bias"))
    size = try node.int("size")
    guard size > 0 else { throw OperatorError(.invalidAttribute, "size is \(size), but must be positive") }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    if let rank = X.rank { try checkRank(rank) }
    return [Fact(X.type)]
  }

  private func checkRank(_ rank: Int) throws {
    guard rank >= 2 else {
      throw OperatorError(.invalidShape, "X has rank \(rank), but needs [N, C, …], a rank of 2 or more")
    }
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    try checkRank(X.rank)
    let view = AxisView(X.shape, axis: 1)
    let x = X.doubles()
    var y = x
    var work = Work()
    for n in 0..<view.outer {
      for c in 0..<view.length {
        let first = c - min(c, (size - 1) / 2)
        let last = c + min(view.length - 1 - c, size / 2)
        for d in 0..<view.inner {
          try work.spend(last - first + 1)
          var squares = CompensatedSum()
          for i in first...last { squares.add(x[view.position(n, i, d)], x[view.position(n, i, d)]) }
          let here = view.position(n, c, d)
          y[here] = x[here] / pow(bias + alpha / Double(size) * squares.value, beta)
        }
      }
    }
    return [.tensor(Tensor(X.elementType, shape: X.shape, rounding: y))]
  }
}
