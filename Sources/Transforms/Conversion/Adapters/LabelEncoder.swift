import GraphIR
import OperatorSet
import TensorCore

/// LabelEncoder: 1 has one list of classes, strings become their places or places their strings; 2 has keys
/// and values; 4 has them as tensors too.
///
/// - Up: 1 → 2: by the type of X the classes are keys or values.
/// - Down: 4 → 3: tensors of float, int64 or string become lists. 2 → 1: keys and values that are strings and
///   their places, or the reverse, become classes.
/// - Refused: up, an X whose type is not known, or floats that are not numbers as keys, which 2 compares by
///   their bits; down, other types and lists.
/// - Source: versions 1, 2 and 4 of the definition, TSN-0044.
enum LabelEncoderAdapter: Adapter {
  static let domain = "ai.onnx.ml"
  static let operators = ["LabelEncoder"]
  static let adaptations = [
    Adaptation(since: 2, up: toKeysAndValues, down: toClasses),
    Adaptation(since: 4, up: { try refuseNaN(&$0) }, down: toLists),
  ]

  // MARK: - 2

  private static func toKeysAndValues(_ node: inout NodeConversion) throws {
    let type = try node.elementType(0, for: "decides what the classes are")
    guard case .strings(let classes)? = try node.attribute("classes_strings") else {
      throw Refusal("classes_strings is not given, and 2 needs keys")
    }
    node.set("classes_strings", nil)
    let places = Attribute.ints(Array(classes.indices))
    node.set(type == .string ? "keys_strings" : "values_strings", .strings(classes))
    node.set(type == .string ? "values_int64s" : "keys_int64s", places)
  }

  private static func toClasses(_ node: inout NodeConversion) throws {
    let lists = try ["keys_strings", "values_strings"].compactMap { try node.attribute($0) }
    let places = try ["values_int64s", "keys_int64s"].compactMap { try node.ints($0) }
    guard lists.count == 1, case .strings(let classes) = lists[0], places == [Array(classes.indices)],
      Set(classes.map(NameKey.init)).count == classes.count
    else { throw Refusal("keys and values are not strings and their places, which version 1 alone can say") }
    for name in ["keys_strings", "values_strings", "keys_int64s", "values_int64s", "default_float"] {
      node.set(name, nil)
    }
    node.set("classes_strings", .strings(classes))
  }

  // MARK: - 4

  private static func refuseNaN(_ node: inout NodeConversion) throws {
    guard try node.floats("keys_floats")?.contains(where: \.isNaN) != true else {
      throw Refusal(
        "a key is no number; before 4 such keys are compared by their bits, from 4 on any is found")
    }
  }

  private static func toLists(_ node: inout NodeConversion) throws {
    try refuseNaN(&node)
    for list in ["keys", "values", "default"] {
      guard case .tensor(let tensor)? = try node.attribute("\(list)_tensor") else { continue }
      node.set("\(list)_tensor", nil)
      switch tensor.elementType {
      case .float: node.set(list == "default" ? "default_float" : "\(list)_floats", value(tensor, list))
      case .int64: node.set(list == "default" ? "default_int64" : "\(list)_int64s", value(tensor, list))
      case .string: node.set(list == "default" ? "default_string" : "\(list)_strings", value(tensor, list))
      default:
        throw Refusal(
          "\(list)_tensor is \(tensor.elementType), and before 4 lists are float, int64 or string")
      }
    }
    try refuseNaN(&node)
  }

  private static func value(_ tensor: Tensor, _ list: String) -> Attribute? {
    let isSingle = list == "default"
    switch tensor.elementType {
    case .float:
      let numbers = tensor.doubles().map(Float.init)
      return isSingle ? numbers.first.map(Attribute.float) : .floats(numbers)
    case .int64:
      return isSingle ? tensor.ints().first.map(Attribute.int) : .ints(tensor.ints())
    default:
      return isSingle ? tensor.strings.first.map(Attribute.string) : .strings(tensor.strings)
    }
  }
}
