import GraphIR
import TensorCore

/// # MeanVarianceNormalization
///
/// Normalises the elements that share their position on the axes that are not named.
///
///     Y = (X − EX) / (√(E(X − EX)²) + ε)      E the mean over `axes`, ε = 1e−9
///
/// - Inputs: `X` (T): any shape that has the axes.
/// - Outputs: `Y` (T): the shape of X.
/// - Attributes: `axes`: by default [0, 2, 3], all but the channels of an image; negative from the end.
/// - Types: T is float16, float or double; also bfloat16 from 13.
/// - Errors: an axis out of range or named twice.
/// - Versions: 9, 13 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc: the function body, which adds ε to the deviation.
/// - Notes: TSN-0031 (the variance is that of the population).
package struct MeanVarianceNormalization: Operator {
  private static let version9 = OperatorVersion(
    since: 9, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
    attributes: [.list("axes", .ints([0, 2, 3]))], types: ["T": .ieeeFloats])
  private static let version13 = version9.then(since: 13, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("MeanVarianceNormalization", versions: [version9, version13])

  package let axes: [Int]

  package init(_ node: NodeAttributes) throws { axes = try node.ints("axes") }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    if let rank = X.rank { _ = try resolveAxes(axes, rank: rank) }
    return [Fact(X.type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let reduced = try resolveAxes(axes, rank: X.rank)
    let kept = (0..<X.rank).filter { !reduced.contains($0) }
    // Kept axes first, so that each group of elements is one run.
    let order = kept + reduced
    let x = X.transposed(order).doubles()
    let length = reduced.reduce(1) { $0 * X.shape[$1] }
    var y = x
    for run in 0..<kept.reduce(1, { $0 * X.shape[$1] }) {
      let cells = (run * length)..<((run + 1) * length)
      let moments = try Moments(x, at: cells)
      let deviation = sqrt(moments.variance) + 1e-9
      try cells.forEach(spending: 1) { i in y[i] = (x[i] - moments.mean) / deviation }
    }
    let transposed = Tensor(X.elementType, shape: order.map { X.shape[$0] }, rounding: y)
    let inverse = (0..<X.rank).map { axis in order.firstIndex(of: axis) ?? axis }
    return [.tensor(transposed.transposed(inverse))]
  }
}
