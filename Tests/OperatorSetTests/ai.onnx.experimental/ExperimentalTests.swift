import GraphIR
import TensorCore
import Testing

@testable import OperatorSet

/// The operators that ONNX tried out until 1.4. Expected values: exact arithmetic by hand; ONNX Runtime 1.32, which
/// still has all but the two fillers, gives the same.
@Suite struct ExperimentalTests {
  private static let x = numbers(.double, [-1.5, -0.25, 0.5, 2])
  /// 0 to 23, two channels of three rows and four columns.
  private static let image = floats((0..<24).map(Double.init), [1, 2, 3, 4])

  static let elementwise: [(String, [String: Attribute], [Double])] = [
    ("Affine", ["alpha": .float(2), "beta": .float(0.5)], [-2.5, 0, 1.5, 4.5]),
    ("Affine", [:], [-1.5, -0.25, 0.5, 2]),
    ("Scale", ["scale": .float(2)], [-3, -0.5, 1, 4]),
    ("Scale", [:], [-1.5, -0.25, 0.5, 2]),
    ("ThresholdedRelu", ["alpha": .float(0.25)], [0, 0, 0.5, 2]),
    ("ThresholdedRelu", [:], [0, 0, 0, 2]),
    // From NumPy, in double.
    (
      "ScaledTanh", ["alpha": .float(2), "beta": .float(0.5)],
      [-1.2702979047745746, -0.24870600354319242, 0.48983732480741826, 1.5231883119115297]
    ),
    (
      "ParametricSoftplus", ["alpha": .float(2), "beta": .float(0.5)],
      [0.7737420122298, 1.2651980706343382, 1.6518788397576871, 2.6265233750364456]
    ),
  ]

  @Test(arguments: elementwise)
  func functionsOfElements(_ name: String, _ attributes: [String: Attribute], _ want: [Double]) throws {
    try OperatorCase(
      opset: 8, attributes, [Self.x], gives: [numbers(.double, want)], relativeTolerance: 1e-15
    ).check(name)
  }

  static let images: [(String, [String: Attribute], Tensor)] = [
    (
      "ImageScaler", ["scale": .float(0.5), "bias": .floats([1, 2])],
      floats((0..<24).map { Double($0) / 2 + ($0 < 12 ? 1 : 2) }, [1, 2, 3, 4])
    ),
    ("ImageScaler", ["scale": .float(2)], floats((0..<24).map { Double($0) * 2 }, [1, 2, 3, 4])),
    ("Crop", ["border": .ints([1, 0, 1, 1])], floats([1, 2, 5, 6, 13, 14, 17, 18], [1, 2, 2, 2])),
    (
      "Crop", ["border": .ints([1, 1, 0, 0]), "scale": .ints([2, 3])],
      floats([5, 6, 7, 9, 10, 11, 17, 18, 19, 21, 22, 23], [1, 2, 2, 3])
    ),
    ("Crop", ["scale": .ints([1, 2])], floats([0, 1, 12, 13], [1, 2, 1, 2])),
    ("Crop", ["border": .ints([2, 0, 2, 0])], floats([], [1, 2, 3, 0])),
    ("Crop", [:], image),
    (
      "MeanVarianceNormalization", ["across_channels": .int(1), "normalize_variance": .int(0)],
      floats((0..<24).map { Double($0) - 11.5 }, [1, 2, 3, 4])
    ),
  ]

  @Test(arguments: images)
  func functionsOfImages(_ name: String, _ attributes: [String: Attribute], _ want: Tensor) throws {
    try OperatorCase(opset: 8, attributes, [Self.image], gives: [want]).check(name)
  }

  /// Two images of two channels of one row: −1 and 1 about each mean, over the deviation 1 + 1e−9.
  @Test func channelsAreNormalisedOverAllImages() throws {
    let input = numbers(.double, [1, 3, 20, 20, 3, 1, 24, 24], [2, 2, 1, 2])
    let want = numbers(.double, [-1, 1, -1, -1, 1, -1, 1, 1], [2, 2, 1, 2])
    try OperatorCase(opset: 8, [:], [input], gives: [want], relativeTolerance: 2e-9).check(
      "MeanVarianceNormalization")
  }

  static let slices: [OperatorCase] = [
    OperatorCase(
      opset: 9, [:], [counting([2, 4]), int64s([1, 0]), int64s([2, 3]), int64s([0, 1])],
      gives: [int64s([4, 5, 6], [1, 3])], "the text's first example, counted from 0"),
    OperatorCase(
      opset: 9, [:], [counting([2, 4]), int64s([0, 1]), int64s([-1, 1000])],
      gives: [int64s([1, 2, 3], [1, 3])],
      "its second"),
    OperatorCase(
      opset: 9, [:], [counting([2, 4]), numbers(.int32, [1]), numbers(.int32, [3]), numbers(.int32, [-1])],
      gives: [int64s([1, 2, 5, 6], [2, 2])]),
    OperatorCase(
      opset: 9, [:], [counting([2, 4]), int64s([9]), int64s([12])], gives: [int64s([], [0, 4])],
      "beyond the end"),
  ]

  @Test(arguments: slices) func dynamicSlice(_ row: OperatorCase) throws { try row.check("DynamicSlice") }

