import ArgumentParser

/// What holds for arguments of several commands; what does not hold is a usage error of one sentence.
enum ArgumentChecks {
  /// - Throws: `ValidationError` for a number that no difference can be held against.
  static func tolerances(_ rtol: Double?, _ atol: Double?) throws {
    for (name, value) in [("--rtol", rtol), ("--atol", atol)] {
      guard let value, !(value >= 0 && value.isFinite) else { continue }
      throw ValidationError("\(name) is \(value), but must be a number from 0 on")
    }
  }

  /// 0 stands for all processors.
  static func threads(_ counts: [Int]) throws {
    for count in counts where !(0...1_024).contains(count) {
      throw ValidationError("--threads is \(count), but must be from 0 to 1024")
    }
  }

  static func levels(_ levels: [Int], of option: String = "--opt-level") throws {
    for level in levels where ![0, 1, 2, 99].contains(level) {
      throw ValidationError("\(option) is \(level), but must be 0, 1, 2 or 99")
    }
  }
}
