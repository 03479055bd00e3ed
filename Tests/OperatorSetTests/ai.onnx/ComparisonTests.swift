import GraphIR
import TensorCore
import Testing

private let floatTypes: [ElementType] = [.float16, .bfloat16, .float, .double]
private let integerTypes: [ElementType] = [.int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64]

/// Comparisons, logic and Where. Expected values: the relations themselves, written out.
@Suite struct ComparisonTests {
  @Test(arguments: [
    NumberCase(
      "Equal", 13, floatTypes, [[1, 2, .nan, 0], [1, 3, .nan, -0.0]], gives: [1, 0, 0, 1], as: .bool),
    NumberCase("Equal", 11, integerTypes, [[1, 2], [1, 3]], gives: [1, 0], as: .bool),
    NumberCase("Equal", 1, [.bool, .int32, .int64], [[1, 1, 0], [1, 0, 0]], gives: [1, 0, 1], as: .bool),
    NumberCase(
      "Greater", 13, floatTypes, [[1, 2, 3, .nan], [2, 2, 2, 2]], gives: [0, 0, 1, 0], as: .bool),
    NumberCase("Greater", 9, integerTypes, [[1, 2, 3], [2, 2, 2]], gives: [0, 0, 1], as: .bool),
    NumberCase(
      "GreaterOrEqual", 16, floatTypes, [[1, 2, 3, .nan], [2, 2, 2, 2]], gives: [0, 1, 1, 0], as: .bool),
    NumberCase("GreaterOrEqual", 12, integerTypes, [[1, 2, 3], [2, 2, 2]], gives: [0, 1, 1], as: .bool),
    NumberCase("Less", 13, floatTypes, [[1, 2, 3, .nan], [2, 2, 2, 2]], gives: [1, 0, 0, 0], as: .bool),
    NumberCase("Less", 9, integerTypes, [[1, 2, 3], [2, 2, 2]], gives: [1, 0, 0], as: .bool),
    NumberCase(
      "LessOrEqual", 16, floatTypes, [[1, 2, 3, .nan], [2, 2, 2, 2]], gives: [1, 1, 0, 0], as: .bool),
    NumberCase("LessOrEqual", 12, integerTypes, [[1, 2, 3], [2, 2, 2]], gives: [1, 1, 0], as: .bool),
    NumberCase("And", 7, [.bool], [[0, 0, 1, 1], [0, 1, 0, 1]], gives: [0, 0, 0, 1]),
    NumberCase("Or", 7, [.bool], [[0, 0, 1, 1], [0, 1, 0, 1]], gives: [0, 1, 1, 1]),
    NumberCase("Xor", 7, [.bool], [[0, 0, 1, 1], [0, 1, 0, 1]], gives: [0, 1, 1, 0]),
    NumberCase("Not", 1, [.bool], [[0, 1]], gives: [1, 0]),
  ])
  func table(_ row: NumberCase) throws { try row.check() }

  private static let large: [(String, Bool, Bool)] = [
    ("Equal", false, false), ("Greater", true, false), ("GreaterOrEqual", true, true), ("Less", false, false),
    ("LessOrEqual", false, true),
  ]

  @Test(arguments: large)
  func largeIntegersAreComparedExactly(_ name: String, _ signed: Bool, _ unsigned: Bool) throws {
    let (a, b) = (Tensor(int64: [1 << 53 + 1]), Tensor(int64: [1 << 53]))
    try OperatorCase(opset: 16, [:], [a, b], gives: [Tensor(bools: [signed], shape: [1])]).check(name)
    let (most, one) = (
      Tensor(.uint64, shape: [2], wrapping: [-1, 1]), Tensor(.uint64, shape: [1], wrapping: [1])
    )
    let isMore = name.hasPrefix("Greater")
    try OperatorCase(
      opset: 16, [:], [most, one], gives: [Tensor(bools: [isMore, unsigned || name == "Equal"], shape: [2])]
    )
    .check(name)
  }