  static let fillings: [(String, OperatorCase)] = [
    (
      "ConstantFill",
      OperatorCase(
        opset: 6, ["input_as_shape": .int(1), "value": .float(2)], [int64s([2, 3])],
        gives: [floats([2, 2, 2, 2, 2, 2], [2, 3])])
    ),
    (
      "ConstantFill",
      OperatorCase(
        opset: 6, ["extra_shape": .ints([2]), "dtype": .int(7), "value": .float(-2.75)], [floats([0], [1])],
        gives: [int64s([-2, -2], [1, 2])])
    ),
    (
      "ConstantFill",
      OperatorCase(
        opset: 6, ["shape": .ints([2]), "dtype": .int(9), "value": .float(3)], [] as [Tensor?],
        gives: [Tensor(bools: [true, true], shape: [2])])
    ),
    ("ConstantFill", OperatorCase(opset: 6, ["shape": .ints([])], [] as [Tensor?], gives: [floats([0], [])])),
    (
      "GivenTensorFill",
      OperatorCase(
        opset: 6, ["values": .floats([1, 2, 3, 4])], [numbers(.double, [0, 0, 0, 0], [2, 2])],
        gives: [numbers(.double, [1, 2, 3, 4], [2, 2])])
    ),
    (
      "GivenTensorFill",
      OperatorCase(
        opset: 6, ["values": .floats([1, 2]), "shape": .ints([2, 1])], [] as [Tensor?],
        gives: [floats([1, 2], [2, 1])])
    ),
  ]

  @Test(arguments: fillings) func fillers(_ name: String, _ row: OperatorCase) throws { try row.check(name) }

  static let errors: [(String, OperatorError.Kind, [String: Attribute], [Tensor], String)] = [
    ("ScaledTanh", .invalidAttribute, ["alpha": .float(1)], [x], "'beta' is missing"),
    ("ParametricSoftplus", .invalidAttribute, [:], [x], "'alpha' is missing"),
    ("ImageScaler", .invalidShape, ["bias": .floats([1])], [image], "bias has 1 numbers"),
    ("ImageScaler", .invalidShape, [:], [floats([1, 2])], "rank 1"),
    ("MeanVarianceNormalization", .invalidShape, [:], [floats([1, 2])], "rank 1"),
    ("Crop", .invalidAttribute, ["border": .ints([1, 2])], [image], "border is [1, 2]"),
    ("Crop", .invalidAttribute, ["border": .ints([-1, 0, 0, 0])], [image], "border is [-1"),
    ("Crop", .invalidAttribute, ["scale": .ints([1])], [image], "scale is [1]"),
    ("Crop", .invalidShape, ["border": .ints([2, 0, 3, 0])], [image], "width 4"),
    ("Crop", .invalidShape, ["border": .ints([0, 2, 0, 0]), "scale": .ints([2, 2])], [image], "height 3"),
    (
      "Crop", .invalidShape, ["border": .ints([.max, 0, 1, 0]), "scale": .ints([1, .max])], [image], "width 4"
    ),
    ("Crop", .invalidShape, [:], [floats([1, 2])], "rank 1"),
    ("ConstantFill", .invalidAttribute, [:], [], "neither"),
    ("ConstantFill", .invalidAttribute, ["shape": .ints([1])], [x], "both"),
    ("ConstantFill", .invalidAttribute, ["shape": .ints([1]), "extra_shape": .ints([1])], [], "extra_shape"),
    ("ConstantFill", .invalidValue, ["shape": .ints([-1])], [], "extent of -1"),
    ("ConstantFill", .invalidValue, ["input_as_shape": .int(1)], [int64s([-3])], "extent of -3"),
    ("ConstantFill", .invalidType, ["input_as_shape": .int(1)], [floats([2])], "integers"),
    ("ConstantFill", .invalidType, ["dtype": .int(11), "shape": .ints([1])], [], "double"),
    (
      "GivenTensorFill", .invalidAttribute, ["values": .floats([1]), "shape": .ints([2])], [],
      "'values' has 1 numbers"
    ),
    ("GivenTensorFill", .invalidAttribute, ["shape": .ints([0])], [], "'values' is missing"),
  ]

  @Test(arguments: errors)
  func refusals(
    _ name: String, _ kind: OperatorError.Kind, _ attributes: [String: Attribute], _ inputs: [Tensor],
    _ words: String
  ) {
    expectError(kind, mentioning: words) {
      _ = try evaluate(name, opset: 8, attributes, inputs.map(Value.tensor))
    }
  }

  @Test func theOperatorSetInForceComesFirst() throws {
    let registry = OperatorRegistry.standard
    for (name, first) in [("ThresholdedRelu", 10), ("MeanVarianceNormalization", 9)] {
      #expect(try registry.resolve(name, domain: "", opset: first - 1).0 is any ExperimentalOperator.Type)
      #expect(!(try registry.resolve(name, domain: "", opset: first).0 is any ExperimentalOperator.Type))
    }
    #expect(try registry.resolve("Affine", domain: "", opset: 9).0 == Affine.self)
    #expect(throws: ModelError.self) { try registry.resolve("Affine", domain: "ai.onnx.ml", opset: 1) }
    #expect(throws: ModelError.self) { try registry.resolve("Relu", domain: "", opset: 0) }
    #expect(throws: ModelError.self) { try registry.resolve("ATen", domain: "", opset: 7) }
  }
}
