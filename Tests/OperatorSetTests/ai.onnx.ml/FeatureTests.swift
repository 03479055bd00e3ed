import GraphIR
import OperatorSet
import TensorCore
import Testing

/// Encoders, scalers and maps. Expected values: by hand from ONNX's text, checked with ONNX Runtime.
@Suite struct FeatureTests {
  private let ml = "ai.onnx.ml"
  private let x = floats([-1, 2, 0, 3, -4, 0], [2, 3])

  private func tries(
    _ name: String, _ attributes: [String: Attribute], _ inputs: [Tensor], gives y: Tensor, opset: Int = 1
  ) throws {
    try OperatorSetTests.tries(name, opset, attributes, inputs, gives: [y], domain: ml, tolerance: 1e-6)
  }

  private func fails(
    _ name: String, _ attributes: [String: Attribute], _ inputs: [Tensor], _ kind: OperatorError.Kind,
    mentioning text: String
  ) {
    OperatorSetTests.fails(name, 1, attributes, inputs, kind, mentioning: text, domain: ml)
  }

  @Test func numbersToNumbers() throws {
    try tries("Normalizer", [:], [x], gives: floats([-0.5, 1, 0, 1, -4.0 / 3, 0], [2, 3]))
    try tries(
      "Normalizer", ["norm": .string("L1")], [x],
      gives: floats([-1.0 / 3, 2.0 / 3, 0, 3.0 / 7, -4.0 / 7, 0], [2, 3]))
    try tries("Normalizer", ["norm": .string("L2")], [int64s([3, -4])], gives: floats([0.6, -0.8]))
    try tries("Normalizer", ["norm": .string("L2")], [floats([0, 0])], gives: floats([0, 0]))
    try tries("Binarizer", ["threshold": .float(1)], [x], gives: floats([0, 1, 0, 1, 0, 0], [2, 3]))
    try tries("Binarizer", [:], [int64s([-1, 0, 1])], gives: int64s([0, 0, 1]))
    try tries(
      "Scaler", ["offset": .floats([1]), "scale": .floats([1, 2, 3])], [x],
      gives: floats([-2, 2, -3, 2, -10, -3], [2, 3]))
    fails("Scaler", ["offset": .floats([1, 2])], [x], .invalidAttribute, mentioning: "offset holds 2")
    try tries(
      "Imputer", ["imputed_value_floats": .floats([7, 8, 9])], [x],
      gives: floats([-1, 2, 9, 3, -4, 9], [2, 3]))
    try tries(
      "Imputer", ["imputed_value_floats": .floats([7]), "replaced_value_float": .float(.nan)],
      [floats([.nan, 1])], gives: floats([7, 1]))
    try tries(
      "Imputer", ["imputed_value_int64s": .ints([7]), "replaced_value_int64": .int(-1)], [int64s([-1, 1])],
      gives: int64s([7, 1]))
    fails(
      "Imputer", ["imputed_value_int64s": .ints([7])], [x], .invalidAttribute,
      mentioning: "0 imputed values of float")
  }

  @Test func columns() throws {
    let y = int64s([2, 0])
    try tries("ArrayFeatureExtractor", [:], [x, y], gives: floats([0, -1, 0, 3], [2, 2]))
    try tries(
      "ArrayFeatureExtractor", [:], [texts(["a", "b", "c"]), y],
      gives: Tensor(strings: ["c", "a"], shape: [1, 2]))
    fails("ArrayFeatureExtractor", [:], [x, int64s([3])], .invalidValue, mentioning: "Y holds 3")
    try tries(
      "FeatureVectorizer", [:], [x, x], gives: floats([-1, 2, 0, -1, 2, 0, 3, -4, 0, 3, -4, 0], [2, 6]))
    try tries(
      "FeatureVectorizer", ["inputdimensions": .ints([2, 1])], [x, floats([5, 6], [2, 1])],
      gives: floats([-1, 2, 5, 3, -4, 6], [2, 3]))
    try tries(
      "FeatureVectorizer", ["inputdimensions": .ints([3])], [int64s([5, 6])],
      gives: floats([5, 6, 0], [1, 3]))
    fails("FeatureVectorizer", [:], [x, floats([5])], .invalidShape, mentioning: "[2, 1] rows")
  }

  @Test func categories() throws {
    let cats: [String: Attribute] = ["cats_int64s": .ints([1, 3])]
    try tries("OneHotEncoder", cats, [int64s([3, 2, 1])], gives: floats([0, 1, 0, 0, 1, 0], [3, 2]))
    try tries("OneHotEncoder", cats, [floats([1.7])], gives: floats([1, 0], [1, 2]))
    try tries(
      "OneHotEncoder", ["cats_strings": .strings(["a", "b"])], [texts(["b"])], gives: floats([0, 1], [1, 2]))
    fails(
      "OneHotEncoder", cats.merging(["zeros": .int(0)]) { $1 }, [int64s([3, 2])], .invalidValue,
      mentioning: "element 1")
    fails("OneHotEncoder", cats, [texts(["a"])], .invalidType, mentioning: "string")
    let lists: [String: Attribute] = ["cats_strings": .strings(["b", "a"]), "cats_int64s": .ints([7, 8])]
    try tries("CategoryMapper", lists, [texts(["a", "q"])], gives: int64s([8, -1]))
    try tries("CategoryMapper", lists, [int64s([7, 9])], gives: texts(["b", "_Unused"]))
  }

