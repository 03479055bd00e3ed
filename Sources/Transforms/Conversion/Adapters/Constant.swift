import GraphIR
import OperatorSet
import TensorCore

/// Constant: types other than floats come in 9, `sparse_value` in 11, `value_int` and its kin in 12.
///
/// - Down: 12 → 11: the numbers become the tensor `value`. 11 → 10: a sparse tensor becomes a dense one. 9 →
///   8: a tensor that is not floating becomes an initializer.
/// - Refused: down, 9 → 8, such a tensor in a function, which has no initializers.
/// - Source: versions 1, 9, 11 and 12 of the definition.
enum ConstantAdapter: Adapter {
  static let operators = ["Constant"]
  static let adaptations = [
    Adaptation(since: 9, down: toInitializer), Adaptation(since: 11, down: toDense),
    Adaptation(since: 12, down: toTensor),
  ]

  private static func toInitializer(_ node: inout NodeConversion) throws {
    guard case .tensor(let tensor)? = try node.attribute("value"), !tensor.elementType.isFloating else {
      return
    }
    node.set("value", nil)
    node.node.inputs = [node.constant(tensor, "value")]
    node.node.opType = "Identity"
  }

  private static func toDense(_ node: inout NodeConversion) throws {
    guard case .sparseTensor(let sparse)? = try node.attribute("sparse_value") else { return }
    node.set("sparse_value", nil)
    node.set("value", .tensor(try sparse.densified()))
  }

  private static func toTensor(_ node: inout NodeConversion) throws {
    for attribute in node.node.attributes where attribute.name.hasPrefix("value_") {
      let value = try node.attribute(attribute.name)
      node.set(attribute.name, nil)
      node.set("value", value.flatMap(tensor).map(Attribute.tensor))
    }
  }

  private static func tensor(of value: Attribute) -> Tensor? {
    switch value {
    case .int(let number): Tensor(int64: [number], shape: [])
    case .ints(let numbers): Tensor(int64: numbers)
    case .float(let number): Tensor(floats: [number], shape: [])
    case .floats(let numbers): Tensor(floats: numbers)
    case .string(let text): Tensor(strings: [text], shape: [])
    case .strings(let texts): Tensor(strings: texts, shape: [texts.count])
    default: nil
    }
  }
}
