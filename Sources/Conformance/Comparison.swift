import Foundation
import OperatorSet
import TensorCore

/// Compares what a provider computed with what a case wants, by the rules of ONNX's own runner: equal kind,
/// element type and shape, then `numpy.testing.assert_allclose`; strings must be equal.
public struct Comparison: Sendable {
  /// Two units in the last place of bfloat16: the least rtol of ONNX's runner for that type.
  private static let bfloat16Rtol = 0.015625

  private let tolerance: Tolerance

  public init(_ tolerance: Tolerance) { self.tolerance = tolerance }

  /// What is wrong with `got`; nil where it is as wanted.
  public func compare(_ got: Value, with want: Value, output: String) -> Mismatch? {
    compare(got, with: want, output: output) {}
  }

  /// The same, where the comparison may be ended.
  ///
  /// - Parameter check: called every few milliseconds; what it throws ends the comparison.
  public func compare(
    _ got: Value, with want: Value, output: String, checking check: () throws -> Void
  ) rethrows -> Mismatch? {
    switch (got, want) {
    case (.tensor(let got), .tensor(let want)): return try compare(got, want, output, check)
    case (.sparseTensor(let got), .sparseTensor(let want)):
      guard got.shape == want.shape else { return wrongShape(got.shape, want.shape, output) }
      guard let dense = try? (got: got.densified(), want: want.densified()) else {
        return Mismatch(.wrongValue, output, "an index of the sparse tensor lies outside its shape")
      }
      return try compare(dense.got, dense.want, output, check)
    case (.sequence(let got, let type), .sequence(let want, let wantType)):
      return try compare(got, type, want, wantType, output, check)
    case (.map(let got), .map(let want)): return try compare(got, want, output, check)
    case (.optional(nil, _), .optional(nil, _)): return nil
    // A present optional and the plain value are the same to ONNX's runner, which knows neither from the
    // other.
    case (.optional(let got?, _), _):
      return try compare(got, with: want, output: output, checking: check)
    case (_, .optional(let want?, _)):
      return try compare(got, with: want, output: output, checking: check)
    default: return Mismatch(.wrongType, output, "got \(describe(got)), want \(describe(want))")
    }
  }

  private func describe(_ value: Value) -> String {
    if case .optional(nil, let type) = value { return "an absent optional(\(type))" }
    return "\(value.type)"
  }

  private func wrongShape(_ got: [Int], _ want: [Int], _ output: String) -> Mismatch {
    Mismatch(.wrongShape, output, "got shape \(got), want \(want)")
  }

  // MARK: - Containers

  private func compare(
    _ got: [Value], _ gotType: ValueType, _ want: [Value], _ wantType: ValueType, _ output: String,
    _ check: () throws -> Void
  ) rethrows -> Mismatch? {
    guard got.count == want.count else {
      return Mismatch(.wrongShape, output, "got a sequence of \(got.count), want one of \(want.count)")
    }
    if got.isEmpty, gotType.typeString != wantType.typeString {
      return Mismatch(.wrongType, output, "got an empty seq(\(gotType)), want seq(\(wantType))")
    }
    for (index, (got, want)) in zip(got, want).enumerated() {
      if let mismatch = try compare(got, with: want, output: "\(output)[\(index)]", checking: check) {
        return mismatch
      }
    }
    return nil
  }

  private func compare(_ got: Map, _ want: Map, _ output: String, _ check: () throws -> Void) rethrows
    -> Mismatch?
  {
    guard got.keyType == want.keyType else {
      return Mismatch(.wrongType, output, "got keys of \(got.keyType), want \(want.keyType)")
    }
    let gotEntries = entries(got)
    let wantEntries = entries(want)
    guard Set(gotEntries.keys) == Set(wantEntries.keys) else {
      return Mismatch(
        .wrongValue, output,
        "got keys \(gotEntries.keys.map(\.name).sorted()), "
          + "want \(wantEntries.keys.map(\.name).sorted())")
    }
    for key in wantEntries.keys.sorted(by: { $0.name < $1.name }) {
      guard let got = gotEntries[key], let want = wantEntries[key] else { continue }
      if let mismatch = try compare(got, with: want, output: "\(output)[\(key.name)]", checking: check) {
        return mismatch
      }
    }
    return nil
  }

