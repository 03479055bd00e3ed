import GraphIR
import TensorCore
import Testing

/// Operators that sample or pick regions of images. Expected values: numpy in float64, or by hand.
@Suite struct RegionTests {
  static let line = Tensor(floats: [1, 2, 4, 8], shape: [1, 1, 1, 4])
  static func grid(_ x: Float...) -> Tensor {
    Tensor(floats: x.flatMap { [$0, 0] }, shape: [1, 1, x.count, 2])
  }
  static func y(_ y: Float...) -> [Tensor] { [Tensor(floats: y, shape: [1, 1, 1, y.count])] }

  @Test(arguments: [
    OperatorCase(opset: 16, [:], [line, grid(-0.5, 0, 1)], gives: y(1.5, 3, 4)),
    OperatorCase(opset: 16, ["align_corners": .int(1)], [line, grid(-1, 0, 1)], gives: y(1, 3, 8)),
    OperatorCase(
      opset: 20, ["mode": .string("cubic")],
      [line.reshaped([1, 1, 4]), Tensor(floats: [-0.5, 0.1, 0.9], shape: [1, 3, 1])],
      gives: [Tensor(floats: [1.40625, 3.04825, 6.209], shape: [1, 1, 3])], relativeTolerance: 1e-6,
      "one axis"),
    OperatorCase(
      opset: 22, ["padding_mode": .string("border")], [line, grid(-3, 1, .infinity)], gives: y(1, 8, 8)),
    OperatorCase(
      opset: 20, ["padding_mode": .string("reflection"), "mode": .string("nearest")],
      [line, grid(-1.25, 1.75, 3.25)],
      gives: y(1, 4, 1)),
    OperatorCase(
      opset: 16, ["mode": .string("nearest")],
      [Tensor(strings: ["a", "b"], shape: [1, 1, 1, 2]), grid(-0.5, 3)],
      gives: [Tensor(strings: ["a", ""], shape: [1, 1, 1, 2])]),
    OperatorCase(
      opset: 16, [:], [Tensor(.int32, shape: [1, 1, 1, 2], wrapping: [0, -3]), grid(0)],
      gives: [Tensor(.int32, shape: [1, 1, 1, 1], wrapping: [-1])], "integers are cut"),
  ])
  func gridSample(_ row: OperatorCase) throws { try row.check("GridSample") }

  @Test func infiniteRegion() {
    expectError(.invalidValue, mentioning: "rois holds a region whose bins are inf cells long") {
      let rois = Tensor(floats: [0, 0, .infinity, 2], shape: [1, 4])
      _ = try evaluate("RoiAlign", opset: 16, [:], [Self.image, rois, Tensor(int64: [0])].map(Value.tensor))
    }
  }

  static let image = Tensor(floats: (0..<16).map(Float.init), shape: [1, 1, 4, 4])
  static let roi = Tensor(floats: [0, 0, 2, 2], shape: [1, 4])
  static func pooled(_ y: Float) -> [Tensor] { [Tensor(floats: [y], shape: [1, 1, 1, 1])] }

  @Test(arguments: [
    OperatorCase(opset: 10, ["sampling_ratio": .int(1)], [image, roi, Tensor(int64: [0])], gives: pooled(5)),
    OperatorCase(
      opset: 16, ["sampling_ratio": .int(1)], [image, roi, Tensor(int64: [0])], gives: pooled(2.5)),
    OperatorCase(opset: 22, [:], [image, roi, Tensor(int64: [0])], gives: pooled(2.5), "four points"),
    OperatorCase(
      opset: 16, ["sampling_ratio": .int(1), "mode": .string("max")], [image, roi, Tensor(int64: [0])],
      gives: pooled(1.25), "the largest weighed corner"),
    OperatorCase(
      opset: 16, [:], [image, Tensor(floats: [2, 2, 1, 1], shape: [1, 4]), Tensor(int64: [0])],
      gives: pooled(0),
      "a region turned over has no points"),
  ])
  func roiAlign(_ row: OperatorCase) throws { try row.check("RoiAlign") }

  @Test func maxRoiPool() throws {
    try OperatorCase(
      opset: 1, ["pooled_shape": .ints([2, 1])],
      [Self.image, Tensor(floats: [0, 1, 0, 2, 2, 0, 9, 9, 12, 12], shape: [2, 5])],
      gives: [Tensor(floats: [6, 10, 0, 0], shape: [2, 1, 2, 1])]
    ).check("MaxRoiPool")
    expectError(.invalidValue, mentioning: "image index is 7") {
      _ = try evaluate(
        "RoiAlign", opset: 16, [:], [.tensor(Self.image), .tensor(Self.roi), .tensor(Tensor(int64: [7]))])
    }
  }

  @Test func nonMaxSuppression() throws {
    let boxes = Tensor(floats: [0, 0, 1, 1, 1, 1, 0, 0.1, 0, 5, 1, 6], shape: [1, 3, 4])
    let scores = Tensor(floats: [0.5, 0.5, 0.9], shape: [1, 1, 3])
    let limits = [Tensor(int64: [9]), Tensor(floats: [0.5]), Tensor(floats: [0.1])]
    func rows(_ boxes: Int...) -> [Tensor] {
      [Tensor(int64: boxes.flatMap { [0, 0, $0] }, shape: [boxes.count, 3])]
    }
    try OperatorCase(opset: 10, [:], [boxes, scores], gives: rows(), "by default none").check(
      "NonMaxSuppression")
    try OperatorCase(opset: 11, [:], [boxes, scores] + limits, gives: rows(2, 0)).check("NonMaxSuppression")
    try OperatorCase(
      opset: 11, [:], [boxes, scores, Tensor(int64: [9]), Tensor(floats: [1])], gives: rows(2, 0, 1)
    ).check("NonMaxSuppression")
    try OperatorCase(
      opset: 11, ["center_point_box": .int(1)],
      [
        Tensor(floats: [1, 1, 2, 2, 2, 1, 2, 2], shape: [1, 2, 4]),
        Tensor(floats: [1, 2], shape: [1, 1, 2]),
      ]
        + [Tensor(int64: [9]), Tensor(floats: [0.25])], gives: rows(1)
    ).check("NonMaxSuppression")
  }

  @Test func deformConv() throws {
    let x = Tensor(floats: [1, 2, 4, 8], shape: [1, 1, 4])
    let w = Tensor(floats: [1, 10], shape: [1, 1, 2])
    let offset = Tensor(floats: [0, 0.5, 0, 0, 0, 9], shape: [1, 2, 3])
    try OperatorCase(
      opset: 19, [:], [x, w, offset], gives: [Tensor(floats: [21, 43, 4], shape: [1, 1, 3])]
    ).check("DeformConv")
    try OperatorCase(
      opset: 22, [:],
      [x, w, offset, Tensor(floats: [1]), Tensor(floats: [1, 0, 1, 2, 1, 1], shape: [1, 2, 3])],
      gives: [Tensor(floats: [42, 41, 5], shape: [1, 1, 3])]
    ).check("DeformConv")
  }
}
