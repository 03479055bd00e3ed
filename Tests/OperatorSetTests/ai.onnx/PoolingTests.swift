import GraphIR
import TensorCore
import Testing

private func row(_ x: [Float]) -> Tensor { Tensor(floats: x, shape: [1, 1, x.count]) }

/// Expected values: by hand, from the formulas.
@Suite struct PoolingTests {
  static let x = row([1, 5, 2, 4, 3])

  /// Convolutions have no formula for pads, and padding takes no cells away.
  @Test func convolutions() throws {
    let x = row([0, 1, 2, 3, 4, 5])
    try tries(
      "Conv", 22, ["strides": .ints([3]), "auto_pad": .string("SAME_UPPER")], [x, row([1])],
      gives: [row([0, 3])])
    try tries("Conv", 22, ["strides": .ints([2])], [row([1, 2]), row([1, 1, 1])], gives: [row([])])
    fails(
      "Conv", 22, ["strides": .ints([2])], [row([1, 2]), row([1, 1, 1, 1, 1])], .invalidShape,
      mentioning: "a kernel that spans 5 cells does not fit")
  }

  @Test(arguments: [
    OperatorCase(opset: 1, ["kernel_shape": .ints([2])], [x], gives: [row([5, 5, 4, 4])]),
    OperatorCase(
      opset: 22, ["kernel_shape": .ints([3, 3]), "strides": .ints([2, 2]), "dilations": .ints([1, 2])],
      [Tensor(floats: [Float](repeating: 1, count: 128), shape: [1, 2, 16, 4])],
      gives: [Tensor(floats: [], shape: [1, 2, 7, 0])], "⌊(4 − 5) / 2⌋ + 1 = 0 cells"),
    OperatorCase(
      opset: 22, ["kernel_shape": .ints([1]), "strides": .ints([3]), "auto_pad": .string("SAME_UPPER")],
      [row([0, 1, 2, 3, 4, 5])], gives: [row([1, 4])], "pads of −1 and −1 by the text's formula"),
    OperatorCase(
      opset: 12, ["kernel_shape": .ints([2]), "strides": .ints([2]), "ceil_mode": .int(1)], [x],
      gives: [row([5, 4, 3]), Tensor(int64: [1, 3, 4], shape: [1, 1, 3])], "a last, partial window"),
    OperatorCase(
      opset: 12,
      ["kernel_shape": .ints([1]), "strides": .ints([3]), "pads": .ints([0, 2]), "ceil_mode": .int(1)],
      [x], gives: [row([1, 4])], "a window that starts in the end padding does not count"),
    OperatorCase(
      opset: 12, ["kernel_shape": .ints([1]), "strides": .ints([5]), "pads": .ints([2, 0])], [x],
      gives: [row([-.infinity, 4]), Tensor(int64: [-1, 3], shape: [1, 1, 2])], "nothing but padding"),
    OperatorCase(
      opset: 11, ["kernel_shape": .ints([2]), "dilations": .ints([3])], [x], gives: [row([4, 5])]),
    OperatorCase(
      opset: 22, ["kernel_shape": .ints([2]), "auto_pad": .string("SAME_LOWER")], [x],
      gives: [row([1, 5, 5, 4, 4])]),
    OperatorCase(
      opset: 8, ["kernel_shape": .ints([2, 2]), "storage_order": .int(1)],
      [Tensor(floats: [1, 2, 9, 3, 4, 0], shape: [1, 1, 2, 3])],
      gives: [Tensor(floats: [4, 9], shape: [1, 1, 1, 2]), Tensor(int64: [3, 4], shape: [1, 1, 1, 2])],
      "positions counted with the first axis fastest"),
    OperatorCase(
      opset: 12, ["kernel_shape": .ints([2])], [Tensor(.int8, shape: [1, 1, 3], wrapping: [-3, -2, -9])],
      gives: [Tensor(.int8, shape: [1, 1, 2], wrapping: [-2, -2])]),
    OperatorCase(
      opset: 12, ["kernel_shape": .ints([2])], [Tensor(floats: [], shape: [0, 2, 3])],
      gives: [Tensor(floats: [], shape: [0, 2, 2])], "no images"),
    OperatorCase(
      opset: 12, ["kernel_shape": .ints([2])], [row([1, .nan, 3, 4])], gives: [row([.nan, .nan, 4])]),
  ])
  func maxPool(_ row: OperatorCase) throws { try row.check("MaxPool") }

