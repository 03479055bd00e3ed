import GraphIR
import TensorCore

/// # RandomUniform
///
/// A tensor of numbers drawn from a uniform distribution.
///
///     output[i] = low + u · (high − low)      u uniform on [0, 1)
///
/// - Inputs: none.
/// - Outputs: `output` (T): the shape in `shape`.
/// - Attributes: `low`, `high`: the ends of the interval, by default 0 and 1. `dtype`: the type of the
///   output, by default float. `shape`: its extents. `seed`: the generator's seed, by default the run's
///   own.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: a `dtype` that the output may not have; a negative extent in `shape`.
/// - Versions: 1, 22 (bfloat16).
/// - Source: onnx/defs/generator/defs.cc, old.cc.
/// - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
struct RandomUniform: RandomFilling {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [],
    outputs: [.single("output", "T")],
    attributes: [
      .int("dtype", 1), .float("high", 1.0), .float("low", 0.0), .optional("seed", .float),
      .required("shape", .ints),
    ],
    types: ["T": .ieeeFloats])
  private static let version22 = version1.then(
    since: 22, "bfloat16", types: ["T": .floats])
  static let schema = OperatorSchema("RandomUniform", versions: [version1, version22])

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
