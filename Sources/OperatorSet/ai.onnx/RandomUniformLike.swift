import GraphIR
import TensorCore

/// # RandomUniformLike
///
/// A tensor shaped like another, of numbers drawn from a uniform distribution.
///
///     output[i] = low + u · (high − low)      u uniform on [0, 1)
///
/// - Inputs: `input` (T1): any tensor, for its shape and, without `dtype`, its type.
/// - Outputs: `output` (T2): the shape of `input`.
/// - Attributes: `low`, `high`: the ends of the interval, by default 0 and 1. `dtype`: the type of the
///   output, by default that of `input`. `seed`: the generator's seed, by default the run's own.
/// - Types: T1 is any type of IR version 3, from 22 also bfloat16; T2 is float16, float or double, from 22
///   also bfloat16.
/// - Errors: a `dtype`, or without it a type of `input`, that the output may not have.
/// - Versions: 1, 22 (bfloat16; bfloat16).
/// - Source: onnx/defs/generator/defs.cc, old.cc.
/// - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
struct RandomUniformLike: RandomFilling {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("input", "T1")],
    outputs: [.single("output", "T2")],
    attributes: [
      .optional("dtype", .int), .float("high", 1.0), .float("low", 0.0), .optional("seed", .float),
    ],
    types: ["T1": .allTensors(ir: 3), "T2": .ieeeFloats])
  private static let version22 = version1.then(
    since: 22, "bfloat16; bfloat16", types: ["T1": .allTensors(ir: 4), "T2": .floats])
  static let schema = OperatorSchema("RandomUniformLike", versions: [version1, version22])

  let outputType: OutputType
  let shape: [Int]?
  let seed: Float?
  let low: Double
  let high: Double

  init(_ node: NodeAttributes) throws {
    outputType = try OutputType(node)
    shape = node.optionalInts("shape")
    seed = node.optionalFloat("seed")
    low = Double(try node.float("low"))
    high = Double(try node.float("high"))
  }

  func draw(_ random: RandomNumbers, _ index: Int) -> Double { low + random.uniform(index) * (high - low) }
}
