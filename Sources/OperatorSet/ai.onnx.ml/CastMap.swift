import GraphIR
import TensorCore

/// # CastMap
///
/// The values of a map, in the order of its keys, converted to one type.
///
///     DENSE:   Y[0, i] = cast(value of the i-th smallest key)
///     SPARSE:  Y[0, k] = cast(X[k]), or zero where X has no key k
///
/// - Inputs: `X` (T1): a map with keys of int64.
/// - Outputs: `Y` (T2): [1, number of keys], or [1, max_map] for SPARSE.
/// - Attributes: `cast_to` (default TO_FLOAT): TO_FLOAT, TO_STRING or TO_INT64. `map_form` (default DENSE):
///   DENSE or SPARSE. `max_map` (default 1): the length of Y for SPARSE.
/// - Types: T1 maps int64 to float or string; T2 is float, int64 or string.
/// - Errors: a key below 0 for SPARSE; `max_map` below 1; a string that is no number.
/// - Versions: 1.
/// - Source: onnx/defs/traditionalml/defs.cc.
/// - Notes: TSN-0066; TSN-0010 (numbers and text as in Cast). Y has one row, and keys from `max_map` on are
///   left out, as by ONNX Runtime.
struct CastMap: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T1")], outputs: [.single("Y", "T2")],
    attributes: [.string("cast_to", "TO_FLOAT"), .string("map_form", "DENSE"), .int("max_map", 1)],
    types: [
      "T1": .named(["map(int64, float)", "map(int64, string)"]), "T2": .tensors(.float, .int64, .string),
    ])
  static let schema = OperatorSchema("CastMap", domain: "ai.onnx.ml", versions: [version1])

  var rounding: Rounding { .once }

  enum Target: String, CaseIterable, Sendable {
    case float = "TO_FLOAT"
    case string = "TO_STRING"
    case int64 = "TO_INT64"
  }
  enum Form: String, CaseIterable, Sendable {
    case dense = "DENSE"
    case sparse = "SPARSE"
  }

  let target: ElementType
  let form: Form
  let length: Int
  let rules: CastRules

  init(_ node: NodeAttributes) throws {
    let to: Target = try node.choice("cast_to")
    target = to == .float ? .float : to == .string ? .string : .int64
    form = try node.choice("map_form")
    length = try node.int("max_map")
    rules = try CastRules(node)
    guard length > 0 else {
      throw OperatorError(.invalidAttribute, "max_map is \(length), but must be positive")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(target, [1, form == .sparse ? .value(length) : .unknown])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (keyTensor, values) = try inputs.mapOfScalars(0)
    let keys = keyTensor.integers()
    let cast = try rules.cast(values, to: target)
    guard form == .sparse else {
      var work = Work()
      let order = try keys.indices.sorted { a, b in
        try work.spend(1)
        return keys[a] < keys[b]
      }
      return [.tensor(cast.selecting(order, shape: [1, order.count]))]
    }
    if let bad = keys.first(where: { $0 < 0 }) {
      throw OperatorError(.invalidValue, "X has the key \(bad), but SPARSE needs keys from 0 on")
    }
    _ = try elementCount([1, length])
    let zero = try rules.cast(Tensor(floats: [0]), to: target)
    let table = ElementTable(keys: keyTensor, values: cast, fallback: zero)
    return [.tensor(try table.lookUp(Tensor(int64: Array(0..<length), shape: [1, length])))]
  }
}
