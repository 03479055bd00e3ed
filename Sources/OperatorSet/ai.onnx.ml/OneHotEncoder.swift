import GraphIR
import TensorCore

/// # OneHotEncoder
///
/// Each element as a list of zeros with a one at the place of its category.
///
///     Y[i, k] = X[i] = category[k] ? 1 : 0
///
/// - Inputs: `X` (T): any shape; numbers are truncated to integers.
/// - Outputs: `Y` (tensor(float)): the shape of `X` and one axis more.
/// - Attributes: `cats_int64s` or `cats_strings`: the categories; one named twice counts at its last place.
///   `zeros` (default 1): 1 makes an element without a category all zeros, 0 makes it an error.
/// - Types: T is float, double, int32, int64 or string.
/// - Errors: both lists or none; a list that is not of the kind of X; an unknown category where `zeros` is 0.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: none.
struct OneHotEncoder: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "tensor(float)")],
    attributes: [.optional("cats_int64s", .ints), .optional("cats_strings", .strings), .int("zeros", 1)],
    types: ["T": .indices | .tensors(.double, .float, .string)])
  static let schema = OperatorSchema("OneHotEncoder", domain: "ai.onnx.ml", versions: [version1])

  var rounding: Rounding { .none }

  let categories: ClassLabels
  let allowsUnknown: Bool

  init(_ node: NodeAttributes) throws {
    categories = try ClassLabels(node, integers: "cats_int64s", strings: "cats_strings")
    allowsUnknown = try node.flag("zeros")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.float, try inputs.required(0).dims.map { $0 + [.value(categories.count)] })]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let shape = X.shape + [categories.count]
    var Y = [Float](repeating: 0, count: try elementCount(shape))
    try places(X).enumerated().forEach(spending: 1) { i, place in
      guard let place else {
        guard allowsUnknown else {
          throw OperatorError(.invalidValue, "element \(i) of X is no category, and zeros is 0")
        }
        return
      }
      Y[i * categories.count + place] = 1
    }
    return [.tensor(Tensor(floats: Y, shape: shape))]
  }

  /// The place of each element's category; nil where it has none.
  private func places(_ X: Tensor) throws -> [Int?] {
    switch categories {
    case .strings(let names) where X.elementType == .string:
      let places = Dictionary(zip(names.map(NameKey.init), names.indices)) { $1 }
      return X.strings.map { places[NameKey($0)] }
    case .integers(let numbers) where X.elementType != .string:
      let places = Dictionary(zip(numbers, numbers.indices)) { $1 }
      return X.ints().map { places[$0] }
    default:
      throw OperatorError(
        .invalidType, "X is \(X.elementType), but the categories are \(categories.elementType)")
    }
  }
}
