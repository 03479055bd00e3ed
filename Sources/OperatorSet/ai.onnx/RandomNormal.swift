import GraphIR
import TensorCore

/// # RandomNormal
///
/// A tensor of numbers drawn from a normal distribution.
///
///     output[i] = mean + scale · √(−2 ln(1 − u)) · cos(2π v)      u, v uniform on [0, 1)
///
/// - Inputs: none.
/// - Outputs: `output` (T): the shape in `shape`.
/// - Attributes: `mean`, `scale`: the mean and the standard deviation, by default 0 and 1. `dtype`: the
///   type of the output, by default float. `shape`: its extents. `seed`: the generator's seed, by default
///   the run's own.
/// - Types: T is float16, float or double, from 22 also bfloat16.
/// - Errors: a `dtype` that the output may not have; a negative extent in `shape`.
/// - Versions: 1, 22 (bfloat16).
/// - Source: onnx/defs/generator/defs.cc, old.cc.
/// - Notes: TSN-0032 (Philox4x32-10; the same numbers in every run with the same seed).
struct RandomNormal: RandomFilling {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [],
    outputs: [.single("output", "T")],
    attributes: [
      .int("dtype", 1), .float("mean", 0.0), .float("scale", 1.0), .optional("seed", .float),
      .required("shape", .ints),
    ],
    types: ["T": .ieeeFloats])
  private static let version22 = version1.then(
    since: 22, "bfloat16", types: ["T": .floats])
  static let schema = OperatorSchema("RandomNormal", versions: [version1, version22])

  let outputType: OutputType
  let shape: [Int]?
  let seed: Float?
  let mean: Double
  let scale: Double

  init(_ node: NodeAttributes) throws {
    outputType = try OutputType(node)
    shape = node.optionalInts("shape")
    seed = node.optionalFloat("seed")
    mean = Double(try node.float("mean"))
    scale = Double(try node.float("scale"))
  }

  func draw(_ random: RandomNumbers, _ index: Int) -> Double { mean + scale * random.normal(index) }
}
