import TensorCore

/// What is wrong with one output of a case.
public struct Mismatch: Sendable, Codable, Equatable {
  /// The verdict that this mismatch makes.
  public var verdict: Verdict
  /// The output's name; within a sequence or map with the position, as `seq[2]`.
  public var output: String
  /// One sentence, where there are no numbers to show: types, shapes, lengths.
  public var message: String
  /// The element of the largest error relative to what is allowed.
  public var element: Element?
  /// How many elements are outside the tolerance, and of how many.
  public var wrongCount = 0
  public var count = 0
  /// The smallest rtol that would pass, atol as it is; nil where none would.
  public var sufficientRtol: Double?
  /// The smallest atol that would pass, rtol as it is; nil where none would.
  public var sufficientAtol: Double?

  /// One wrong element. Numbers are texts, since JSON has neither NaN nor infinity.
  public struct Element: Sendable, Codable, Equatable {
    public var index: [Int]
    public var got: String
    public var want: String
    public var absoluteError: String
    public var relativeError: String
    /// In units in the last place of the output's type; nil where it has none or one side is NaN.
    public var ulpError: UInt64?
  }

  init(_ verdict: Verdict, _ output: String, _ message: String = "") {
    self.verdict = verdict
    self.output = output
    self.message = message
  }
}

extension Mismatch: CustomStringConvertible {
  /// One line, as a report shows it.
  public var description: String {
    guard let element else { return "output '\(shown(output))': \(spellingOut(message))" }
    var text = "output '\(shown(output))' at \(element.index): got \(element.got), want \(element.want)"
    text += ", absolute error \(element.absoluteError), relative \(element.relativeError)"
    if let ulps = element.ulpError { text += ", \(ulps) ULP" }
    text += "; \(wrongCount) of \(count) elements differ"
    let sufficient =
      (sufficientRtol.map { ["rtol \(shortened($0))"] } ?? [])
      + (sufficientAtol.map { ["atol \(shortened($0))"] } ?? [])
    return text
      + (sufficient.isEmpty
        ? "; no tolerance would pass" : "; would pass with \(sufficient.joined(separator: " or "))")
  }
}

/// A number with three significant digits, never smaller than it is: a tolerance that is shown must suffice.
package func shortened(_ value: Double) -> String {
  guard value.isFinite, value > 0 else { return "\(value)" }
  let scale = decimalExponent(value) - 2
  // Dividing by a power of ten rounds once; multiplying by its inverse would show as 0.0020000000000000005.
  let digits = (scale < 0 ? value * power(-scale) : value / power(scale)).rounded(.up)
  return "\(scale < 0 ? digits / power(-scale) : digits * power(scale))"
}

private func power(_ exponent: Int) -> Double {
  (0..<min(exponent, 300)).reduce(1) { product, _ in product * 10 }
}

private func decimalExponent(_ value: Double) -> Int {
  var exponent = 0
  var rest = value
  while rest >= 10 {
    rest /= 10
    exponent += 1
  }
  while rest < 1 {
    rest *= 10
    exponent -= 1
  }
  return exponent
}
