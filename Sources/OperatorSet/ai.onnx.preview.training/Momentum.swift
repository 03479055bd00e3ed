import GraphIR
import TensorCore

/// # Momentum
///
/// One step of stochastic gradient descent that keeps a part of its direction.
///
///     G ← norm_coefficient · X + G
///     V_new = alpha · V + b · G                  b = beta if T > 0, else 1
///     X_new = X − R · V_new                      mode = standard
///           = X − R · (G + alpha · V_new)        mode = nesterov
///
/// - Inputs: `R` (T1), `T` (T2): the learning rate and the number of steps done, one element each. `inputs`
///   (T3): all X, then all gradients G, then all momenta V.
/// - Outputs: `outputs` (T3): all X_new, then all V_new.
/// - Attributes: `alpha`: what part of V is kept. `beta`: the weight of the gradient. `mode`: `standard` or
///   `nesterov`. `norm_coefficient`: weight of the L2 norm of X.
/// - Types: T1 is float or double; T2 is int64; T3 is float or double.
/// - Errors: a number of tensors that is not a multiple of the groups; shapes that differ within one
///   tensor's group; another `mode`.
/// - Versions: 1.
/// - Source: onnx/defs/training/defs.cc.
/// - Notes: none.
struct Momentum: OptimizerStep {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("R", "T1"), .single("T", "T2"), .variadic("inputs", "T3", homogeneous: false)],
    outputs: [.variadic("outputs", "T3", homogeneous: false)],
    attributes: [
      .required("alpha", .float), .required("beta", .float), .required("mode", .string),
      .required("norm_coefficient", .float),
    ],
    types: ["T1": .tensors(.double, .float), "T2": .tensors(.int64), "T3": .tensors(.double, .float)])
  static let schema = OperatorSchema("Momentum", domain: "ai.onnx.preview.training", versions: [version1])

  enum Mode: String, CaseIterable, Sendable { case standard, nesterov }

  static let groups = 3
  let alpha: Double
  let beta: Double
  let mode: Mode
  let normCoefficient: Double

  init(_ node: NodeAttributes) throws {
    alpha = Double(try node.float("alpha"))
    beta = Double(try node.float("beta"))
    mode = try node.choice("mode")
    normCoefficient = Double(try node.float("norm_coefficient"))
  }

  func update(_ values: [Double], rate R: Double, count T: Int64) -> [Double] {
    let (X, V) = (values[0], values[2])
    let G = normCoefficient * X + values[1]
    let newV = alpha * V + (T > 0 ? beta : 1) * G
    let direction = mode == .standard ? newV : G + alpha * newV
    return [X - R * direction, newV]
  }
}
