import OperatorSet
import TensorCore

/// # FoldBatchNormalization
///
/// A BatchNormalization behind a linear operator with constant weights goes into the weights.
///
/// - Before: y = Conv, ConvTranspose, Gemm or MatMul(x, W) + b, z = BatchNormalization(y, scale, B, mean, var).
/// - After: z = the same operator of x with the weights W · s and the bias (b − mean) · s + B, by channel, where
///   s = scale / √(var + ε).
/// - Needs: constants W, b, scale, B, mean and var, all of one type; no training, and nobody else who wants y.
/// - Promise: within rounding, where no product W · s leaves the type's range.
/// - Source: the definitions of the operators.
enum FoldBatchNormalization: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["BatchNormalization"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let definition = node.definition as? BatchNormalization, !definition.isTraining,
      definition.isSpatial, node.node.outputs.dropFirst().allSatisfy(\.isEmpty), let z = node.output(0),
      let linear = LinearNode(before: node, input: 0, editor),
      let statistics = statistics(of: node, linear, editor)
    else { return false }
    let (scale, B, mean, variance) = (statistics[0], statistics[1], statistics[2], statistics[3])
    let factors = zip(scale, variance).map { $0 / ($1 + definition.epsilon).squareRoot() }
    let shifts = zip(B, zip(mean, factors)).map { $0 - $1.0 * $1.1 }
    return try linear.replace(node, giving: z, scaledBy: factors, plus: shifts, &editor)
  }

  /// Scale, B, mean and var.
  private static func statistics(of node: EditedNode, _ linear: LinearNode, _ editor: GraphEditor)
    -> [[Double]]?
  {
    let tensors = (1...4).compactMap { editor.constant(node.input($0)) }
    guard tensors.count == 4,
      tensors.allSatisfy({ $0.shape == [linear.channels] && $0.elementType == linear.weights.elementType })
    else { return nil }
    return tensors.map { $0.doubles() }
  }
}