  @Test func stringsAreEqualByteByByte() throws {
    let a = Tensor(strings: ["a", "b", "\u{E9}"], shape: [3, 1])
    let b = Tensor(strings: ["a", "e\u{301}"], shape: [2])
    try OperatorCase(
      opset: 19, [:], [a, b],
      gives: [Tensor(bools: [true, false, false, false, false, false], shape: [3, 2])]
    ).check("Equal")
  }

  private static let binary = ["Equal", "Greater", "Less", "And", "Or", "Xor"]

  @Test(arguments: binary) func broadcasting(_ name: String) throws {
    let isLogic = ["And", "Or", "Xor"].contains(name)
    let type: ElementType = isLogic ? .bool : name == "Equal" ? .int32 : .float
    let a = Tensor(type, shape: [2, 3], wrapping: [0, 1, 0, 1, 1, 0])
    let b = Tensor(type, shape: [2], wrapping: [1, 0])
    // B is compared with the rows: 1 with 0 1 0, 0 with 1 1 0.
    let c: [Bool]
    switch name {
    case "Equal": c = [false, true, false, false, false, true]
    case "Greater": c = [false, false, false, true, true, false]
    case "Less": c = [true, false, true, false, false, false]
    case "And": c = [false, true, false, false, false, false]
    case "Or": c = [true, true, true, true, true, false]
    default: c = [true, false, true, true, true, false]
    }
    let row = Tensor(bools: c, shape: [2, 3])
    try OperatorCase(opset: 1, ["broadcast": .int(1), "axis": .int(0)], [a, b], gives: [row], "before 7")
      .check(name)
    try OperatorCase(opset: 7, [:], [a, b.reshaped([2, 1])], gives: [row], "from 7").check(name)
    expectError(.invalidShape, mentioning: "do not broadcast") {
      _ = try evaluate(name, opset: 7, [:], [.tensor(a), .tensor(b)])
    }
  }

  @Test(arguments: [
    OperatorCase(
      opset: 16,
      [:],
      [
        Tensor(bools: [true, false], shape: [2, 1, 1]), Tensor(strings: ["a", "b", "c"], shape: [3, 1]),
        Tensor(strings: ["x", "y"], shape: [2]),
      ],
      gives: [
        Tensor(strings: ["a", "a", "b", "b", "c", "c", "x", "y", "x", "y", "x", "y"], shape: [2, 3, 2])
      ], "three shapes"),
    OperatorCase(
      opset: 9,
      [:],
      [
        Tensor(bools: [true, false], shape: [2]),
        Tensor(.complex64, shape: [2], complex: [Complex(1, 2), Complex(3, 4)]),
        Tensor(.complex64, shape: [1], complex: [Complex(5, 6)]),
      ], gives: [Tensor(.complex64, shape: [2], complex: [Complex(1, 2), Complex(5, 6)])], "complex"),
    OperatorCase(
      opset: 16,
      [:],
      [
        Tensor(bools: [false, true], shape: [2]), Tensor(.bfloat16, shape: [], rounding: [1.5]),
        Tensor(.bfloat16, shape: [2], rounding: [.nan, 4]),
      ], gives: [Tensor(.bfloat16, shape: [2], rounding: [.nan, 1.5])], "bfloat16 and a scalar"),
    OperatorCase(
      opset: 9, [:], [Tensor(bools: [], shape: [0, 1]), Tensor(floats: [1, 2]), Tensor(floats: [3, 4])],
      gives: [Tensor(floats: [], shape: [0, 2])], "empty"),
  ])
  func choice(_ row: OperatorCase) throws { try row.check("Where") }

  @Test func whereNeedsShapesThatBroadcast() {
    let x = Value.tensor(Tensor(floats: [1, 2, 3]))
    expectError(.invalidShape, mentioning: "do not broadcast") {
      _ = try evaluate("Where", opset: 16, [:], [.tensor(Tensor(bools: [true, false], shape: [2])), x, x])
    }
  }
}
