import GraphIR
import TensorCore

/// # Adagrad
///
/// One step of stochastic gradient descent with rates that shrink where gradients have been large.
///
///     G ← norm_coefficient · X + G
///     H_new = H + G²
///     X_new = X − R / (1 + T · decay_factor) · G / (√H_new + epsilon)
///
/// - Inputs: `R` (T1), `T` (T2): the learning rate and the number of steps done, one element each. `inputs`
///   (T3): all X, then all gradients G, then all sums of squared gradients H.
/// - Outputs: `outputs` (T3): all X_new, then all H_new.
/// - Attributes: `norm_coefficient`: weight of the L2 norm of X, by default 0. `decay_factor`: how the rate
///   falls with T, by default 0. `epsilon`: keeps the divisor from 0, by default 10^−6.
/// - Types: T1 is float or double; T2 is int64; T3 is float or double.
/// - Errors: a number of tensors that is not a multiple of the groups; shapes that differ within one
///   tensor's group.
/// - Versions: 1.
/// - Source: onnx/defs/training/defs.cc.
/// - Notes: none.
struct Adagrad: OptimizerStep {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("R", "T1"), .single("T", "T2"), .variadic("inputs", "T3", homogeneous: false)],
    outputs: [.variadic("outputs", "T3", homogeneous: false)],
    attributes: [
      .float("decay_factor", 0.0), .float("epsilon", 9.999999974752427e-07), .float("norm_coefficient", 0.0),
    ],
    types: ["T1": .tensors(.double, .float), "T2": .tensors(.int64), "T3": .tensors(.double, .float)])
  static let schema = OperatorSchema("Adagrad", domain: "ai.onnx.preview.training", versions: [version1])

  static let groups = 3
  let decayFactor: Double
  let epsilon: Double
  let normCoefficient: Double

  init(_ node: NodeAttributes) throws {
    decayFactor = Double(try node.float("decay_factor"))
    epsilon = Double(try node.float("epsilon"))
    normCoefficient = Double(try node.float("norm_coefficient"))
  }

  func update(_ values: [Double], rate R: Double, count T: Int64) -> [Double] {
    let (X, H) = (values[0], values[2])
    let G = normCoefficient * X + values[1]
    let newH = H + G * G
    let rate = R / (1 + Double(T) * decayFactor)
    return [X - rate * G / (newH.squareRoot() + epsilon), newH]
  }
}
