import GraphIR
import TensorCore

/// # DictVectorizer
///
/// The values of a map in the order of a vocabulary.
///
///     Y[k] = X[vocabulary[k]], or 0 (an empty string) where X has no such key
///
/// - Inputs: `X` (T1): a map.
/// - Outputs: `Y` (T2): [size of the vocabulary].
/// - Attributes: `int64_vocabulary` or `string_vocabulary`: the keys in order.
/// - Types: T1 maps int64 to string, float or double, or string to int64, float or double; T2 is a tensor of
///   those.
/// - Errors: both vocabularies or none; one that is not of the kind of X's keys.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0048 (Y has rank 1, as the text says; keys of X that the vocabulary lacks are left out).
struct DictVectorizer: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T1")], outputs: [.single("Y", "T2")],
    attributes: [.optional("int64_vocabulary", .ints), .optional("string_vocabulary", .strings)],
    types: [
      "T1": .named([
        "map(int64, double)", "map(int64, float)", "map(int64, string)", "map(string, double)",
        "map(string, float)", "map(string, int64)",
      ]), "T2": .tensors(.double, .float, .int64, .string),
    ])
  static let schema = OperatorSchema("DictVectorizer", domain: "ai.onnx.ml", versions: [version1])

  var rounding: Rounding { .none }

  let vocabulary: ClassLabels

  init(_ node: NodeAttributes) throws {
    vocabulary = try ClassLabels(node, integers: "int64_vocabulary", strings: "string_vocabulary")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard case .map(_, value: .tensor(let type, _))? = try inputs.required(0).type else { return [.unknown] }
    return [.tensor(type, [.value(vocabulary.count)])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (keys, values) = try inputs.mapOfScalars(0)
    guard keys.elementType == vocabulary.elementType else {
      throw OperatorError(
        .invalidType, "X has keys of \(keys.elementType), but the vocabulary is of \(vocabulary.elementType)")
    }
    let type = values.elementType
    let zero = type == .string ? Tensor(strings: [""], shape: [1]) : Tensor(type, shape: [1], wrapping: [0])
    let words = vocabulary.tensor(at: Array(0..<vocabulary.count))
    return [.tensor(try ElementTable(keys: keys, values: values, fallback: zero).lookUp(words))]
  }
}