  private func entries(_ map: Map) -> [NameKey: Value] {
    let keys =
      switch map.keys {
      case .integers(let numbers, _): numbers.map(String.init)
      case .strings(let strings): strings
      }
    return Dictionary(zip(keys.map(NameKey.init), map.values)) { first, _ in first }
  }

  // MARK: - Tensors

  private func compare(_ got: Tensor, _ want: Tensor, _ output: String, _ check: () throws -> Void) rethrows
    -> Mismatch?
  {
    guard got.elementType == want.elementType else {
      return Mismatch(.wrongType, output, "got \(Value.tensor(got).type), want \(Value.tensor(want).type)")
    }
    guard got.shape == want.shape else { return wrongShape(got.shape, want.shape, output) }
    if got.elementType == .string { return compareStrings(got, want, output) }
    var tolerance = tolerance
    if got.elementType == .bfloat16 { tolerance.rtol = max(tolerance.rtol, Self.bfloat16Rtol) }
    var tally = Tally(tolerance)
    for start in stride(from: 0, to: got.count, by: Self.blockLength) {
      try check()
      let block = start..<min(start + Self.blockLength, got.count)
      let (got, want) = (got.elements(block), want.elements(block))
      if !got.hasBytes(of: want) { tally.add(differences(got, want), from: start) }
    }
    return mismatch(tally, got, want, output)
  }

  /// Elements that are held as numbers at a time.
  private static let blockLength = 1 << 16

  private func differences(_ got: Tensor, _ want: Tensor) -> [Difference] {
    got.elementType.arithmetic == .complex
      ? zip(got.complexes(), want.complexes()).map { Difference($0, $1) }
      : zip(got.doubles(), want.doubles()).map { Difference($0, $1) }
  }

  private func compareStrings(_ got: Tensor, _ want: Tensor, _ output: String) -> Mismatch? {
    // Equal means the same code points: Swift's own == also takes "é" for "e" with an accent.
    let wrong = got.strings.indices.filter { !got.strings[$0].utf8.elementsEqual(want.strings[$0].utf8) }
    guard let first = wrong.first else { return nil }
    let index = coordinates(first, got.shape)
    var mismatch = Mismatch(
      .wrongValue, output,
      "at \(index): got \"\(got.strings[first])\", want \"\(want.strings[first])\"; "
        + "\(wrong.count) of \(got.count) elements differ")
    mismatch.wrongCount = wrong.count
    mismatch.count = got.count
    return mismatch
  }

  private func mismatch(_ tally: Tally, _ got: Tensor, _ want: Tensor, _ output: String) -> Mismatch? {
    guard let (worst, difference) = tally.worst else { return nil }
    var mismatch = Mismatch(.wrongValue, output)
    mismatch.wrongCount = tally.wrongCount
    mismatch.count = got.count
    mismatch.element = Mismatch.Element(
      index: coordinates(worst, got.shape), got: text(got, worst), want: text(want, worst),
      absoluteError: rounded(difference.absolute), relativeError: rounded(difference.relative),
      ulpError: got.ulpDistance(to: want, at: worst))
    mismatch.sufficientRtol = tally.rtol.isFinite ? tally.rtol : nil
    mismatch.sufficientAtol = tally.atol.isFinite ? tally.atol : nil
    return mismatch
  }

  private func coordinates(_ position: Int, _ shape: [Int]) -> [Int] {
    zip(rowMajorStrides(shape), shape).map { position / $0 % $1 }
  }

