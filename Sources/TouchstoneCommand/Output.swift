import Foundation
import ModelFile

/// A line for people on standard error.
func printToError(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

/// Writes a text file, as `OutputFile` does; `-` is standard output.
///
/// - Throws: `UsageError` that names the file and what the system says.
func write(_ text: String, to path: String) throws {
  if path == "-" {
    print(text, terminator: "")
    return
  }
  do {
    let file = try OutputFile(path)
    var text = text
    try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
    try file.complete()
    try file.commit()
  } catch {
    throw UsageError("\(error)")
  }
}

/// Writes the files of a report that were asked for; one that cannot be written does not keep the others from it.
///
/// - Returns: whether all were written.
func saveReports(_ files: [(path: String?, text: () throws -> String)]) -> Bool {
  var areSaved = true
  for case (let path?, let text) in files {
    do {
      try write(text(), to: path)
    } catch {
      printToError("error: the report was not written: \(error)")
      areSaved = false
    }
  }
  return areSaved
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
