import GraphIR
import TensorCore

/// One cell that takes part in an interpolation, and how much.
package struct Tap {
  package var cell: Int
  package var weight: Double
}

/// How the cells around a place between them are weighed.
enum InterpolationKernel: Sendable {
  /// The two neighbours, by distance.
  case linear
  /// Four neighbours, by the cubic convolution with coefficient a.
  ///
  /// Source: R. G. Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981, equation 4.
  case cubic(a: Double)

  /// The distance from which on weights are 0.
  var support: Double {
    switch self {
    case .linear: 1
    case .cubic: 2
    }
  }

  /// The weight of a cell at distance `d`.
  func weight(_ d: Double) -> Double {
    let x = d.magnitude
    switch self {
    case .linear: return max(0, 1 - x)
    case .cubic(let a):
      if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
      return x < 2 ? ((x - 5) * x + 8) * x * a - 4 * a : 0
    }
  }

  /// The most cells that one place weighs.
  func tapCount(stretch: Double) -> Int { Int(2 * support * stretch) + 2 }

  /// The cells around `x` with their weights, in cells that need not exist. `stretch` ≥ 1 widens the kernel,
  /// so that it averages as many cells as shrink into one; the weights then are made to sum to 1.
  func taps(at x: Double, stretch: Double) throws -> [Tap] {
    let cells = cells(around: x, stretch: stretch)
    var taps = try cells.map(spending: 1) { Tap(cell: $0, weight: weight((Double($0) - x) / stretch)) }
    if stretch > 1 { try taps.normalize() }
    return taps
  }

  /// The same for a kernel of its own width, which weighs a few cells.
  func taps(at x: Double) -> [Tap] {
    cells(around: x, stretch: 1).map { Tap(cell: $0, weight: weight(Double($0) - x)) }
  }

  private func cells(around x: Double, stretch: Double) -> Range<Int> {
    guard x.magnitude < 1e15 else { return 0..<0 }
    let reach = support * stretch
    let first = Int((x - reach).rounded(.down)) + 1
    let last = max(first, Int((x + reach).rounded(.up)) - 1)
    return first..<(last + 1)
  }
}

extension [Tap] {
  /// Scales the weights so that they sum to 1; weights that sum to 0 stay.
  mutating func normalize() throws {
    let sum = try reduce(0, spending: 1) { $0 + $1.weight }
    guard sum != 0 else { return }
    var work = Work()
    for k in indices {
      try work.spend(1)
      self[k].weight /= sum
    }
  }
}

/// The input cells of each output cell along one axis. They are worked out when they are asked for, since a
/// stretched kernel may weigh all cells of the input for each of the output.
package struct ResampledAxis {
  /// The output's extent.
  package let count: Int
  /// What an output cell takes; nil where it takes the extrapolation value.
  package let taps: (_ cell: Int) throws -> [Tap]?

  /// Whether output cell o takes input cell o and nothing else.
  fileprivate func isIdentity(extent: Int) throws -> Bool {
    guard count == extent else { return false }
    return try (0..<count).allSatisfy { cell in
      guard let taps = try taps(cell) else { return false }
      return taps.allSatisfy { $0.cell == cell || $0.weight == 0 } && taps.reduce(0) { $0 + $1.weight } == 1
    }
  }
}

extension Tensor {
  /// Y[o0, o1, …] = X[the one cell that each axis has for its output cell]; `fill` where an axis has none.
  /// Moves elements of every type.
  func resampledNearest(_ axes: [ResampledAxis], fill: Tensor) throws -> Tensor {
    var positions = [0]
    for (axis, extent) in zip(axes, shape) {
      let cells = try (0..<axis.count).map(spending: 1) { try axis.taps($0)?.first?.cell }
      positions = try positions.flatMap(spending: axis.count) { position in
        cells.map { cell in
          guard let cell, position >= 0 else { return -1 }
          return position * extent + cell
        }
      }
    }
    let shape = axes.map(\.count)
    guard positions.contains(-1) else { return selecting(positions, shape: shape) }
    let extended = Tensor.joining([self, fill], as: elementType, shape: [count + 1])
    return extended.selecting(positions.map { $0 < 0 ? count : $0 }, shape: shape)
  }
}

/// Y[o0, o1, …] = Σ over the taps of each axis, weights multiplied, taken one axis after the other; `fill`
/// where an axis has no taps.
///
/// - Throws: `ShapeError` where the numbers between two axes are too many, however few there are in the end.
func resampled(_ x: [Double], shape: [Int], _ axes: [ResampledAxis], fill: Double) throws -> [Double] {
  var (y, shape) = (x, shape)
  var work = Work()
  for (axis, cells) in axes.enumerated() where try !cells.isIdentity(extent: shape[axis]) {
    let input = AxisView(shape, axis: axis)
    shape[axis] = cells.count
    let output = AxisView(shape, axis: axis)
    var next = [Double](repeating: fill, count: try elementCount(shape))
    for cell in 0..<cells.count {
      try work.spend(1)
      guard let taps = try cells.taps(cell) else { continue }
      for o in 0..<input.outer {
        for i in 0..<input.inner {
          try work.spend(taps.count)
          next[output.position(o, cell, i)] = taps.reduce(0) {
            $0 + $1.weight * y[input.position(o, $1.cell, i)]
          }
        }
      }
    }
    y = next
  }
  return y
}

extension Tensor {
  /// The tensor `resampled` in its own type; complex numbers by their parts.
  ///
  /// - Throws: `OperatorError` for strings.
  func interpolated(_ axes: [ResampledAxis], fill: Double) throws -> Tensor {
    func resample(_ x: [Double]) throws -> [Double] {
      try resampled(x, shape: shape, axes, fill: fill)
    }
    let extents = axes.map(\.count)
    switch elementType.arithmetic {
    case .text: throw OperatorError(.invalidType, "strings cannot be interpolated, only resized with nearest")
    case .complex:
      let x = complexes()
      let parts = zip(try resample(x.map(\.real)), try resample(x.map(\.imaginary)))
      return Tensor(elementType, shape: extents, complex: parts.map { Complex($0, $1) })
    default: return Tensor(elementType, shape: extents, interpolated: try resample(doubles()))
    }
  }

  /// A tensor of interpolated numbers: integers are rounded to the nearest, ties to even, and saturate.
  init(_ type: ElementType, shape: [Int], interpolated values: [Double]) {
    let bits = Double(sign: .plus, exponent: type.bitWidth, significand: 1)
    switch type.arithmetic {
    case .signed:
      self.init(
        type, shape: shape,
        wrapping: values.map {
          Int64(clamping: Swift.min(Swift.max($0.rounded(.toNearestOrEven), -bits / 2), bits / 2 - 1))
        })
    case .unsigned:
      self.init(
        type, shape: shape,
        wrapping: values.map { value in
          let rounded = value.rounded(.toNearestOrEven)
          guard rounded > 0 else { return 0 }
          return Int64(bitPattern: rounded < bits ? UInt64(rounded) : (~0 >> UInt64(64 - type.bitWidth)))
        })
    case .boolean:
      self.init(type, shape: shape, wrapping: values.map { $0.rounded(.toNearestOrEven) == 0 ? 0 : 1 })
    default: self.init(type, shape: shape, rounding: values)
    }
  }
}
