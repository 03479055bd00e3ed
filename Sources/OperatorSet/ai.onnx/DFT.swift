import GraphIR
import TensorCore

/// # DFT
///
/// The discrete Fourier transform along one axis, or its inverse.
///
///     output[…, k, …] = Σₙ input[…, n, …] · exp(−2πi·kn / N)            0 ≤ n < N
///     output[…, n, …] = 1/N · Σₖ input[…, k, …] · exp(2πi·kn / N)      inverse
///
/// - Inputs: `input` (T1): [signal…, 1] of real numbers or [signal…, 2] of real and imaginary parts.
///   `dft_length` (T2), optional: N; the signal is cut off or filled up with zeros. By default the extent n
///   of the axis, and 2(n − 1) where one-sided and inverse. `axis` (tensor(int64), from 20), optional: by
///   default −2.
/// - Outputs: `output` (T1): the shape of `input`, but for the axis, which is N long, or ⌊N/2⌋ + 1 where
///   one-sided and not inverse, and for the last one, which is 2, or 1 where one-sided and inverse.
/// - Attributes: `axis` (17): by default 1. `inverse`: 1 for the inverse. `onesided`: 1 leaves out the half
///   that is the conjugate of the other; its inverse takes the first ⌊N/2⌋ + 1 numbers and yields real ones.
/// - Types: T1 is a float type, T2 int32 or int64.
/// - Errors: `axis` out of range, or the last one; a last extent other than 1 or 2; an N below 1; one-sided:
///   a complex signal, or a real one where inverse.
/// - Versions: 17, 20 (axis becomes an input; the last but one by default).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0028.
package struct DFT: Operator {
  private static let version17 = OperatorVersion(
    since: 17,
    inputs: [.single("input", "T1"), .optional("dft_length", "T2")],
    outputs: [.single("output", "T1")],
    attributes: [.int("axis", 1), .int("inverse", 0), .int("onesided", 0)],
    types: ["T1": .floats, "T2": .indices])
  private static let version20 = version17.then(
    since: 20, "axis becomes an input; the last but one by default",
    inputs: [.single("input", "T1"), .optional("dft_length", "T2"), .optional("axis", "tensor(int64)")],
    removing: ["axis"])
  package static let schema = OperatorSchema("DFT", versions: [version17, version20])

  package let axisAttribute: Int?
  package let inverse: Bool
  package let onesided: Bool

  package init(_ node: NodeAttributes) throws {
    axisAttribute = node.optionalInt("axis")
    inverse = try node.flag("inverse")
    onesided = try node.flag("onesided")
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    guard let type = input.elementType, var dims = input.dims else { return [Fact(input.type?.withoutShape)] }
    try checkParts(dims.last?.number, rank: dims.count)
    let parts: Dim = onesided && inverse ? 1 : 2
    guard let axis = axisAttribute ?? (inputs[2] == nil ? -2 : inputs[2]?.integers?.first) else {
      // An extent that a transform would not change is known whichever axis it is.
      let same = dims.dropLast().map { (try? transformed($0, inputs[1])) == $0 ? $0 : .unknown }
      return [.tensor(type, same + [parts])]
    }
    let resolved = try signalAxis(axis, rank: dims.count)
    dims[dims.count - 1] = parts
    dims[resolved] = try transformed(dims[resolved], inputs[1])
    return [.tensor(type, dims)]
  }

  /// What a transform along an axis makes of its extent, given `dft_length`.
  private func transformed(_ extent: Dim, _ length: Fact?) throws -> Dim {
    let N = length == nil ? extent.number.map(defaultLength) : length?.integers?.first
    if let N { return .value(try outputCount(N)) }
    return length == nil && !onesided ? extent : .unknown
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let given: Int64 = try inputs[2] == nil ? -2 : inputs.scalar(2)
    let axis = try signalAxis(axisAttribute ?? Int(given), rank: input.rank)
    try checkParts(input.shape.last, rank: input.rank)
    let chosen: Int64? = try inputs[1] == nil ? nil : inputs.scalar(1)
    let N = chosen.map { Int($0) } ?? defaultLength(input.shape[axis])
    let count = try outputCount(N)
    _ = try elementCount([N])
    let transform = try FourierTransform(length: N, isInverse: inverse)
    let signalShape = Array(input.shape.dropLast())
    var shape = signalShape
    shape[axis] = count
    let x = complexElements(input)
    let (source, target) = (AxisView(signalShape, axis: axis), AxisView(shape, axis: axis))
    var y = [Complex](repeating: Complex(0, 0), count: try elementCount(shape))
    for o in 0..<source.outer {
      for i in 0..<source.inner {
        var signal = (0..<source.length).map { x[source.position(o, $0, i)] }
        if onesided && inverse { signal = mirrored(signal, N) }
        for (k, value) in try transform(signal, count: count).enumerated() {
          y[target.position(o, k, i)] = value
        }
      }
    }
    let isReal = onesided && inverse
    let numbers = isReal ? y.map(\.real) : try y.flatMap(spending: 2) { [$0.real, $0.imaginary] }
    return [.tensor(Tensor(input.elementType, shape: shape + [isReal ? 1 : 2], rounding: numbers))]
  }

  /// The whole spectrum of a real signal from its first half: X[N − k] is the conjugate of X[k].
  private func mirrored(_ half: [Complex], _ N: Int) -> [Complex] {
    let known = (0...(N / 2)).map { $0 < half.count ? half[$0] : Complex(0, 0) }
    return (0..<N).map { k in k <= N / 2 ? known[k] : Complex(known[N - k].real, -known[N - k].imaginary) }
  }

  private func defaultLength(_ extent: Int) -> Int { onesided && inverse ? 2 &* (extent &- 1) : extent }

  private func outputCount(_ N: Int) throws -> Int {
    guard N > 0 else {
      throw OperatorError(.invalidValue, "the length of the transform is \(N), but must be positive")
    }
    return onesided && !inverse ? N / 2 + 1 : N
  }

  private func checkParts(_ parts: Int?, rank: Int) throws {
    guard rank >= 2 else {
      throw OperatorError(.invalidShape, "input has rank \(rank), but needs [signal…, 1 or 2]")
    }
    guard let parts else { return }
    guard parts == 1 || parts == 2, !onesided || parts == (inverse ? 2 : 1) else {
      throw OperatorError(
        .invalidShape,
        "the last extent of input is \(parts), but must be "
          + (onesided ? inverse ? "2 for a one-sided inverse" : "1 for a one-sided transform" : "1 or 2"))
    }
  }

  private func signalAxis(_ axis: Int, rank: Int) throws -> Int {
    let resolved = try resolveAxis(axis, rank: rank)
    guard resolved < rank - 1 else {
      throw OperatorError(
        .invalidAttribute, "axis is \(axis), the one of real and imaginary parts, not of a signal")
    }
    return resolved
  }
}

/// The numbers of a tensor whose last axis holds a real part alone, or both parts.
func complexElements(_ tensor: Tensor) -> [Complex] {
  let x = tensor.doubles()
  if tensor.shape.last == 1 { return x.map { Complex($0, 0) } }
  return stride(from: 0, to: x.count, by: 2).map { Complex(x[$0], x[$0 + 1]) }
}
