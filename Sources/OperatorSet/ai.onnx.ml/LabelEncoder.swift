import GraphIR
import TensorCore

/// # LabelEncoder
///
/// Each element replaced by the value that stands beside it in two lists.
///
///     Y[i] = values[k] with keys[k] = X[i], or the default where there is no such k
///
/// - Inputs: `X` (T1): any shape.
/// - Outputs: `Y` (T2): the shape of `X`.
/// - Attributes: `classes_strings` (1): strings become their places, places their strings. From 2:
///   `keys_strings`, `keys_int64s` or `keys_floats`, and `values_strings`, `values_int64s` or
///   `values_floats`, of the same length; from 4 also `keys_tensor` and `values_tensor`. `default_string`
///   (default _Unused), `default_int64` (default −1), `default_float` (from 2, default −0), `default_tensor`
///   (from 4): what unknown elements become.
/// - Types: T1 and T2 are int64 or string; float from 2; double, int32 and int16 from 4.
/// - Errors: not just one list of keys and one of values; lists of different length; keys that are not of X's
///   type.
/// - Versions: 1, 2 (any keys and values; floats are compared by their bits), 4 (lists as tensors; floats are
///   compared by value, and any NaN is the key NaN).
/// - Source: onnx/defs/traditionalml/defs.cc, old.cc.
/// - Notes: TSN-0044 (keys by their bits). Of a key named twice the last counts, as the text says from 4 on;
///   ONNX Runtime takes the first.
struct LabelEncoder: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T1")], outputs: [.single("Y", "T2")],
    attributes: [
      .optional("classes_strings", .strings), .int("default_int64", -1), .string("default_string", "_Unused"),
    ], types: ["T1": .tensors(.int64, .string), "T2": .tensors(.int64, .string)])
  private static let version2 = version1.then(
    since: 2, "any keys and values",
    attributes: [
      .float("default_float", -0.0), .optional("keys_floats", .floats), .optional("keys_int64s", .ints),
      .optional("keys_strings", .strings), .optional("values_floats", .floats),
      .optional("values_int64s", .ints), .optional("values_strings", .strings),
    ], removing: ["classes_strings"],
    types: ["T1": .tensors(.float, .int64, .string), "T2": .tensors(.float, .int64, .string)])
  private static let version4 = version2.then(
    since: 4, "lists as tensors; any NaN is the key NaN",
    attributes: [
      .optional("default_tensor", .tensor), .optional("keys_tensor", .tensor),
      .optional("values_tensor", .tensor),
    ],
    types: [
      "T1": .indices | .tensors(.double, .float, .int16, .string),
      "T2": .indices | .tensors(.double, .float, .int16, .string),
    ])
  static let schema = OperatorSchema(
    "LabelEncoder", domain: "ai.onnx.ml", versions: [version1, version2, version4])

  var rounding: Rounding { .none }

  /// What X may be looked up in: one table, or in version 1 two, of which X's type chooses.
  let tables: [ElementTable]

  init(_ node: NodeAttributes) throws {
    let texts = Tensor(strings: [try node.string("default_string")], shape: [1])
    let numbers = Tensor(int64: [try node.int("default_int64")])
    if node.since < 2 {
      let classes = node.optionalStrings("classes_strings") ?? []
      let names = Tensor(strings: classes, shape: [classes.count])
      let places = Tensor(int64: Array(classes.indices))
      tables = [
        ElementTable(keys: names, values: places, fallback: numbers),
        ElementTable(keys: places, values: names, fallback: texts),
      ]
      return
    }
    let (keys, values) = (try Self.list(node, "keys"), try Self.list(node, "values"))
    guard keys.count == values.count else {
      throw OperatorError(.invalidAttribute, "there are \(keys.count) keys, but \(values.count) values")
    }
    let fallback = try Self.fallback(node, values.elementType, texts: texts, numbers: numbers)
    tables = [ElementTable(keys: keys, values: values, fallback: fallback, bitwise: node.since < 4)]
  }

  /// The one list of that name that the node gives.
  private static func list(_ node: NodeAttributes, _ name: String) throws -> Tensor {
    let lists = [
      node.optionalStrings("\(name)_strings").map { Tensor(strings: $0, shape: [$0.count]) },
      node.optionalInts("\(name)_int64s").map { Tensor(int64: $0) },
      node.optionalFloats("\(name)_floats").map { Tensor(floats: $0) },
      node.optionalTensor("\(name)_tensor"),
    ].compactMap { $0 }
    guard let list = lists.first, lists.count == 1 else {
      throw OperatorError(
        .invalidAttribute, "one attribute '\(name)_…' must be given, but there are \(lists.count)")
    }
    return list
  }

  private static func fallback(_ node: NodeAttributes, _ type: ElementType, texts: Tensor, numbers: Tensor)
    throws
    -> Tensor
  {
    if let tensor = node.optionalTensor("default_tensor") {
      guard tensor.count == 1, tensor.elementType == type else {
        throw OperatorError(
          .invalidAttribute, "default_tensor is \(tensor.elementType)\(tensor.shape), but must be one \(type)"
        )
      }
      return tensor
    }
    switch type.arithmetic {
    case .text: return texts
    case .floating: return Tensor(type, shape: [1], rounding: [Double(try node.float("default_float"))])
    default: return Tensor(type, shape: [1], wrapping: numbers.integers())
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown] }
    return [.tensor(try table(for: type).valueType, X.dims)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    return [.tensor(try table(for: X.elementType).lookUp(X))]
  }

  private func table(for type: ElementType) throws -> ElementTable {
    guard let table = tables.first(where: { $0.keyType == type }) else {
      throw OperatorError(
        .invalidType,
        "X is \(type), but the keys are \(tables.map(\.keyType.description).joined(separator: " or "))")
    }
    return table
  }
}
