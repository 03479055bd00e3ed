import Execution

/// An error as OpenVINO states it: several lines, of which most say where in its sources it arose.
struct OpenVinoError {
  let status: Int32
  let message: String

  private static let notImplemented: Int32 = -2
  static let invalidParameter: Int32 = -14
  /// The statuses that the C API makes by itself.
  static let ofTheCApi = -17...invalidParameter

  /// How it says that it lacks something.
  private static let lacks = [
    "OpConversionFailure", "No conversion rule", "NotImplementedFailure", "not supported", "unsupported",
    "Unsupported", "not implemented", "Not Implemented", "doesn't support", "does not support",
    "only supported", "only supports",
  ]

  /// How lines begin that name the operators it lacks, with commas between.
  private static let operatorLists = [
    "-- No conversion rule found for operations: ", "-- Conversion is failed for: ",
  ]

  var failure: ProviderFailure {
    let isMissing = status == Self.notImplemented || Self.lacks.contains(where: message.contains)
    return ProviderFailure(
      isMissing ? .unsupported : .rejected, "error \(status): \(sentence)", missingOperators: operators)
  }

  /// The operators without the version that follows them, as `Mod` for `Mod-28`.
  private var operators: [String] {
    lines.flatMap { line in
      guard let words = Self.operatorLists.first(where: line.hasPrefix) else { return [String]() }
      return line.dropFirst(words.count).split(separator: ",").map { name in
        let name = name.drop { $0 == " " }
        guard let dash = name.lastIndex(of: "-"), Int(name[name.index(after: dash)...]) != nil else {
          return String(name)
        }
        return String(name[..<dash])
      }
    }
  }

  private var lines: [String] {
    message.split(separator: "\n").map { line in
      String(line.drop { $0.isWhitespace }).trimmingSuffix { $0.isWhitespace }
    }
  }

  /// What begins a line that tells nothing of the model.
  private static let ceremony = [
    "Exception from ", "Check 'false' failed at ", "FrontEnd API failed with ", "Summary:",
    "Model wasn't fully converted.", "Loading input model",
  ]

  /// The lines that say why, without places in OpenVINO's sources.
  private var sentence: String {
    let telling = lines.filter { line in
      !line.isEmpty && !Self.ceremony.contains(where: line.hasPrefix)
    }
    let texts = telling.map { line in
      guard let at = line.firstRange(of: " failed at "), line.contains("Check '") else { return line }
      return line[..<at.lowerBound] + " failed"
    }
    return texts.isEmpty ? lines.joined(separator: "; ") : texts.joined(separator: "; ")
  }
}

extension String {
  fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, isDropped(last) { text.removeLast() }
    return text
  }
}
