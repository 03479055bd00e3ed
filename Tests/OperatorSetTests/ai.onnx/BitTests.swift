import GraphIR
import TensorCore
import Testing

private let signedTypes: [ElementType] = [.int8, .int16, .int32, .int64]
private let unsignedTypes: [ElementType] = [.uint8, .uint16, .uint32, .uint64]
private let left: [String: Attribute] = ["direction": .string("LEFT")]
private let right: [String: Attribute] = ["direction": .string("RIGHT")]

/// Operators on the bits of integers. Expected values: by hand, in two's complement.
@Suite struct BitTests {
  @Test(arguments: [
    NumberCase("BitwiseAnd", 18, signedTypes + unsignedTypes, [[12, 5], [10, 2]], gives: [8, 0]),
    NumberCase("BitwiseOr", 18, signedTypes + unsignedTypes, [[12, 5], [10, 2]], gives: [14, 7]),
    NumberCase("BitwiseXor", 18, signedTypes + unsignedTypes, [[12, 5], [10, 2]], gives: [6, 7]),
    NumberCase("BitwiseAnd", 18, signedTypes, [[-1, -4], [10, 6]], gives: [10, 4]),
    NumberCase("BitwiseXor", 18, signedTypes, [[-1], [0]], gives: [-1]),
    NumberCase("BitwiseNot", 18, signedTypes, [[0, 5, -1]], gives: [-1, -6, 0]),
    NumberCase("BitwiseNot", 18, [.uint8], [[0, 5, 255]], gives: [255, 250, 0]),
    NumberCase("BitwiseNot", 18, [.uint32], [[5]], gives: [4_294_967_290]),
    NumberCase("BitShift", 11, right, unsignedTypes, [[16, 4, 1], [1, 2, 3]], gives: [8, 1, 0]),
    NumberCase("BitShift", 11, left, unsignedTypes, [[16, 4, 1], [1, 2, 3]], gives: [32, 16, 8]),
    NumberCase("BitShift", 11, left, [.uint8], [[255, 255, 1], [4, 8, 200]], gives: [240, 0, 0]),
    NumberCase("BitShift", 11, right, [.uint8], [[255, 255], [7, 8]], gives: [1, 0]),
    NumberCase("BitShift", 28, right, signedTypes, [[-16, 16, -1], [2, 2, 1]], gives: [-4, 4, -1]),
    NumberCase("BitShift", 28, right, [.int8], [[-3, 3, -3, 3], [8, 8, -1, -1]], gives: [-1, 0, -1, 0]),
    NumberCase("BitShift", 28, left, [.int8], [[64, 3, 3, -1], [1, 8, -1, 7]], gives: [-128, 0, 0, -128]),
  ])
  func table(_ row: NumberCase) throws { try row.check() }

  @Test func uint64ShiftsInZeros() throws {
    let (x, y) = (
      Tensor(.uint64, shape: [1], wrapping: [-1]), Tensor(.uint64, shape: [2], wrapping: [63, -1])
    )
    try OperatorCase(opset: 11, right, [x, y], gives: [Tensor(.uint64, shape: [2], wrapping: [1, 0])])
      .check("BitShift")
  }

  private static let binary: [(String, [String: Attribute])] = [
    ("BitwiseAnd", [:]), ("BitwiseOr", [:]), ("BitwiseXor", [:]), ("BitShift", left),
  ]

  @Test(arguments: binary) func shapes(_ name: String, _ attributes: [String: Attribute]) throws {
    let (a, b) = (
      Tensor(.uint8, shape: [3, 1], wrapping: [1, 2, 3]), Tensor(.uint8, shape: [2], wrapping: [0, 0])
    )
    let c: [Int64] = name == "BitwiseAnd" ? [0, 0, 0, 0, 0, 0] : [1, 1, 2, 2, 3, 3]
    try OperatorCase(opset: 18, attributes, [a, b], gives: [Tensor(.uint8, shape: [3, 2], wrapping: c)])
      .check(name)
    let empty = Tensor(.uint8, shape: [0, 1], wrapping: [])
    try OperatorCase(
      opset: 18, attributes, [empty, b], gives: [Tensor(.uint8, shape: [0, 2], wrapping: [])]
    ).check(name)
    expectError(.invalidShape, mentioning: "do not broadcast") {
      _ = try evaluate(name, opset: 18, attributes, [.tensor(a.reshaped([3])), .tensor(b)])
    }
  }

  @Test func directionIsOneOfTwo() {
    let x = Value.tensor(Tensor(.uint8, shape: [1], wrapping: [1]))
    expectError(.invalidAttribute, mentioning: "LEFT, RIGHT") {
      _ = try evaluate("BitShift", opset: 11, ["direction": .string("UP")], [x, x])
    }
  }
}
