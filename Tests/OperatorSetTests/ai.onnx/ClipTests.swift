import GraphIR
import TensorCore
import Testing

/// Expected values: min(max(x, min), max) by hand; NaN as in NumPy's minimum and maximum.
@Suite struct ClipTests {
  private static let x: Tensor = Tensor(floats: [-2, -0.5, 0.5, 2, .nan])
  private static func scalar(_ value: Float) -> Tensor { Tensor(floats: [value], shape: []) }

  @Test(arguments: [
    OperatorCase(
      opset: 13, [:], [x, scalar(-1), scalar(1)], gives: [Tensor(floats: [-1, -0.5, 0.5, 1, .nan])],
      "both bounds"),
    OperatorCase(
      opset: 11, [:], [x, scalar(-1)], gives: [Tensor(floats: [-1, -0.5, 0.5, 2, .nan])], "no max"),
    OperatorCase(
      opset: 11, [:], [x, nil, scalar(1)], gives: [Tensor(floats: [-2, -0.5, 0.5, 1, .nan])], "no min"),
    OperatorCase(opset: 13, [:], [x], gives: [x], "no bounds"),
    OperatorCase(
      opset: 13, [:], [x, scalar(2), scalar(1)], gives: [Tensor(floats: [1, 1, 1, 1, .nan])], "min over max"),
    OperatorCase(
      opset: 13, [:], [x, scalar(.nan), scalar(1)], gives: [Tensor(floats: [.nan, .nan, .nan, .nan, .nan])],
      "NaN min"),
    OperatorCase(
      opset: 13, [:], [x, nil, scalar(.nan)], gives: [Tensor(floats: [.nan, .nan, .nan, .nan, .nan])],
      "NaN max"),
    OperatorCase(
      opset: 13, [:], [Tensor(floats: [.infinity, -.infinity])],
      gives: [Tensor(floats: [.infinity, -.infinity])],
      "an omitted bound does not bound"),
    OperatorCase(
      opset: 6, ["min": .float(-1), "max": .float(1)], [x],
      gives: [Tensor(floats: [-1, -0.5, 0.5, 1, .nan])], "attributes"),
    OperatorCase(
      opset: 1, ["max": .float(0)], [x], gives: [Tensor(floats: [-2, -0.5, 0, 0, .nan])], "no default in 1"),
    OperatorCase(
      opset: 6, [:], [Tensor(floats: [.infinity])], gives: [Tensor(floats: [.greatestFiniteMagnitude])],
      "the default of 6"),
    OperatorCase(
      opset: 13, [:], [Tensor(floats: [], shape: [2, 0]), scalar(0)],
      gives: [Tensor(floats: [], shape: [2, 0])],
      "empty"),
  ])
  func table(_ row: OperatorCase) throws { try row.check("Clip") }

  private static let integers: [ElementType] = [
    .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64,
  ]

  @Test(arguments: integers) func clippedIntegers(_ type: ElementType) throws {
    let (low, high) = (Tensor(type, shape: [], wrapping: [2]), Tensor(type, shape: [], wrapping: [5]))
    try OperatorCase(
      opset: 12, [:], [Tensor(type, shape: [3], wrapping: [1, 4, 9]), low, high],
      gives: [Tensor(type, shape: [3], wrapping: [2, 4, 5])]
    ).check("Clip")
  }

  @Test func boundsAreScalars() {
    expectError(.invalidShape, mentioning: "min must hold one element") {
      _ = try evaluate("Clip", opset: 13, [:], [.tensor(Self.x), .tensor(Self.x)])
    }
  }
}
