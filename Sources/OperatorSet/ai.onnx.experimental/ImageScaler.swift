import GraphIR
import TensorCore

/// # ImageScaler
///
/// Scales the pixels of an image, then adds a number of each channel.
///
///     output[n, c, h, w] = scale · input[n, c, h, w] + bias[c]
///
/// - Inputs: `input` (T): [N, C, H, W].
/// - Outputs: `output` (T): the shape of `input`.
/// - Attributes: `scale`: by default 1. `bias`: C numbers; without it nothing is added.
/// - Types: T is float16, float or double.
/// - Errors: an input of another rank; another count of numbers in `bias` than there are channels.
/// - Versions: 1, experimental: in ONNX's releases to 1.4.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
/// - Notes: none.
struct ImageScaler: ExperimentalOperator {
  static let schema = OperatorSchema(
    "ImageScaler",
    versions: [
      OperatorVersion(
        since: 1, inputs: [.single("input", "T")], outputs: [.single("output", "T")],
        attributes: [.optional("bias", .floats), .float("scale", 1)], types: ["T": .ieeeFloats])
    ])
  static let lastRelease = "1.4"

  let scale: Double
  let bias: [Double]?

  init(_ node: NodeAttributes) throws {
    scale = Double(try node.float("scale"))
    bias = node.optionalFloats("bias")?.map(Double.init)
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    if let dims = input.dims { try check(rank: dims.count, channels: dims.count > 1 ? dims[1].number : nil) }
    return [Fact(input.type)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    try check(rank: input.rank, channels: input.rank > 1 ? input.shape[1] : nil)
    var y = input.doubles()
    let image = AxisView(input.shape, axis: 1)
    for n in 0..<image.outer {
      for c in 0..<image.length {
        try Work.spend(image.inner)
        for i in 0..<image.inner {
          let position = image.position(n, c, i)
          y[position] = scale * y[position] + (bias?[c] ?? 0)
        }
      }
    }
    return [.tensor(Tensor(input.elementType, shape: input.shape, rounding: y))]
  }

  private func check(rank: Int, channels: Int?) throws {
    guard rank == 4 else {
      throw OperatorError(.invalidShape, "input has rank \(rank), but must be an image [N, C, H, W]")
    }
    guard let bias, let channels, bias.count != channels else { return }
    throw OperatorError(
      .invalidShape, "bias has \(bias.count) numbers, but the input has \(channels) channels")
  }
}
