import Execution

/// An error as ONNX Runtime states it.
struct OrtError {
  let code: Int32
  let message: String

  private static let notImplemented: Int32 = 9

  /// How it says that it lacks something, with the operator after or before it.
  private static let missingOperator = [
    "Could not find an implementation for ", "No Op registered for ", "Op not registered for ",
  ]

  var failure: ProviderFailure {
    let first = String(message.split(separator: "\n").first ?? "")
    let name = operatorName
    let lacks =
      code == Self.notImplemented || name != nil
      || [
        "is not a registered function/op", "is under development and support for this is limited",
        "Unsupported model IR version", "not supported in this build",
      ].contains(where: message.contains)
    let kind: ProviderFailure.Kind =
      message.contains("fallback to CPU EP") ? .fallback : lacks ? .unsupported : .rejected
    return ProviderFailure(kind, "error \(code): \(first)", missingOperators: name.map { [$0] } ?? [])
  }

  private var operatorName: String? {
    for words in Self.missingOperator {
      guard let range = message.firstRange(of: words) else { continue }
      let name = message[range.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      return name.isEmpty ? nil : String(name)
    }
    return nil
  }
}
