import GraphIR
import TensorCore

/// # StringNormalizer
///
/// Strings without stop words, in one case.
///
///     Y = [case(x) for x in X where x is no stop word]
///
/// - Inputs: `X` (tensor(string)): shape [C] or [1, C].
/// - Outputs: `Y` (tensor(string)): the strings left, of the same rank; a single empty string where none is.
/// - Attributes: `case_change_action`: NONE, LOWER or UPPER. `stopwords`: strings to leave out.
///   `is_case_sensitive`: 1 compares them as they are; by default case does not matter. `locale`: has no
///   effect.
/// - Types: strings.
/// - Errors: another shape; an unknown action.
/// - Versions: 10.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: TSN-0035: letters change case by Unicode's simple mappings, one letter to one letter, whatever
///   the locale; a stop word is a whole string, and without regard to case two strings are equal where their
///   lower-case forms are.
struct StringNormalizer: Operator {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [.single("X", "tensor(string)")],
    outputs: [.single("Y", "tensor(string)")],
    attributes: [
      .string("case_change_action", "NONE"), .int("is_case_sensitive", 0), .optional("locale", .string),
      .optional("stopwords", .strings),
    ])
  static let schema = OperatorSchema("StringNormalizer", versions: [version10])

  var rounding: Rounding { .none }

  enum Action: String, CaseIterable {
    case none = "NONE"
    case lower = "LOWER"
    case upper = "UPPER"
  }

  let action: Action
  let isCaseSensitive: Bool
  /// The stop words as they are compared.
  let stopWords: Set<[Unicode.Scalar]>

  init(_ node: NodeAttributes) throws {
    action = try node.choice("case_change_action")
    let isCaseSensitive = try node.flag("is_case_sensitive")
    self.isCaseSensitive = isCaseSensitive
    stopWords = Set(
      (node.optionalStrings("stopwords") ?? []).map { word in
        isCaseSensitive ? Array(word.unicodeScalars) : word.unicodeScalars.map(\.simpleLowercase)
      })
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard let dims = try inputs.required(0).dims else { return [.tensor(.string, nil)] }
    try checkShape(dims)
    let isKept = stopWords.isEmpty && (dims.last?.number ?? 0) > 0
    return [.tensor(.string, isKept ? dims : dims.count == 1 ? [.unknown] : [1, .unknown])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    try checkShape(X.shape.map(Dim.value))
    var Y = try X.strings.filter { try !isStopWord($0) }.map(changingCase)
    if Y.isEmpty { Y = [""] }
    return [.tensor(Tensor(strings: Y, shape: X.rank == 1 ? [Y.count] : [1, Y.count]))]
  }

  private func isStopWord(_ text: String) throws -> Bool {
    let scalars = text.unicodeScalars
    return stopWords.contains(
      try scalars.map(spending: 1) { isCaseSensitive ? $0 : $0.simpleLowercase })
  }

  private func changingCase(_ text: String) throws -> String {
    var result = String.UnicodeScalarView()
    switch action {
    case .none: return text
    case .lower: result.append(contentsOf: try text.unicodeScalars.map(spending: 1, \.simpleLowercase))
    case .upper: result.append(contentsOf: try text.unicodeScalars.map(spending: 1, \.simpleUppercase))
    }
    return String(result)
  }

  private func checkShape(_ dims: [Dim]) throws {
    guard dims.count == 1 || dims.count == 2 && (dims[0].number ?? 1) == 1 else {
      throw OperatorError(.invalidShape, "X has shape \(dims), but must be [C] or [1, C]")
    }
  }
}

extension Unicode.Scalar {
  /// The lower-case letter; only İ has a full mapping of two scalars, of which the first is the simple one.
  fileprivate var simpleLowercase: Unicode.Scalar { properties.lowercaseMapping.unicodeScalars.first ?? self }

  /// The upper-case letter. Where the full mapping has several scalars, the simple one is that of the title
  /// case, or there is none.
  fileprivate var simpleUppercase: Unicode.Scalar {
    for mapping in [properties.uppercaseMapping, properties.titlecaseMapping] {
      if let scalar = mapping.unicodeScalars.first, mapping.unicodeScalars.count == 1 { return scalar }
    }
    return self
  }
}
