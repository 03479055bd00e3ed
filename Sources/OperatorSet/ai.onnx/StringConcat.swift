import GraphIR
import TensorCore

/// # StringConcat
///
/// Pairs of strings joined to one, after broadcasting.
///
///     Z[i] = X[i] + Y[i]
///
/// - Inputs: `X` (T), `Y` (T): shapes that broadcast to a common one.
/// - Outputs: `Z` (T): of the common shape.
/// - Attributes: none.
/// - Types: T is string.
/// - Errors: shapes that do not broadcast.
/// - Versions: 20.
/// - Source: onnx/defs/text/defs.cc.
/// - Notes: none.
struct StringConcat: Operator {
  private static let version20 = OperatorVersion(
    since: 20,
    inputs: [.single("X", "T"), .single("Y", "T")],
    outputs: [.single("Z", "T")],
    types: ["T": .string])
  static let schema = OperatorSchema("StringConcat", versions: [version20])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.string, try binaryDims(try inputs.required(0), try inputs.required(1), nil))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, Y) = try broadcastOperands(inputs, nil)
    let size = zip(X.strings, Y.strings).reduce(0) { $0 &+ $1.0.utf8.count &+ $1.1.utf8.count }
    try MemoryLimit.check(size, times: 1, of: "bytes of text")
    let Z = try zip(X.strings, Y.strings).map(joined)
    return [.tensor(Tensor(strings: Z, shape: X.shape))]
  }

  /// `x` followed by `y`, piece by piece, since they may be gigabytes.
  private func joined(_ x: String, _ y: String) throws -> String {
    var z = ""
    z.reserveCapacity(x.utf8.count + y.utf8.count)
    for text in [x, y] {
      var start = text.startIndex
      while start < text.endIndex {
        let end = text.utf8.index(start, offsetBy: pieceLength, limitedBy: text.endIndex) ?? text.endIndex
        try Work.spend(text.utf8.distance(from: start, to: end))
        // Both ends are moved back to the beginning of a character's code point.
        z += text[start..<end]
        start = end
      }
    }
    return z
  }
}

/// Bytes that are copied at a time.
private let pieceLength = WorkBudget.stepsBetweenAskings
