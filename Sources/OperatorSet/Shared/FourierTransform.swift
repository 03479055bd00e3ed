import TensorCore

/// The discrete Fourier transform of one length, by its definition: X[k] = Σₙ x[n]·exp(∓2πi·kn / N).
///
/// Sums carry their rounding errors; the angles are reduced exactly, since only kn mod N matters.
struct FourierTransform {
  let N: Int
  private let roots: [Complex]

  /// - Parameter isInverse: whether the exponent is positive and the sum divided by N.
  init(length: Int, isInverse: Bool) throws {
    N = length
    self.isInverse = isInverse
    roots = try (0..<length).map(spending: 1) { FourierTransform.root($0, length, isInverse ? 1 : -1) }
  }

  private let isInverse: Bool

  /// exp(±2πi·m / N), from an angle of at most 45 degrees, so that the quarter turns are exact.
  private static func root(_ m: Int, _ N: Int, _ sign: Double) -> Complex {
    let octant = (8 * m + N / 2) / N
    let quarter = ((octant + 1) / 2) % 4
    let angle = 2 * Double.pi * Double(4 * m - N * ((octant + 1) / 2)) / Double(4 * N)
    let (c, s) = (cos(angle), sin(angle))
    let turned = [(c, s), (-s, c), (-c, -s), (s, -c)][quarter]
    return Complex(turned.0, sign * turned.1)
  }

  /// The first `count` numbers of the transform of `signal`, which is cut off at N or filled up with zeros.
  func callAsFunction(_ signal: [Complex], count: Int) throws -> [Complex] {
    try (0..<count).map(spending: min(N, signal.count)) { k in
      var (real, imaginary) = (CompensatedSum(), CompensatedSum())
      for n in 0..<min(N, signal.count) {
        let (x, w) = (signal[n], roots[k * n % N])
        real.add(x.real, w.real)
        real.add(-x.imaginary, w.imaginary)
        imaginary.add(x.real, w.imaginary)
        imaginary.add(x.imaginary, w.real)
      }
      let scale = isInverse ? 1 / Double(N) : 1
      return Complex(real.value * scale, imaginary.value * scale)
    }
  }
}
