import CLibFuzzer
import Foundation

/// `fuzz TARGET [libFuzzer's options] [corpus folders or files]`; `Scripts/fuzz` builds and calls it.
@main
enum Fuzz {
  private static let target = CommandLine.arguments.dropFirst().first.flatMap(Target.init)

  static func main() {
    guard target != nil else {
      print("usage: fuzz TARGET [OPTION…] [FOLDER…], where TARGET is one of")
      for target in Target.allCases { print("  \(target.rawValue)") }
      exit(2)
    }
    // libFuzzer knows no target, and must not take its name for a folder.
    let words =
      CommandLine.arguments.enumerated().filter { $0.offset != 1 }.map { strdup($0.element) } + [nil]
    var count = Int32(words.count - 1)
    var pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = .allocate(capacity: words.count)
    pointers?.initialize(from: words, count: words.count)
    exit(
      LLVMFuzzerRunDriver(&count, &pointers) { data, count in
        Fuzz.target?.attempt([UInt8](UnsafeBufferPointer(start: data, count: count)))
        return 0
      })
  }
}
