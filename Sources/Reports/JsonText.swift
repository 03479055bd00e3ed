import Foundation
import TensorCore

/// A result as JSON, keys in order, ending with a line feed. Numbers that JSON has no word for are texts, and
/// characters that would steer a terminal are written as `\u202e`.
package func jsonText(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  var text = String.UnicodeScalarView()
  for scalar in String(decoding: try encoder.encode(value), as: UTF8.self).unicodeScalars {
    guard steersTerminal(scalar), scalar != "\n" else {
      text.append(scalar)
      continue
    }
    let digits = String(scalar.value, radix: 16)
    text.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
  }
  return String(text) + "\n"
}
