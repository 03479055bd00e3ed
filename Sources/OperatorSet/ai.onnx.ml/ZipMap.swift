import GraphIR
import TensorCore

/// # ZipMap
///
/// Each row of a matrix as a map from labels to the row's numbers.
///
///     Z[n] = { label[k]: X[n, k] }
///
/// - Inputs: `X` (tensor(float)): [N, C], or [C] for one row.
/// - Outputs: `Z` (T): a sequence of N maps.
/// - Attributes: `classlabels_int64s` or `classlabels_strings`: the C labels.
/// - Types: T is a sequence of maps from int64 or string to float.
/// - Errors: both lists or none; another number of labels than of columns.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: none.
struct ZipMap: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "tensor(float)")], outputs: [.single("Z", "T")],
    attributes: [.optional("classlabels_int64s", .ints), .optional("classlabels_strings", .strings)],
    types: ["T": .named(["seq(map(int64, float))", "seq(map(string, float))"])])
  static let schema = OperatorSchema("ZipMap", domain: "ai.onnx.ml", versions: [version1])

  var rounding: Rounding { .none }

  let labels: ClassLabels

  init(_ node: NodeAttributes) throws { labels = try ClassLabels(node, integers: "classlabels_int64s") }

  private var mapType: ValueType { .map(key: labels.elementType, value: .tensor(.float, [])) }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    if let columns = try inputs.required(0).dims?.last?.number { try check(columns: columns) }
    return [Fact(.sequence(mapType))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try FeatureRows(inputs.tensor(0))
    try check(columns: X.features)
    let keys: Map.Keys =
      switch labels {
      case .integers(let numbers): .integers(numbers.map(Int64.init), .int64)
      case .strings(let names): .strings(names)
      }
    let maps = try (0..<X.rows).map(spending: X.features) { n in
      let values = X.row(n).map { Value.tensor(Tensor(.float, shape: [], rounding: [$0])) }
      return Value.map(Map(keys: keys, values: values, valueType: .tensor(.float, [])))
    }
    return [.sequence(maps, of: mapType)]
  }

  private func check(columns: Int) throws {
    guard columns == labels.count else {
      throw OperatorError(.invalidShape, "X has \(columns) columns, but there are \(labels.count) labels")
    }
  }
}
