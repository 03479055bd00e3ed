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

/// Prints a result as JSON, keys in order.
func printJson(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