  @Test func labels() throws {
    let classes: [String: Attribute] = ["classes_strings": .strings(["b", "a"])]
    try tries("LabelEncoder", classes, [texts(["a", "q"])], gives: int64s([1, -1]))
    try tries("LabelEncoder", classes, [int64s([1, 5])], gives: texts(["a", "_Unused"]))
    let words: [String: Attribute] = [
      "keys_strings": .strings(["b", "a", "b"]), "values_floats": .floats([1, 2, 3]),
    ]
    try tries("LabelEncoder", words, [texts(["a", "b", "q"])], gives: floats([2, 3, 0]), opset: 2)
    let nan: [String: Attribute] = ["keys_floats": .floats([.nan, -0.0]), "values_int64s": .ints([5, 6])]
    // By their bits: −0 is not 0, and a NaN with another payload is not that of the keys.
    let others = Tensor(floats: [0, -0.0, .nan, Float(nan: 5, signaling: false)])
    try tries("LabelEncoder", nan, [others], gives: int64s([-1, 6, 5, -1]), opset: 2)
    try tries("LabelEncoder", nan, [others], gives: int64s([6, 6, 5, 5]), opset: 4)
    try tries("LabelEncoder", nan, [floats([.nan, 0])], gives: int64s([5, 6]), opset: 4)
    let tensors: [String: Attribute] = [
      "keys_tensor": .tensor(numbers(.int16, [1, 2])),
      "values_tensor": .tensor(numbers(.double, [0.5, 1.5])),
      "default_tensor": .tensor(numbers(.double, [9])),
    ]
    try tries(
      "LabelEncoder", tensors, [numbers(.int16, [2, 3])], gives: numbers(.double, [1.5, 9]), opset: 4)
    OperatorSetTests.fails(
      "LabelEncoder", 2, words, [int64s([1])], .invalidType, mentioning: "string", domain: ml)
  }

  /// Truth: ONNX's strings are bytes; "é" and "e" with U+0301 are two of them, as in NumPy and ONNX Runtime.
  @Test func stringsAreComparedByTheirBytes() throws {
    let (composed, decomposed) = ("\u{e9}", "e\u{301}")
    let both = texts([decomposed, composed, "\u{212a}"])
    let words: [String: Attribute] = [
      "keys_strings": .strings([composed, decomposed, "K"]), "values_int64s": .ints([1, 2, 3]),
    ]
    try tries("LabelEncoder", words, [both], gives: int64s([2, 1, -1]), opset: 2)
    let lists: [String: Attribute] = [
      "cats_strings": .strings([composed, decomposed, "K"]), "cats_int64s": .ints([1, 2, 3]),
    ]
    try tries("CategoryMapper", lists, [both], gives: int64s([2, 1, -1]))
    try tries(
      "OneHotEncoder", ["cats_strings": .strings([composed, decomposed])], [both],
      gives: floats([0, 1, 1, 0, 0, 0], [3, 2]))
    let one = { (v: Double) in floats([v], []) }
    try OperatorCase(
      opset: 1, ["string_vocabulary": .strings([decomposed, "K", composed])],
      values: [map(.strings([composed, decomposed, "\u{212a}"]), [one(4), one(5), one(6)])],
      gives: [.tensor(floats([5, 0, 4]))]
    ).check("DictVectorizer", domain: ml)
  }

  private func map(_ keys: Map.Keys, _ values: [Tensor]) -> Value {
    let type = ValueType.tensor(values[0].elementType, [])
    return .map(Map(keys: keys, values: values.map(Value.tensor), valueType: type))
  }

  @Test func maps() throws {
    let one = { (v: Double) in floats([v], []) }
    let words = map(.strings(["a", "z", "b"]), [one(4), one(5), one(8)])
    try OperatorCase(
      opset: 1, ["string_vocabulary": .strings(["a", "c", "b"])], values: [words],
      gives: [.tensor(floats([4, 0, 8]))]
    ).check("DictVectorizer", domain: ml)
    let numbers = map(.integers([3, 0, 1], .int64), [one(1.5), one(2), one(-7.25)])
    func castMap(_ attributes: [String: Attribute], gives y: Tensor) throws {
      try OperatorCase(opset: 1, attributes, values: [numbers], gives: [.tensor(y)]).check(
        "CastMap", domain: ml)
    }
    try castMap([:], gives: floats([2, -7.25, 1.5], [1, 3]))
    try castMap(["cast_to": .string("TO_INT64")], gives: int64s([2, -7, 1], [1, 3]))
    try castMap(
      ["cast_to": .string("TO_STRING")], gives: Tensor(strings: ["2.0", "-7.25", "1.5"], shape: [1, 3]))
    try castMap(["map_form": .string("SPARSE"), "max_map": .int(3)], gives: floats([2, -7.25, 0], [1, 3]))
    let (outputs, _) = try evaluate(
      "ZipMap", domain: ml, opset: 1, ["classlabels_strings": .strings(["x", "y"])],
      [.tensor(floats([1, 2, 3, 4], [2, 2]))])
    guard case .sequence(let maps, let element)? = outputs.first, case .map(let second)? = maps.last else {
      Issue.record("ZipMap must give a sequence of maps")
      return
    }
    #expect(maps.count == 2 && element.typeString == "map(string,tensor(float))")
    #expect(second.values.map { if case .tensor(let t) = $0 { t.doubles() } else { [] } } == [[3], [4]])
  }
}
