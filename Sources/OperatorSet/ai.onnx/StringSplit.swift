import GraphIR
import TensorCore

/// # StringSplit
///
/// Strings cut at a delimiter.
///
///     Y[i…, :] = the parts of X[i…], then empty strings      Z[i…] = the number of parts
///
/// - Inputs: `X` (T1): strings of any shape.
/// - Outputs: `Y` (T2): the shape of X and an axis as long as the largest number of parts. `Z` (T3): the
///   shape of X.
/// - Attributes: `delimiter`: where to cut; without it or with an empty one, each run of white space is a
///   delimiter, and white space at both ends is dropped. `maxsplit`: the largest number of cuts, from the
///   left; without it or below 0 all.
/// - Types: T1 and T2 are string, T3 is int64.
/// - Errors: none.
/// - Versions: 20.
/// - Source: onnx/defs/text/defs.cc.
/// - Notes: TSN-0035: white space is what Unicode calls so; at the end of a string it is dropped even where
///   `maxsplit` leaves a rest, as the text says and Python does not. A string without white space at hand has
///   no part, an empty string cut at a delimiter has one.
struct StringSplit: HasOtherReadings {
  private static let version20 = OperatorVersion(
    since: 20,
    inputs: [.single("X", "T1")],
    outputs: [.single("Y", "T2"), .single("Z", "T3")],
    attributes: [.optional("delimiter", .string), .optional("maxsplit", .int)],
    types: ["T1": .string, "T2": .string, "T3": .tensors(.int64)])
  static let schema = OperatorSchema("StringSplit", versions: [version20])

  var rounding: Rounding { .none }

  let delimiter: [UInt8]
  let maxSplit: Int
  /// Whether the rest after `maxsplit` cuts keeps white space at its end: the other reading (TSN-0035).
  var keepsTrailingSpace = false

  init(_ node: NodeAttributes) throws {
    delimiter = Array((node.optionalString("delimiter") ?? "").utf8)
    let limit = node.optionalInt("maxsplit") ?? Int.max
    maxSplit = limit < 0 ? Int.max : limit
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let dims = try inputs.required(0).dims
    return [.tensor(.string, dims.map { $0 + [.unknown] }), .tensor(.int64, dims)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let parts = try X.strings.map { delimiter.isEmpty ? try splitAtSpace($0) : try splitAtDelimiter($0) }
    let most = parts.map(\.count).max() ?? 0
    let shape = X.shape + [most]
    _ = try elementCount(shape)
    let Y = try parts.flatMap(spending: most) { $0 + [String](repeating: "", count: most - $0.count) }
    return [
      .tensor(Tensor(strings: Y, shape: shape)), .tensor(Tensor(int64: parts.map(\.count), shape: X.shape)),
    ]
  }

  private func splitAtSpace(_ text: String) throws -> [String] {
    try Work.spend(text.utf8.count)
    var work = Work()
    var rest = text.unicodeScalars[...]
    if !keepsTrailingSpace { rest = trimmed(rest) }
    let parts = try rest.drop { $0.properties.isWhitespace }
      .split(maxSplits: maxSplit, omittingEmptySubsequences: true) {
        try work.spend(1)
        return $0.properties.isWhitespace
      }
    // What the last cut leaves begins after all the white space there.
    let whole = parts.map { String($0.drop { $0.properties.isWhitespace }) }
    return whole.last?.isEmpty == true ? whole.dropLast() : whole
  }

  private func trimmed(_ text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
    var text = text
    while text.last?.properties.isWhitespace == true { text.removeLast() }
    return text
  }

  package var otherReadings: [(note: String, definition: StringSplit)] {
    var other = self
    other.keepsTrailingSpace = true
    return [("TSN-0035", other)]
  }

  /// Compares bytes, since Swift takes strings of equivalent scalars for equal.
  private func splitAtDelimiter(_ text: String) throws -> [String] {
    var work = Work()
    let bytes = Array(text.utf8)
    var parts: [String] = []
    var start = 0
    var at = 0
    while at + delimiter.count <= bytes.count, parts.count < maxSplit {
      try work.spend(delimiter.count)
      if bytes[at..<(at + delimiter.count)].elementsEqual(delimiter) {
        parts.append(String(decoding: bytes[start..<at], as: UTF8.self))
        at += delimiter.count
        start = at
      } else {
        at += 1
      }
    }
    try work.settle()
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}
