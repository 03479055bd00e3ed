import GraphIR
import TensorCore

/// # Adam
///
/// One step of stochastic gradient descent with running means of the gradients and of their squares.
///
///     G ← norm_coefficient · X + G
///     V_new = alpha · V + (1 − alpha) · G
///     H_new = beta · H + (1 − beta) · G²
///     X_new = (1 − norm_coefficient_post) · (X − r · V_new / (√H_new + epsilon))
///     r = R · √(1 − beta^T) / (1 − alpha^T) if T > 0, else R
///
/// - Inputs: `R` (T1), `T` (T2): the learning rate and the number of steps done, one element each. `inputs`
///   (T3): all X, then all gradients G, then all means of gradients V, then all means of squared gradients
///   H.
/// - Outputs: `outputs` (T3): all X_new, then all V_new, then all H_new.
/// - Attributes: `alpha`, `beta`: what part of V and H is kept, by default 0.9 and 0.999. `epsilon`: keeps
///   the divisor from 0, by default 10^−6. `norm_coefficient`, `norm_coefficient_post`: weights of the L2
///   norm of X, before and after the step, by default 0.
/// - Types: T1 is float or double; T2 is int64; T3 is float or double.
/// - Errors: a number of tensors that is not a multiple of the groups; shapes that differ within one
///   tensor's group.
/// - Versions: 1.
/// - Source: onnx/defs/training/defs.cc.
/// - Notes: none.
struct Adam: OptimizerStep {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("R", "T1"), .single("T", "T2"), .variadic("inputs", "T3", homogeneous: false)],
    outputs: [.variadic("outputs", "T3", homogeneous: false)],
    attributes: [
      .float("alpha", 0.8999999761581421), .float("beta", 0.9990000128746033),
      .float("epsilon", 9.999999974752427e-07), .float("norm_coefficient", 0.0),
      .float("norm_coefficient_post", 0.0),
    ],
    types: ["T1": .tensors(.double, .float), "T2": .tensors(.int64), "T3": .tensors(.double, .float)])
  static let schema = OperatorSchema("Adam", domain: "ai.onnx.preview.training", versions: [version1])

  static let groups = 4
  let alpha: Double
  let beta: Double
  let epsilon: Double
  let normCoefficient: Double
  let normCoefficientPost: Double

  init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
    beta = Double(try node.float("beta"))
    epsilon = Double(try node.float("epsilon"))
    normCoefficient = Double(try node.float("norm_coefficient"))
    normCoefficientPost = Double(try node.float("norm_coefficient_post"))
  }

  func update(_ values: [Double], rate R: Double, count T: Int64) -> [Double] {
    let (X, V, H) = (values[0], values[2], values[3])
    let G = normCoefficient * X + values[1]
    let newV = alpha * V + (1 - alpha) * G
    let newH = beta * H + (1 - beta) * G * G
    let t = Double(T)
    let rate = T > 0 ? R * (1 - pow(beta, t)).squareRoot() / (1 - pow(alpha, t)) : R
    let newX = X - rate * newV / (newH.squareRoot() + epsilon)
    return [(1 - normCoefficientPost) * newX, newV, newH]
  }
}
