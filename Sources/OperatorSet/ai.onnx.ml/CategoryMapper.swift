import GraphIR
import TensorCore

/// # CategoryMapper
///
/// Strings become integers, or integers strings, by two lists side by side.
///
///     Y[i] = cats_int64s[k] with cats_strings[k] = X[i], or the other way round, or the default
///
/// - Inputs: `X` (T1): any shape.
/// - Outputs: `Y` (T2): the shape of `X`.
/// - Attributes: `cats_int64s`, `cats_strings`: the lists, of the same length. `default_int64` (default −1),
///   `default_string` (default _Unused): what unknown elements become.
/// - Types: T1 and T2 are int64 and string, or string and int64.
/// - Errors: lists of different length.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0065: the type of X alone decides which way.
struct CategoryMapper: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T1")], outputs: [.single("Y", "T2")],
    attributes: [
      .optional("cats_int64s", .ints), .optional("cats_strings", .strings), .int("default_int64", -1),
      .string("default_string", "_Unused"),
    ], types: ["T1": .tensors(.int64, .string), "T2": .tensors(.int64, .string)])
  static let schema = OperatorSchema("CategoryMapper", domain: "ai.onnx.ml", versions: [version1])

  var rounding: Rounding { .none }

  let toIntegers: ElementTable
  let toStrings: ElementTable

  init(_ node: NodeAttributes) throws {
    let texts = node.optionalStrings("cats_strings") ?? []
    let numbers = node.optionalInts("cats_int64s") ?? []
    guard texts.count == numbers.count else {
      throw OperatorError(
        .invalidAttribute,
        "cats_strings holds \(texts.count) elements, but cats_int64s holds \(numbers.count)")
    }
    let (names, integers) = (Tensor(strings: texts, shape: [texts.count]), Tensor(int64: numbers))
    toIntegers = ElementTable(
      keys: names, values: integers, fallback: Tensor(int64: [try node.int("default_int64")]))
    toStrings = ElementTable(
      keys: integers, values: names,
      fallback: Tensor(strings: [try node.string("default_string")], shape: [1]))
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown] }
    return [.tensor(type == .string ? .int64 : .string, X.dims)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    return [.tensor(try (X.elementType == .string ? toIntegers : toStrings).lookUp(X))]
  }
}
