import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct LabelEncoderAdapterTests {
  private static let classes: [String: Attribute] = [
    "classes_strings": .strings(["a", "b"]), "default_int64": .int(7),
  ]
  private static let texts = [ValueInfo(name: "x", type: .tensor(.string, [.value(3)]))]
  private static let places = [ValueInfo(name: "x", type: .tensor(.int64, [.value(3)]))]
  private static let words = ["x": Tensor(strings: ["b", "c", "a"], shape: [3])]
  private static let numbers = ["x": Tensor(int64: [1, 2, 0])]
  private static func encode(_ attributes: [String: Attribute]) -> [Node] {
    [node("LabelEncoder", ["x"], ["y"], domain: "ai.onnx.ml", attributes)]
  }

  @Test(arguments: [
    ConversionCase(
      "places of strings", encode(classes), inputs: texts, feeds: words, from: 1, to: 5, domain: "ai.onnx.ml",
      leaves: ["LabelEncoder"]),
    ConversionCase(
      "strings of places", encode(classes), inputs: places, feeds: numbers, from: 1, to: 4,
      domain: "ai.onnx.ml",
      leaves: ["LabelEncoder"]),
    ConversionCase(
      "tensors",
      encode([
        "keys_tensor": .tensor(Tensor(strings: ["a", "b"], shape: [2])),
        "values_tensor": .tensor(Tensor(int64: [0, 1])),
        "default_tensor": .tensor(Tensor(int64: [5])),
      ]), inputs: texts, feeds: words, from: 4, to: 1, domain: "ai.onnx.ml", leaves: ["LabelEncoder"]),
    ConversionCase(
      "numbers that are no places",
      encode(["keys_strings": .strings(["a"]), "values_int64s": .ints([3])]), inputs: texts, from: 2, to: 1,
      domain: "ai.onnx.ml", refused: "not strings and their places"),
    ConversionCase(
      "a key that is no number",
      encode(["keys_floats": .floats([.nan]), "values_int64s": .ints([3])]), inputs: [float("x", 3)], from: 2,
      to: 4,
      domain: "ai.onnx.ml", refused: "a key is no number"),
    ConversionCase(
      "lists of a type that is not there yet",
      encode([
        "keys_tensor": .tensor(Tensor(.double, shape: [1], rounding: [1])),
        "values_tensor": .tensor(Tensor(.double, shape: [1], rounding: [2])),
      ]), inputs: [ValueInfo(name: "x", type: .tensor(.double, [.value(3)]))], from: 4, to: 3,
      domain: "ai.onnx.ml",
      refused: "keys_tensor is double"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
