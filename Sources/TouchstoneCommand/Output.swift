import Foundation

/// A line for people on standard error.
func printToError(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

/// Writes a text file; `-` is standard output.
func write(_ text: String, to path: String) throws {
  if path == "-" {
    print(text, terminator: "")
    return
  }
  do {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  } catch {
    throw UsageError("\(path): cannot be written: \(error.localizedDescription)")
  }
}

/// A result as JSON, keys in order. Numbers that JSON has no word for are texts.
func jsonText(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
}

/// Prints a result as JSON.
func printJson(_ value: some Encodable) throws { print(try jsonText(value), terminator: "") }
