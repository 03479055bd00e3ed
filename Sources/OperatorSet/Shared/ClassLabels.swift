import GraphIR
import TensorCore

/// The labels of a classifier of ai.onnx.ml: integers or strings, by two attributes of which one is given.
enum ClassLabels: Sendable {
  case integers([Int])
  case strings([String])

  /// - Throws: `OperatorError` where none or both are given.
  init(_ node: NodeAttributes, integers: String, strings: String = "classlabels_strings") throws {
    let numbers = node.optionalInts(integers) ?? []
    let texts = node.optionalStrings(strings) ?? []
    guard numbers.isEmpty != texts.isEmpty else {
      throw OperatorError(
        .invalidAttribute,
        "one of '\(integers)' and '\(strings)' must be given, but "
          + (numbers.isEmpty ? "none is" : "both are"))
    }
    self = texts.isEmpty ? .integers(numbers) : .strings(texts)
  }

  var count: Int {
    switch self {
    case .integers(let labels): labels.count
    case .strings(let labels): labels.count
    }
  }

  /// The type of the output of labels.
  var elementType: ElementType {
    if case .strings = self { return .string }
    return .int64
  }

  /// The labels at `positions`, of rank 1.
  func tensor(at positions: [Int]) -> Tensor {
    switch self {
    case .integers(let labels): Tensor(int64: positions.map { labels[$0] })
    case .strings(let labels): Tensor(strings: positions.map { labels[$0] }, shape: [positions.count])
    }
  }
}

/// A matrix of features, one row for each example; a vector counts as one row.
struct FeatureRows {
  let values: [Double]
  let rows: Int
  let features: Int

  /// - Throws: `OperatorError` for another rank than 1 or 2.
  init(_ X: Tensor) throws {
    guard X.rank == 1 || X.rank == 2 else {
      throw OperatorError(.invalidShape, "X has shape \(X.shape), but must be [N, C] or [C]")
    }
    values = X.doubles()
    rows = X.rank == 1 ? 1 : X.shape[0]
    // Rows without features take no memory, but there may not be more of them than memory could hold.
    _ = try elementCount([rows])
    features = X.shape[X.rank - 1]
  }

  /// The features of one example.
  func row(_ n: Int) -> ArraySlice<Double> { values[(n * features)..<((n + 1) * features)] }

  /// The number of rows for the fact of X.
  static func dim(_ X: Fact) -> Dim {
    guard let dims = X.dims, let first = dims.first else { return .unknown }
    return dims.count == 1 ? 1 : first
  }
}

/// Σ a·b of two rows of the same length.
func dotProduct(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) throws -> Double {
  var sum = CompensatedSum()
  try zip(a, b).forEach(spending: 1) { sum.add($0, $1) }
  return sum.value
}
