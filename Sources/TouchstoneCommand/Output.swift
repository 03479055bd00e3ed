import Foundation
import ModelFile
import Reports
import Synchronization
import TensorCore

/// A line for people on standard error. Where that is full or closed, nobody hears of it and the run goes on.
func printToError(_ text: String) { writeToError(spellingOut(text, lines: true) + "\n") }

/// A text as it is, on standard error.
func writeToError(_ text: String) { _ = writeAll(text, to: STDERR_FILENO) }

/// A line on standard output.
func printLine(_ text: some CustomStringConvertible) { printText("\(text)\n") }

/// A text on standard output, with everything spelled out that would steer a terminal; see `StandardOutput`.
func printText(_ text: String) { StandardOutput.write(spellingOut(text, lines: true)) }

/// Standard output, which may be full or closed: what cannot be written is remembered until the program ends.
enum StandardOutput {
  private static let firstError = Atomic(Int32(0))

  static func write(_ text: String) {
    guard firstError.load(ordering: .relaxed) == 0, !writeAll(text, to: STDOUT_FILENO) else { return }
    firstError.store(errno, ordering: .relaxed)
  }

  /// Why not everything was written, as the system says it; nil where it was.
  static var failure: String? {
    let code = firstError.load(ordering: .relaxed)
    return code == 0 ? nil : String(cString: strerror(code))
  }

  /// Takes the place of descriptors 0, 1 and 2 where they are closed, so that no file that is opened later
  /// is taken for one of them. Writing to it fails.
  static func reserveDescriptors() {
    while true {
      let descriptor = open("/dev/null", O_RDONLY)
      if descriptor > STDERR_FILENO { close(descriptor) }
      if descriptor < 0 || descriptor > STDERR_FILENO { return }
    }
  }
}

private func writeAll(_ text: String, to descriptor: Int32) -> Bool {
  var text = text
  return text.withUTF8 { ModelFile.writeAll(UnsafeRawBufferPointer($0), to: descriptor) }
}

/// Writes a text file, as `OutputFile` does; `-` is standard output.
///
/// - Throws: `UsageError` that names the file and what the system says.
func write(_ text: String, to path: String) throws {
  if path == "-" {
    StandardOutput.write(text)
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

/// Prints a result as JSON.
func printJson(_ value: some Encodable) throws { StandardOutput.write(try jsonText(value)) }