  @Test(arguments: [
    OperatorCase(
      opset: 1, ["kernel_shape": .ints([2]), "pads": .ints([1, 0])], [x], gives: [row([1, 3, 3.5, 3, 3.5])]),
    OperatorCase(
      opset: 7, ["kernel_shape": .ints([2]), "pads": .ints([1, 0]), "count_include_pad": .int(1)], [x],
      gives: [row([0.5, 3, 3.5, 3, 3.5])]),
    OperatorCase(
      opset: 11,
      [
        "kernel_shape": .ints([4]), "strides": .ints([2]), "pads": .ints([0, 1]), "ceil_mode": .int(1),
        "count_include_pad": .int(1),
      ],
      [row([1, 5, 2, 4, 3, 1, 2])], gives: [row([3, 2.5, 1.5])], "padding counts as cells"),
    OperatorCase(
      opset: 11,
      [
        "kernel_shape": .ints([3]), "strides": .ints([3]), "ceil_mode": .int(1), "count_include_pad": .int(1),
      ],
      [x], gives: [row([8.0 / 3, 3.5])], "cells beyond the padded input do not"),
    OperatorCase(
      opset: 19, ["kernel_shape": .ints([2]), "dilations": .ints([2])], [x], gives: [row([1.5, 4.5, 2.5])]),
  ])
  func averagePool(_ row: OperatorCase) throws { try row.check("AveragePool") }

  @Test(arguments: [
    OperatorCase(
      opset: 1, ["kernel_shape": .ints([2]), "p": .float(1)], [row([3, -4, 0])], gives: [row([7, 4])]),
    OperatorCase(opset: 2, ["kernel_shape": .ints([2])], [row([3, -4, 0])], gives: [row([5, 4])]),
    OperatorCase(
      opset: 18, ["kernel_shape": .ints([2]), "pads": .ints([1, 0]), "strides": .ints([2])],
      [row([3, -4, 0])],
      gives: [row([3, 4])]),
    OperatorCase(opset: 1, [:], [row([3, -4])], gives: [row([5])], "the whole input"),
  ])
  func lpPool(_ row: OperatorCase) throws { try row.check("LpPool") }

  @Test func globalPools() throws {
    let x = Tensor(floats: [3, -4, 0, 6, 8, 1], shape: [1, 2, 3])
    func gives(_ y: [Float]) -> [Tensor] { [Tensor(floats: y, shape: [1, 2, 1])] }
    try OperatorCase(opset: 1, [:], [x], gives: gives([-1.0 / 3, 5])).check("GlobalAveragePool")
    try OperatorCase(opset: 22, [:], [x], gives: gives([3, 8])).check("GlobalMaxPool")
    try OperatorCase(opset: 2, ["p": .int(1)], [x], gives: gives([7, 15])).check("GlobalLpPool")
    try OperatorCase(opset: 1, ["p": .float(2)], [x], gives: gives([5, 10.049875621]))
      .check("GlobalLpPool")
  }

  @Test(arguments: [
    OperatorCase(
      opset: 9, ["kernel_shape": .ints([2]), "strides": .ints([2])],
      [row([5, 6]), Tensor(int64: [1, 2], shape: [1, 1, 2])], gives: [row([0, 5, 6, 0])]),
    OperatorCase(
      opset: 11, ["kernel_shape": .ints([2]), "strides": .ints([2])],
      [row([5, 6]), Tensor(int64: [1, 2], shape: [1, 1, 2]), Tensor(int64: [1, 1, 5])],
      gives: [row([0, 5, 6, 0, 0])]),
  ])
  func maxUnpool(_ row: OperatorCase) throws { try row.check("MaxUnpool") }

  @Test func errors() {
    expectError(.invalidShape, mentioning: "does not fit") {
      _ = try evaluate("MaxPool", opset: 12, ["kernel_shape": .ints([9])], [.tensor(Self.x)])
    }
    expectError(.invalidShape, mentioning: "rank 2") {
      _ = try evaluate(
        "AveragePool", opset: 19, ["kernel_shape": .ints([1])], [.tensor(Tensor(floats: [1], shape: [1, 1]))])
    }
    expectError(.invalidValue, mentioning: "index is 9") {
      _ = try evaluate(
        "MaxUnpool", opset: 11, ["kernel_shape": .ints([2])],
        [.tensor(row([5])), .tensor(Tensor(int64: [9], shape: [1, 1, 1]))])
    }
    expectError(.invalidShape, mentioning: "output_shape has 2 extents, but X has rank 3") {
      _ = try evaluate(
        "MaxUnpool", opset: 11, ["kernel_shape": .ints([2])],
        [.tensor(row([5])), .tensor(Tensor(int64: [0], shape: [1, 1, 1])), .tensor(Tensor(int64: [1, 2]))])
    }
  }
}
