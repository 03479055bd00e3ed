import Conformance
import Execution
import TensorCore

/// How one value that a provider computed differs from the reference's.
public struct ValueDifference: Codable, Sendable {
  /// The value's name; within a sequence or map with the position, as `seq[2]`.
  public let name: String
  /// Type and shape of what the provider gives, and of what the reference does.
  public let got: String
  public let want: String
  /// Whether every bit is equal, all NaN being one.
  public var isEqual = false
  /// Whether every element is within the tolerance.
  public var isWithinTolerance = false
  public var count = 0
  public var differingCount = 0
  /// Elements that are NaN or infinite on one side only.
  public var nonFiniteCount = 0
  public var maxAbsolute = 0.0
  public var meanAbsolute = 0.0
  /// Relative to what is wanted, over the elements wanted other than 0.
  public var maxRelative = 0.0
  public var meanRelative = 0.0
  /// In units in the last place; for integers the plain difference. Nil for types that have neither.
  public var maxUlp: UInt64?
  public var meanUlp: Double?
  /// The first element outside the tolerance that is worst, with the smallest tolerances that would pass.
  public var mismatch: Mismatch?
  /// How many elements lie how far apart, in units in the last place.
  public var histogram: [Bin] = []

  /// The elements whose distance is at most `atMost`, and more than that of the bin before.
  public struct Bin: Codable, Sendable, Equatable {
    public let atMost: UInt64
    public var count: Int
  }

  fileprivate init(_ name: String, _ got: String, _ want: String) {
    self.name = name
    self.got = got
    self.want = want
  }
}

extension ValueDifference {
  /// The differences of all tensors in two values: one for a tensor, several for a sequence or map, and one that
  /// says so for values of different kinds.
  ///
  /// - Throws: what ends the run of commands that this belongs to.
  static func all(_ got: Value?, _ want: Value?, name: String, criterion: Criterion) throws
    -> [ValueDifference]
  {
    switch (got, want) {
    case (.tensor(let got)?, .tensor(let want)?): return [try ValueDifference(got, want, name, criterion)]
    case (.sequence(let got, _)?, .sequence(let want, _)?) where got.count == want.count && !got.isEmpty:
      return try zip(got, want).enumerated().flatMap { index, pair in
        try all(pair.0, pair.1, name: "\(name)[\(index)]", criterion: criterion)
      }
    case (.optional(let got?, _)?, _): return try all(got, want, name: name, criterion: criterion)
    case (_, .optional(let want?, _)?): return try all(got, want, name: name, criterion: criterion)
    default:
      var difference = ValueDifference(name, text(got), text(want))
      guard let got, let want else { return [difference] }
      difference.mismatch = try Comparison(criterion.tolerance).compare(
        got, with: want, output: name, checking: RunOptions.standard.checkCancellation)
      difference.isWithinTolerance = difference.mismatch == nil
      difference.isEqual = difference.isWithinTolerance
      return [difference]
    }
  }

  private static func text(_ value: Value?) -> String { value.map { "\($0.type)" } ?? "nothing" }

  private init(_ got: Tensor, _ want: Tensor, _ name: String, _ criterion: Criterion) throws {
    let check = RunOptions.standard.checkCancellation
    self.init(name, "\(Value.tensor(got).type)", "\(Value.tensor(want).type)")
    mismatch = try Comparison(criterion.tolerance).compare(
      .tensor(got), with: .tensor(want), output: name, checking: check)
    isWithinTolerance = mismatch == nil
    guard got.elementType == want.elementType, got.shape == want.shape else { return }
    count = got.count
    var sums = Sums()
    for start in stride(from: 0, to: count, by: Self.blockLength) {
      try check()
      let block = start..<min(start + Self.blockLength, count)
      measure(got.elements(block), want.elements(block), &sums)
    }
    summarize(sums)
    isEqual = differingCount == 0 && nonFiniteCount == 0
    if criterion.reading == .ulp, let maxUlp {
      isWithinTolerance = nonFiniteCount == 0 && maxUlp <= criterion.ulps
    }
  }

  // MARK: - Measuring

  /// Elements that are held as numbers at a time.
  private static let blockLength = 1 << 16

  /// What is added up over all elements.
  private struct Sums {
    var absolute = 0.0
    var relative = 0.0
    var ulps = 0.0
    var bins: [UInt64: Int] = [:]
  }

  private mutating func measure(_ got: Tensor, _ want: Tensor, _ sums: inout Sums) {
    if got.elementType != .string, got.hasBytes(of: want) { return countEqual(got, &sums) }
    switch got.elementType.arithmetic {
    case .text:
      differingCount += zip(got.strings, want.strings).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
    case .complex:
      for (got, want) in zip(got.complexes(), want.complexes()) {
        let apart = Complex(got.real - want.real, got.imaginary - want.imaginary)
        add(absolute: apart.magnitude, magnitude: want.magnitude, &sums)
      }
    default:
      for (got, want) in zip(got.doubles(), want.doubles()) {
        let isSame = got == want || (got.isNaN && want.isNaN)
        add(absolute: isSame ? 0 : abs(got - want), magnitude: abs(want), &sums)
      }
      measureUlps(got, want, &sums)
    }
  }

  /// Takes in elements that are equal: those that are numbers have no distance.
  private mutating func countEqual(_ got: Tensor, _ sums: inout Sums) {
    guard got.elementType.arithmetic != .complex else { return }
    let numbers = got.elementType.isFloating ? got.doubles().count { !$0.isNaN } : got.count
    guard numbers > 0 else { return }
    sums.bins[0, default: 0] += numbers
    maxUlp = maxUlp ?? 0
  }

  /// Takes in one element's absolute error and the magnitude wanted.
  private mutating func add(absolute: Double, magnitude: Double, _ sums: inout Sums) {
    guard absolute != 0 else { return }
    differingCount += 1
    guard absolute.isFinite, magnitude.isFinite else {
      nonFiniteCount += 1
      return
    }
    maxAbsolute = max(maxAbsolute, absolute)
    sums.absolute += absolute
    guard magnitude > 0 else { return }
    maxRelative = max(maxRelative, absolute / magnitude)
    sums.relative += absolute / magnitude
  }

  private mutating func measureUlps(_ got: Tensor, _ want: Tensor, _ sums: inout Sums) {
    let isFloating = got.elementType.isFloating
    let (a, b) = isFloating ? ([], []) : (got.integers(), want.integers())
    for index in 0..<got.count {
      let distance = isFloating ? got.ulpDistance(to: want, at: index) : (a[index] &- b[index]).magnitude
      // NaN is no distance from anything.
      guard let distance else { continue }
      sums.bins[Self.bin(distance), default: 0] += 1
      sums.ulps += Double(distance)
      maxUlp = max(maxUlp ?? 0, distance)
    }
  }

  private mutating func summarize(_ sums: Sums) {
    meanAbsolute = sums.absolute / Double(max(1, count))
    meanRelative = sums.relative / Double(max(1, count))
    meanUlp = maxUlp.map { _ in sums.ulps / Double(count) }
    histogram = sums.bins.sorted { $0.key < $1.key }.map { Bin(atMost: $0.key, count: $0.value) }
  }

  /// The next power of two, or 0.
  private static func bin(_ distance: UInt64) -> UInt64 {
    guard distance > 1 else { return distance }
    let bits = UInt64.bitWidth - (distance - 1).leadingZeroBitCount
    return bits < UInt64.bitWidth ? 1 << UInt64(bits) : .max
  }
}

extension Complex {
  fileprivate var magnitude: Double { (real * real + imaginary * imaginary).squareRoot() }
}
