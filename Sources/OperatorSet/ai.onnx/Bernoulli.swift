import GraphIR
import TensorCore

/// # Bernoulli
///
/// Zeros and ones, each drawn with a probability of its own.
///
///     output[i] = 1 if u < input[i], else 0      u uniform on [0, 1)
///
/// - Inputs: `input` (T1): the probabilities of a one.
/// - Outputs: `output` (T2): the shape of `input`.
/// - Attributes: `dtype`: the type of the output, by default that of `input`. `seed`: the generator's seed,
///   by default the run's own.
/// - Types: T1 is float16, float or double, from 22 also bfloat16; T2 is float16, bfloat16, float, double,
///   any integer or bool.
/// - Errors: a number in `input` outside [0, 1]; a `dtype` that the output may not have.
/// - Versions: 15, 22 (bfloat16).
/// - Source: onnx/defs/generator/defs.cc, old.cc.
/// - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
struct Bernoulli: Operator {
  private static let version15 = OperatorVersion(
    since: 15,
    inputs: [.single("input", "T1")],
    outputs: [.single("output", "T2")],
    attributes: [.optional("dtype", .int), .optional("seed", .float)],
    types: ["T1": .ieeeFloats, "T2": .integers | .floats | .tensors(.bool)])
  private static let version22 = version15.then(
    since: 22, "bfloat16", types: ["T1": .floats])
  static let schema = OperatorSchema("Bernoulli", versions: [version15, version22])

  let outputType: OutputType
  let seed: Float?

  static var isDeterministic: Bool { false }

  init(_ node: NodeAttributes) throws {
    outputType = try OutputType(node)
    seed = node.optionalFloat("seed")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    guard let type = try outputType.resolved(input: input.elementType) else { return [.unknown] }
    return [.tensor(type, input.dims)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let p = input.doubles()
    if let bad = p.first(where: { !(0...1).contains($0) }) {
      throw OperatorError(.invalidValue, "input holds \(bad), but probabilities lie in [0, 1]")
    }
    let random = RandomNumbers(seed: seed, context)
    let y = try p.indices.map(spending: 1) { random.uniform($0) < p[$0] ? Int64(1) : 0 }
    let type = try outputType.resolved(input: input.elementType)
    return [.tensor(Tensor(type, shape: input.shape, wrapping: y))]
  }
}
