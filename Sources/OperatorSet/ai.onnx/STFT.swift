import GraphIR
import TensorCore

/// # STFT
///
/// The short-time Fourier transform: a transform of each of many overlapping, windowed frames of a signal.
///
///     output[b, f, k, :] = Σₙ window[n] · signal[b, f·step + n] · exp(−2πi·kn / N)      0 ≤ n < N
///
/// where N is the frame length, and there are ⌊(signal length − N) / step⌋ + 1 frames.
///
/// - Inputs: `signal` (T1): [batch, length, 1] of real numbers or [batch, length, 2] of real and imaginary
///   parts. `frame_step` (T2): the distance of frames. `window` (T1), optional: [N], by default ones.
///   `frame_length` (T2), optional: N; by default the length of `window`, or of the signal.
/// - Outputs: `output` (T1): [batch, frames, N or ⌊N/2⌋ + 1, 2].
/// - Attributes: `onesided`: 1 leaves out the half of each spectrum that is the conjugate of the other.
/// - Types: T1 is a float type, T2 int32 or int64.
/// - Errors: a `frame_step` below 1; a window of another length than N; an N below 1 or above the signal's
///   length; a complex signal with `onesided`.
/// - Versions: 17.
/// - Source: onnx/defs/math/defs.cc.
/// - Notes: TSN-0028.
package struct STFT: Operator {
  private static let version17 = OperatorVersion(
    since: 17,
    inputs: [
      .single("signal", "T1"), .single("frame_step", "T2"), .optional("window", "T1"),
      .optional("frame_length", "T2"),
    ],
    outputs: [.single("output", "T1")],
    attributes: [.int("onesided", 1)],
    types: ["T1": .floats, "T2": .indices])
  package static let schema = OperatorSchema("STFT", versions: [version17])

  package let onesided: Bool

  package init(_ node: NodeAttributes) throws { onesided = try node.flag("onesided") }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let signal = try inputs.required(0)
    guard let type = signal.elementType else { return [.unknown] }
    if let dims = signal.dims, dims.count != 3 { throw shapeError("\(dims)") }
    let batch = signal.dim(0)
    let length = signal.dim(1).number
    let N =
      inputs[3] != nil
      ? inputs[3]?.integers?.first : inputs[2] != nil ? inputs[2]?.dims?.first?.number : length
    guard let N, N > 0 else { return [.tensor(type, [batch, .unknown, .unknown, 2])] }
    var frames = Dim.unknown
    if let length, let step = try inputs.required(1).integers?.first {
      frames = .value(try frameCount(length, N, step))
    }
    return [.tensor(type, [batch, frames, .value(onesided ? N / 2 + 1 : N), 2])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let signal = try inputs.tensor(0)
    guard signal.rank == 3, signal.shape[2] == 1 || signal.shape[2] == 2 && !onesided else {
      throw shapeError("\(signal.shape)")
    }
    let step: Int64 = try inputs.scalar(1)
    let given = try inputs.optionalTensor(2)
    let chosen: Int64? = try inputs[3] == nil ? nil : inputs.scalar(3)
    let (batches, length) = (signal.shape[0], signal.shape[1])
    let N = chosen.map { Int($0) } ?? given?.count ?? length
    let frames = try frameCount(length, N, Int(step))
    guard given.map({ $0.shape == [N] }) ?? true else {
      throw OperatorError(
        .invalidShape, "window has shape \(given?.shape ?? []), but frames have the length \(N)")
    }
    let window = given?.doubles() ?? [Double](repeating: 1, count: N)
    let bins = onesided ? N / 2 + 1 : N
    let shape = [batches, frames, bins, 2]
    let x = complexElements(signal)
    let transform = try FourierTransform(length: N, isInverse: false)
    var y: [Double] = []
    y.reserveCapacity(try elementCount(shape))
    for b in 0..<batches {
      for f in 0..<frames {
        try Work.spend(N)
        let first = b * length + f * Int(step)
        let frame = (0..<N).map { n in
          Complex(window[n] * x[first + n].real, window[n] * x[first + n].imaginary)
        }
        for value in try transform(frame, count: bins) { y += [value.real, value.imaginary] }
      }
    }
    return [.tensor(Tensor(signal.elementType, shape: shape, rounding: y))]
  }

  private func frameCount(_ length: Int, _ N: Int, _ step: Int) throws -> Int {
    guard step > 0, N > 0, N <= length else {
      throw OperatorError(
        .invalidValue, "frames of \(N) at a distance of \(step) cannot be cut from a signal of \(length)")
    }
    return (length - N) / step + 1
  }

  private func shapeError(_ shape: String) -> OperatorError {
    OperatorError(
      .invalidShape,
      "signal has shape \(shape), but must be [batch, length, 1], or [batch, length, 2] where not "
        + "one-sided")
  }
}
