import GraphIR
import TensorCore

/// # MeanVarianceNormalization
///
/// Moves the elements of each channel, over all images, or all elements, to the mean 0 and the deviation 1. The
/// standard's operator, which took its place in opset 9, names the axes instead.
///
///     output = (input − E) / (√(E(input − E)²) + ε)      E the mean over [N, H, W] or all axes, ε = 1e−9
///
/// - Inputs: `input` (T): [N, C, H, W].
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `across_channels`: 1 takes the channels together, by default 0. `normalize_variance`: 0 only
///   subtracts the mean, by default 1.
/// - Types: T is float16, float or double.
/// - Errors: an input of another rank.
/// - Versions: 1, experimental: in ONNX's releases to 1.3.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.3, and that release's case test_mvn, which takes the images
///   together.
/// - Notes: TSN-0031 (the variance is that of the population; ε is that of the standard's function body, since
///   this text has none).
struct ExperimentalMeanVarianceNormalization: ExperimentalOperator {
  static let schema = OperatorSchema(
    "MeanVarianceNormalization",
    versions: [
      OperatorVersion(
        since: 1, inputs: [.single("input", "T")], outputs: [.single("output", "T")],
        attributes: [.int("across_channels", 0), .int("normalize_variance", 1)], types: ["T": .ieeeFloats])
    ])
  static let lastRelease = "1.3"

  let acrossChannels: Bool
  let normalizesVariance: Bool

  init(_ node: NodeAttributes) throws {
    acrossChannels = try node.flag("across_channels")
    normalizesVariance = try node.flag("normalize_variance")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    if let rank = input.rank { try check(rank: rank) }
    return [Fact(input.type)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    try check(rank: input.rank)
    let x = input.doubles()
    var y = x
    for cells in try groups(input.shape) {
      let moments = try Moments(x, at: cells)
      let divisor = normalizesVariance ? sqrt(moments.variance) + 1e-9 : 1
      try cells.forEach(spending: 1) { i in y[i] = (x[i] - moments.mean) / divisor }
    }
    return [.tensor(Tensor(input.elementType, shape: input.shape, rounding: y))]
  }

  /// The flat positions of the elements that are normalised together.
  private func groups(_ shape: [Int]) throws -> [[Int]] {
    let image = AxisView(shape, axis: 1)
    let channels = try (0..<image.length).map(spending: image.outer * image.inner) { c in
      (0..<image.outer).flatMap { n in (0..<image.inner).map { image.position(n, c, $0) } }
    }
    return acrossChannels ? [channels.flatMap { $0 }] : channels
  }

  private func check(rank: Int) throws {
    guard rank == 4 else {
      throw OperatorError(.invalidShape, "input has rank \(rank), but must be an image [N, C, H, W]")
    }
  }
}
