import GraphIR
import TensorCore

/// # Dropout
///
/// In training, sets random elements to zero and scales the others up; otherwise a copy.
///
///     output[i] = data[i] · mask[i] / (1 − ratio)   in training: mask[i] = (u ≥ ratio), u uniform on [0, 1)
///               = data[i]                           otherwise: mask[i] = 1
///
/// - Inputs: `data` (T): any shape. `ratio` (T1, from 12), optional: the share of elements to drop, by
///   default 0.5. `training_mode` (T2, from 12), optional: true in training, by default false.
/// - Outputs: `output` (T): the shape of `data`. `mask` (T, bool from 10), optional: what was kept; outside
///   training all ones.
/// - Attributes: `is_test` (to 6): 0 (the default) in training, else 1. `ratio` (to 11): as the later
///   input; without effect in 7 and 10, which have no training. `seed` (from 12): the generator's seed, by
///   default the run's own. `consumed_inputs` (1): a hint without effect.
/// - Types: T is float16, float or double, from 13 also bfloat16, from 22 also float8. The mask is T before
///   10, then bool (T1 in 10, T2 from 12). T1 (from 12, for `ratio`) is float16, float or double, from 22
///   also bfloat16 and float8.
/// - Errors: in training, a `ratio` outside [0, 1).
/// - Versions: 1, 6 (no consumed_inputs), 7 (no is_test: never training), 10 (mask is bool), 12 (ratio
///   becomes an input; training_mode and seed), 13 (bfloat16), 22 (float8; float8 and bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed); TSN-0031 lists how
///   versions signal training.
struct Dropout: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("data", "T")],
    outputs: [.single("output", "T"), .optional("mask", "T")],
    attributes: [.optional("consumed_inputs", .ints), .int("is_test", 0), .float("ratio", 0.5)],
    types: ["T": .ieeeFloats])
  private static let version6 = version1.then(
    since: 6, "no consumed_inputs", removing: ["consumed_inputs"])
  private static let version7 = version6.then(
    since: 7, "no is_test: never training", removing: ["is_test"])
  private static let version10 = version7.then(
    since: 10, "mask is bool", outputs: [.single("output", "T"), .optional("mask", "T1")],
    types: ["T1": .bool])
  private static let version12 = version10.then(
    since: 12, "ratio becomes an input; training_mode and seed",
    inputs: [.single("data", "T"), .optional("ratio", "T1"), .optional("training_mode", "T2")],
    outputs: [.single("output", "T"), .optional("mask", "T2")], attributes: [.optional("seed", .int)],
    removing: ["ratio"], types: ["T1": .ieeeFloats, "T2": .bool])
  private static let version13 = version12.then(
    since: 13, "bfloat16", types: ["T": .floats])
  private static let version22 = version13.then(
    since: 22, "float8; float8 and bfloat16", types: ["T": .floats | .float8s, "T1": .floats | .float8s])
  static let schema = OperatorSchema(
    "Dropout", versions: [version1, version6, version7, version10, version12, version13, version22])

  enum Mode: Sendable {
    case inference
    case training(ratio: Double)
    /// As the inputs `ratio` and `training_mode` say.
    case fromInputs
  }

  let mode: Mode
  let seed: UInt64?
  /// Nil where the mask has the type of `data`.
  let maskType: ElementType?
  let wantsMask: Bool

  static var isDeterministic: Bool { false }

  init(_ node: NodeAttributes) throws {
    if node.version.inputs.count > 1 {
      mode = .fromInputs
    } else {
      let isTraining = node.optionalInt("is_test") == 0
      mode = isTraining ? .training(ratio: Double(try node.float("ratio"))) : .inference
    }
    seed = node.optionalInt("seed").map { UInt64(bitPattern: Int64($0)) }
    maskType = node.since < 10 ? nil : .bool
    wantsMask = node.outputCount > 1
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let data = try inputs.required(0)
    guard wantsMask else { return [Fact(data.type)] }
    return [Fact(data.type), (maskType ?? data.elementType).map { .tensor($0, data.dims) } ?? .unknown]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let data = try inputs.tensor(0)
    let x = data.doubles()
    var mask = [Double](repeating: 1, count: x.count)
    var output = data
    if let ratio = try trainingRatio(inputs), ratio != 0 {
      mask = try keptElements(x.count, ratio: ratio, context)
      let y = try x.indices.map(spending: 1) { x[$0] * mask[$0] / (1 - ratio) }
      output = Tensor(data.elementType, shape: data.shape, rounding: y)
    }
    guard wantsMask else { return [.tensor(output)] }
    let maskTensor = Tensor(maskType ?? data.elementType, shape: data.shape, rounding: mask)
    return [.tensor(output), .tensor(maskTensor)]
  }

  /// 1 for each element that is kept in training, 0 for those dropped.
  func keptElements(_ count: Int, ratio: Double, _ context: any EvaluationContext) throws -> [Double] {
    let random = RandomNumbers(seed: seed ?? context.defaultSeed)
    return try (0..<count).map(spending: 1) { random.uniform($0) >= ratio ? 1 : 0 }
  }

  /// The share of elements to drop; nil outside training.
  func trainingRatio(_ inputs: Inputs<Value>) throws -> Double? {
    let ratio: Double
    switch mode {
    case .inference: return nil
    case .training(let attribute): ratio = attribute
    case .fromInputs:
      let isTraining: UInt64 = inputs[2] == nil ? 0 : try inputs.scalar(2)
      if isTraining == 0 { return nil }
      ratio = inputs[1] == nil ? 0.5 : try inputs.scalar(1)
    }
    guard ratio >= 0 && ratio < 1 else {
      throw OperatorError(.invalidValue, "ratio is \(ratio), but must lie in [0, 1)")
    }
    return ratio
  }
}