  private func text(_ tensor: Tensor, _ position: Int) -> String {
    let element = tensor.selecting([position], shape: [])
    switch element.elementType.arithmetic {
    case .signed: return "\(element.integers()[0])"
    case .unsigned: return "\(UInt64(bitPattern: element.integers()[0]))"
    case .boolean: return "\(element.bools()[0])"
    case .complex: return "\(element.complexes()[0].real) + \(element.complexes()[0].imaginary)i"
    default:
      // A float shown as the Double that it equals has digits that mean nothing.
      return element.elementType == .double ? "\(element.doubles()[0])" : "\(Float(element.doubles()[0]))"
    }
  }

  private func rounded(_ error: Double) -> String { "\(Float(error))" }
}

/// The elements that are not within a tolerance.
private struct Tally {
  private let tolerance: Tolerance
  private(set) var wrongCount = 0
  /// The first of those that are furthest off, with its position.
  private(set) var worst: (position: Int, difference: Difference)?
  /// The smallest tolerances that would let all pass.
  private(set) var rtol = -Double.infinity
  private(set) var atol = -Double.infinity

  init(_ tolerance: Tolerance) { self.tolerance = tolerance }

  mutating func add(_ differences: [Difference], from start: Int) {
    for (index, difference) in differences.enumerated() where !difference.isWithin(tolerance) {
      wrongCount += 1
      rtol = max(rtol, difference.sufficientRtol(tolerance.atol))
      atol = max(atol, difference.sufficientAtol(tolerance.rtol))
      let excess = difference.excess(over: tolerance)
      if worst.map({ excess > $0.difference.excess(over: tolerance) }) ?? true {
        worst = (start + index, difference)
      }
    }
  }
}

extension Tensor {
  /// Whether every byte is that of `other`, which has the same type and shape.
  package func hasBytes(of other: Tensor) -> Bool {
    withUnsafeBytes { a in
      other.withUnsafeBytes { b in
        guard let x = a.baseAddress, let y = b.baseAddress else { return true }
        return memcmp(x, y, a.count) == 0
      }
    }
  }
}

/// How far one element is from the one wanted.
private struct Difference {
  let absolute: Double
  let magnitude: Double
  /// Equal, both NaN, or the same infinity: within any tolerance.
  let isNone: Bool

  init(_ got: Double, _ want: Double) {
    isNone = got == want || (got.isNaN && want.isNaN)
    absolute = isNone ? 0 : abs(got - want)
    magnitude = abs(want)
  }

  init(_ got: Complex, _ want: Complex) {
    let areNaN = [got, want].map { $0.real.isNaN || $0.imaginary.isNaN }
    isNone = got == want || (areNaN[0] && areNaN[1])
    let (real, imaginary) = (got.real - want.real, got.imaginary - want.imaginary)
    absolute = isNone ? 0 : (real * real + imaginary * imaginary).squareRoot()
    magnitude = (want.real * want.real + want.imaginary * want.imaginary).squareRoot()
  }

  var relative: Double { absolute / magnitude }

  /// A wanted infinity allows nothing but itself.
  func isWithin(_ tolerance: Tolerance) -> Bool {
    isNone || (magnitude.isFinite && absolute <= tolerance.atol + tolerance.rtol * magnitude)
  }

  /// How much more than allowed; the larger, the more worth showing. NaN counts as endless.
  func excess(over tolerance: Tolerance) -> Double {
    let excess = absolute / (tolerance.atol + tolerance.rtol * magnitude)
    return excess.isNaN ? .infinity : excess
  }

  func sufficientRtol(_ atol: Double) -> Double {
    let needed = (absolute - atol) / magnitude
    return magnitude.isFinite && !needed.isNaN ? needed : .infinity
  }

  func sufficientAtol(_ rtol: Double) -> Double {
    let needed = absolute - rtol * magnitude
    return magnitude.isFinite && !needed.isNaN ? needed : .infinity
  }
}
