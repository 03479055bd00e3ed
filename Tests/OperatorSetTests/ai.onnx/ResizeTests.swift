import GraphIR
import TensorCore
import Testing

/// Expected values: numpy in float64 by the text's formulas; the row of version 10 is that of ONNX 1.5's own
/// case.
@Suite struct ResizeTests {
  static let x = Tensor(floats: [1, 2, 4, 8])
  static func scales(_ s: Float...) -> Tensor { Tensor(floats: s) }
  static func y(_ y: [Float]) -> [Tensor] { [Tensor(floats: y)] }

  @Test(arguments: [
    OperatorCase(
      opset: 10, [:], [x, scales(0.6)], gives: y([1, 4]), "10 takes the next cell when shrinking"),
    OperatorCase(
      opset: 10, ["mode": .string("linear")], [x, scales(1.5)],
      gives: y([1, 1.6666666, 2.6666665, 4, 6.6666665, 8]), relativeTolerance: 1e-6),
    OperatorCase(
      opset: 13, ["mode": .string("cubic")], [x, nil, scales(2)],
      gives: y([0.89453125, 1.15625, 1.5625, 2.4179688, 3.1601562, 5.1171875, 7.1640625, 8.421875]),
      relativeTolerance: 1e-6),
    OperatorCase(
      opset: 13, ["mode": .string("cubic"), "exclude_outside": .int(1)], [x, nil, scales(2)],
      gives: y([0.8636364, 1.1413428, 1.5433962, 2.4179688, 3.1601562, 5.2150946, 7.2438164, 8.545455]),
      relativeTolerance: 1e-6),
    OperatorCase(
      opset: 18, ["mode": .string("linear"), "antialias": .int(1)], [x, nil, scales(0.5)],
      gives: y([1.75, 5.75]),
      relativeTolerance: 1e-6),
    OperatorCase(
      opset: 13,
      ["mode": .string("cubic"), "coordinate_transformation_mode": .string("pytorch_half_pixel")],
      [x, nil, nil, Tensor(int64: [1])], gives: y([1]), "one cell shows the first, not the place -0.5"),
    OperatorCase(
      opset: 11, ["mode": .string("linear"), "coordinate_transformation_mode": .string("align_corners")],
      [x, Tensor(floats: []), Tensor(floats: []), Tensor(int64: [1])], gives: y([1])),
    OperatorCase(
      opset: 11,
      ["coordinate_transformation_mode": .string("tf_half_pixel_for_nn"), "nearest_mode": .string("floor")],
      [x, Tensor(floats: []), scales(0.5)], gives: y([2, 8])),
    OperatorCase(
      opset: 13, ["coordinate_transformation_mode": .string("tf_half_pixel_for_nn")],
      [x, nil, scales(0.5)], gives: y([2, 8]), "files of ONNX 1.8 to 1.10"),
    OperatorCase(
      opset: 13,
      [
        "mode": .string("linear"), "coordinate_transformation_mode": .string("tf_crop_and_resize"),
        "extrapolation_value": .float(10),
      ],
      [x, Tensor(floats: [0.5, 1.5]), nil, Tensor(int64: [3])], gives: y([3, 8, 10])),
    OperatorCase(
      opset: 18, ["axes": .ints([-1]), "keep_aspect_ratio_policy": .string("not_larger")],
      [x.reshaped([2, 2]), nil, nil, Tensor(int64: [3])],
      gives: [Tensor(floats: [1, 1, 2, 4, 4, 8], shape: [2, 3])]),
    OperatorCase(
      opset: 19, ["mode": .string("linear")],
      [Tensor(.uint8, shape: [2], wrapping: [0, 255]), nil, scales(2)],
      gives: [Tensor(.uint8, shape: [4], wrapping: [0, 64, 191, 255])], "integers round"),
    OperatorCase(
      opset: 19, [:], [Tensor(strings: ["a", "b"], shape: [2]), nil, scales(2)],
      gives: [Tensor(strings: ["a", "a", "b", "b"], shape: [4])]),
    OperatorCase(
      opset: 13, [:], [Tensor(floats: [], shape: [0, 2]), nil, scales(1, 2)],
      gives: [Tensor(floats: [], shape: [0, 4])]),
  ])
  func resize(_ row: OperatorCase) throws { try row.check("Resize") }

  @Test(arguments: [
    OperatorCase(
      opset: 1, ["height_scale": .float(1), "width_scale": .float(2)], [x.reshaped([1, 1, 2, 2])],
      gives: [Tensor(floats: [1, 1, 2, 2, 4, 4, 8, 8], shape: [1, 1, 2, 4])]),
    OperatorCase(
      opset: 7, ["scales": .floats([1.5]), "mode": .string("linear")], [x],
      gives: y([1, 1.6666666, 2.6666665, 4, 6.6666665, 8]), relativeTolerance: 1e-6),
    OperatorCase(opset: 9, [:], [x, scales(1.5)], gives: y([1, 1, 2, 4, 4, 8])),
    OperatorCase(
      opset: 9, ["mode": .string("linear")],
      [Tensor(.complex64, shape: [2], complex: [Complex(0, 2), Complex(4, -2)]), scales(2)],
      gives: [
        Tensor(
          .complex64, shape: [4], complex: [Complex(0, 2), Complex(2, 0), Complex(4, -2), Complex(4, -2)])
      ], "complex numbers by their parts"),
  ])
  func upsample(_ row: OperatorCase) throws { try row.check("Upsample") }

  @Test func errors() {
    expectError(.invalidValue, mentioning: "exactly one") {
      _ = try evaluate("Resize", opset: 13, [:], [.tensor(Self.x)])
    }
    expectError(.invalidAttribute, mentioning: "half_pixel_symmetric") {
      _ = try evaluate(
        "Resize", opset: 18, ["coordinate_transformation_mode": .string("half_pixel_symmetric")],
        [.tensor(Self.x), nil, .tensor(Self.scales(2))])
    }
    expectError(.invalidValue, mentioning: "must be positive") {
      _ = try evaluate("Resize", opset: 13, [:], [.tensor(Self.x), nil, .tensor(Self.scales(-1))])
    }
    expectError(.invalidValue, mentioning: "at least 1") {
      _ = try evaluate("Upsample", opset: 9, [:], [.tensor(Self.x), .tensor(Self.scales(0.5))])
    }
  }
}
