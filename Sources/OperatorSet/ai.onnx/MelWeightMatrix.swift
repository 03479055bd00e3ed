import GraphIR
import TensorCore

/// # MelWeightMatrix
///
/// The matrix that gathers the bins of a spectrum into triangular bands of equal width on the mel scale.
///
///     mel(f) = 2595·log₁₀(1 + f / 700)
///     p[i] = ⌊(dft_length + 1)·mel⁻¹(mel(lower) + i·(mel(upper) − mel(lower)) / (bands + 2)) / sample_rate⌋
///     output[j, i] = (j − p[i]) / (p[i+1] − p[i])          p[i] ≤ j ≤ p[i+1]
///                  = (p[i+2] − j) / (p[i+2] − p[i+1])      p[i+1] ≤ j < p[i+2]
///
/// - Inputs: `num_mel_bins` (T1): the number of bands. `dft_length` (T1): the length of the transform, of
///   which ⌊dft_length / 2⌋ + 1 bins are used. `sample_rate` (T1): samples a second. `lower_edge_hertz` (T2),
///   `upper_edge_hertz` (T2): the range of frequencies. One number each.
/// - Outputs: `output` (T3): [⌊dft_length / 2⌋ + 1, num_mel_bins].
/// - Attributes: `output_datatype`: the element type, by default float.
/// - Types: T1 is int32 or int64, T2 a float type, T3 any number; integers are truncated.
/// - Errors: a negative number of bands or length; a `sample_rate` below 1; frequencies that make no range;
///   an `output_datatype` that T3 does not allow.
/// - Versions: 17.
/// - Source: onnx/defs/math/defs.cc; where the text is silent (how edges fall on bins), ONNX's reference
///   implementation.
/// - Notes: TSN-0058: a triangle's peak is 1 also where it has no rising side; what lies beyond the last bin
///   is left out.
struct MelWeightMatrix: Operator {
  private static let version17 = OperatorVersion(
    since: 17,
    inputs: [
      .single("num_mel_bins", "T1"), .single("dft_length", "T1"), .single("sample_rate", "T1"),
      .single("lower_edge_hertz", "T2"), .single("upper_edge_hertz", "T2"),
    ],
    outputs: [.single("output", "T3")],
    attributes: [.int("output_datatype", 1)],
    types: ["T1": .indices, "T2": .floats, "T3": .integers | .floats])
  static let schema = OperatorSchema("MelWeightMatrix", versions: [version17])

  let outputType: ElementType

  init(_ node: NodeAttributes) throws { outputType = try outputDatatype(node, allowedBy: "T3") }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let bands = try inputs.required(0).elements?.first ?? .unknown
    let length = try inputs.required(1).integers?.first
    return [.tensor(outputType, try checkedExtents([length.map { .value($0 / 2 &+ 1) } ?? .unknown, bands]))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (bands, length, rate): (Int64, Int64, Int64) = (
      try inputs.scalar(0), try inputs.scalar(1), try inputs.scalar(2)
    )
    let (lower, upper): (Double, Double) = (try inputs.scalar(3), try inputs.scalar(4))
    guard bands >= 0, length >= 0, rate > 0, lower > -700, lower <= upper, upper.isFinite else {
      throw OperatorError(
        .invalidValue,
        "\(bands) bands from \(lower) to \(upper) Hz of a transform of \(length) at \(rate) Hz make "
          + "no matrix")
    }
    let shape = [Int(length / 2) + 1, Int(bands)]
    var output = [Double](repeating: 0, count: try elementCount(shape))
    let p = try edges(
      bands: Int(bands), lower: lower, upper: upper, binsPerHertz: Double(length) + 1, rate: Double(rate))
    var work = Work()
    for i in 0..<shape[1] {
      try work.spend(shape[0])
      let (left, peak, right) = (p[i], p[i + 1], p[i + 2])
      for j in max(left, 0)..<max(min(right + 1, shape[0]), max(left, 0)) where j < right || j == peak {
        let weight =
          j <= peak ? (peak == left ? 1 : ratio(j - left, peak - left)) : ratio(right - j, right - peak)
        output[j * shape[1] + i] = weight
      }
    }
    return [.tensor(Tensor(outputType, shape: shape, rounding: output))]
  }

  private func ratio(_ a: Int, _ b: Int) -> Double { Double(a) / Double(b) }

  /// The bins on which the edges of the bands fall, two more than bands.
  private func edges(bands: Int, lower: Double, upper: Double, binsPerHertz: Double, rate: Double) throws
    -> [Int]
  {
    let (low, high) = (mel(lower), mel(upper))
    let step = (high - low) / Double(bands + 2)
    return try (0..<(bands + 2)).map(spending: 1) { i in
      let hertz = 700 * (exp((low + Double(i) * step) / 2595 * log(10)) - 1)
      return Int(Int64(clamping: min((binsPerHertz * hertz / rate).rounded(.down), 1e15)))
    }
  }

  private func mel(_ hertz: Double) -> Double { 2595 * log10(1 + hertz / 700) }
}
