import Foundation
import TensorCore

/// A line on standard error that shows how far a run is; silent where nobody watches.
struct ProgressBar {
  private let isShown = isatty(STDERR_FILENO) == 1
  private static let width = 30

  func show(done: Int, of count: Int, _ name: String) {
    guard isShown, count > 0 else { return }
    let filled = Self.width * done / count
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    writeToError("\r\u{1b}[K\(bar) \(done)/\(count) \(spellingOut(String(name.prefix(40))))")
  }

  /// Says what is being done, where no count is known.
  func note(_ text: String) {
    if isShown { writeToError("\r\u{1b}[K\(spellingOut(String(text.prefix(70))))") }
  }

  func clear() { if isShown { writeToError("\r\u{1b}[K") } }

  func print(_ line: String) {
    clear()
    printLine(line)
  }
}
