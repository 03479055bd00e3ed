import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Adapters with one or two cases each. Expected operators: by hand; values: those of the model before.
@Suite struct SmallAdapterTests {
  private static let image = float("x", 1, 2, 4, 5)
  private static let spectrum = float("x", 2, 4, 1)

  @Test(arguments: [
    ConversionCase(
      "Concat without an axis", [node("Concat", ["x", "x"], ["y"])], from: 1, to: 4, leaves: ["Concat"]),
    ConversionCase(
      "a run of Shape", [node("Shape", ["x"], ["y"], ["start": .int(-3), "end": .int(3)])], inputs: [image],
      from: 15,
      to: 14, leaves: ["Shape", "Slice"]),
    ConversionCase("the whole of Shape", [node("Shape", ["x"], ["y"])], from: 25, to: 1, leaves: ["Shape"]),
    ConversionCase(
      "the default axis of DFT", [node("DFT", ["x"], ["y"])], inputs: [float("x", 2, 4, 3, 1)],
      feeds: ["x": Tensor(floats: (0..<24).map(Float.init), shape: [2, 4, 3, 1])], from: 17, to: 20,
      leaves: ["DFT"]),
    ConversionCase(
      "a constant axis of DFT", [node("DFT", ["x", "", "a"], ["y"], ["inverse": .int(1)])],
      inputs: [float("x", 2, 4, 3, 1)], constants: ["a": Tensor(int64: [-3], shape: [])],
      feeds: ["x": Tensor(floats: (0..<24).map(Float.init), shape: [2, 4, 3, 1])], from: 20, to: 17,
      leaves: ["DFT"]),
    ConversionCase(
      "an axis of callers of DFT", [node("DFT", ["x", "", "a"], ["y"])],
      inputs: [spectrum, ValueInfo(name: "a", type: .tensor(.int64, []))], from: 20, to: 19,
      refused: "input 'axis' is not constant"),
    ConversionCase(
      "Scatter", [node("Scatter", ["x", "i", "u"], ["y"], ["axis": .int(1)])],
      constants: ["i": Tensor(int64: [2], shape: [1, 1]), "u": Tensor(floats: [9], shape: [1, 1])], from: 9,
      to: 18,
      leaves: ["ScatterElements"]),
    ConversionCase(
      "ScatterElements", [node("ScatterElements", ["x", "i", "u"], ["y"], ["axis": .int(-1)])],
      constants: ["i": Tensor(int64: [2], shape: [1, 1]), "u": Tensor(floats: [9], shape: [1, 1])], from: 18,
      to: 9,
      leaves: ["Scatter"]),
    ConversionCase(
      "a sum in ScatterElements",
      [node("ScatterElements", ["x", "i", "u"], ["y"], ["reduction": .string("add")])],
      constants: ["i": Tensor(int64: [1], shape: [1, 1]), "u": Tensor(floats: [9], shape: [1, 1])], from: 18,
      to: 15,
      refused: "attribute 'reduction' is 'add'"),
    ConversionCase(
      "a maximum in ScatterElements",
      [node("ScatterElements", ["x", "i", "u"], ["y"], ["reduction": .string("max")])],
      constants: ["i": Tensor(int64: [1], shape: [1, 1]), "u": Tensor(floats: [9], shape: [1, 1])], from: 18,
      to: 15,
      refused: "reduction 'max' needs opset 18"),
    ConversionCase(
      "LessOrEqual", [node("LessOrEqual", ["x", "b"], ["y"])], inputs: [float("x", 7), float("b", 7)],
      feeds: ["b": floats(0, 0, .infinity, .nan, .nan, -1, 0)], from: 16, to: 11,
      leaves: ["Less", "Equal", "Or"]),
    ConversionCase(
      "GreaterOrEqual", [node("GreaterOrEqual", ["b", "x"], ["y"])], inputs: [float("x", 7), float("b", 1)],
      from: 12, to: 11, leaves: ["Greater", "Equal", "Or"]),
    ConversionCase(
      "Mod of integers", [node("Mod", ["x", "m"], ["y"])],
      inputs: [ValueInfo(name: "x", type: .tensor(.int32, [.value(3)]))],
      constants: ["m": Tensor(.int32, shape: [1], rounding: [3])], from: 28, to: 10, leaves: ["Mod"]),
    ConversionCase(
      "Mod of floats", [node("Mod", ["x", "m"], ["y"])], constants: ["m": floats(3)], from: 28, to: 27,
      refused: "A is float, which needs fmod 1"),
    ConversionCase(
      "Gemm without C", [node("Gemm", ["x", "w"], ["y"], ["beta": .float(0.5)])],
      constants: ["w": Tensor(floats: [1, -2, -0.0, 4, 5, 6], shape: [3, 2])], from: 13, to: 7,
      leaves: ["Gemm"]),
    ConversionCase(
      "Gemm with a C that is stretched", [node("Gemm", ["x", "w", "c"], ["y"])],
      constants: ["w": Tensor(floats: [1, -2, 3, 4, 5, 6], shape: [3, 2]), "c": floats(1, 2)], from: 13,
      to: 1,
      leaves: ["Gemm"]),
    ConversionCase(
      "Gemm with broadcast", [node("Gemm", ["x", "w", "c"], ["y"], ["broadcast": .int(1)])],
      constants: ["w": Tensor(floats: [1, -2, 3, 4, 5, 6], shape: [3, 2]), "c": floats(1, 2)], from: 1,
      to: 13,
      leaves: ["Gemm"]),
    ConversionCase(
      "GlobalLpPool", [node("GlobalLpPool", ["x"], ["y"], ["p": .float(3)])], inputs: [image], from: 1,
      to: 22,
      leaves: ["GlobalLpPool"]),
    ConversionCase(
      "GlobalLpPool", [node("GlobalLpPool", ["x"], ["y"])], inputs: [image], from: 2, to: 1,
      leaves: ["GlobalLpPool"]),
    ConversionCase(
      "a p that is not whole", [node("GlobalLpPool", ["x"], ["y"], ["p": .float(2.5)])], inputs: [image],
      from: 1,
      to: 2, refused: "p is 2.5"),
    ConversionCase(
      "LpPool", [node("LpPool", ["x"], ["y"], ["kernel_shape": .ints([2, 2])])], inputs: [image], from: 1,
      to: 22,
      leaves: ["LpPool"]),
    ConversionCase(
      "MaxPool, whose indices nobody reads",
      [node("MaxPool", ["x"], ["y", "i"], ["kernel_shape": .ints([2, 2]), "storage_order": .int(1)])],
      inputs: [image], from: 12, to: 1, leaves: ["MaxPool"]),
    ConversionCase(
      "MaxPool, whose indices are read",
      [node("MaxPool", ["x"], ["y", "i"], ["kernel_shape": .ints([2, 2])])],
      inputs: [image], outputs: ["y", "i"], from: 12, to: 7, refused: "somebody reads Indices"),
    ConversionCase(
      "Constant of integers",
      [node("Constant", [], ["c"], ["value_ints": .ints([1, 3])]), node("Expand", ["x", "c"], ["y"])],
      inputs: [float("x", 1)], from: 13, to: 11, leaves: ["Constant", "Expand"]),
    ConversionCase(
      "Constant of a float",
      [node("Constant", [], ["c"], ["value_float": .float(2)]), node("Mul", ["x", "c"], ["y"])],
      from: 12, to: 9, leaves: ["Constant", "Mul"]),
    ConversionCase(
      "Constant of integers in 8",
      [node("Constant", [], ["c"], ["value_ints": .ints([3, 2])]), node("Reshape", ["x", "c"], ["y"])],
      from: 13, to: 5,
      leaves: ["Identity", "Reshape"]),
    ConversionCase(
      "a sparse Constant",
      [
        node(
          "Constant", [], ["c"],
          [
            "sparse_value": .sparseTensor(
              SparseTensor(values: floats(5), indices: Tensor(int64: [4]), shape: [2, 3]))
          ]), node("Add", ["x", "c"], ["y"]),
      ], from: 11, to: 7, leaves: ["Constant", "Add"]),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
