import GraphIR
import TensorCore
import Testing

private func row(_ x: [Float]) -> Tensor { Tensor(floats: x, shape: [1, 1, x.count]) }

/// Expected values: by hand, spreading the filter.
@Suite struct ConvTransposeTests {
  @Test(arguments: [
    OperatorCase(opset: 1, [:], [row([1, 2]), row([1, 10, 100])], gives: [row([1, 12, 120, 200])]),
    OperatorCase(
      opset: 11, ["strides": .ints([2]), "output_padding": .ints([1])],
      [row([1, 2]), row([1, 10]), Tensor(floats: [3])],
      gives: [row([4, 13, 5, 23, 3])], "stride, bias, a cell more"),
    OperatorCase(
      opset: 11, ["pads": .ints([1, 0]), "dilations": .ints([2])], [row([1, 2]), row([1, 10])],
      gives: [row([2, 10, 20])]),
    OperatorCase(
      opset: 11, ["auto_pad": .string("SAME_UPPER")], [row([1, 2]), row([1, 10])], gives: [row([1, 12])],
      "the odd cell goes to the end"),
    OperatorCase(
      opset: 11, ["auto_pad": .string("SAME_LOWER")], [row([1, 2]), row([1, 10])], gives: [row([12, 20])]),
    OperatorCase(
      opset: 11, ["output_shape": .ints([2])], [row([1, 2]), row([1, 10])], gives: [row([12, 20])],
      "the odd cell goes to the begin"),
    OperatorCase(
      opset: 1, ["output_shape": .ints([1, 1, 2])], [row([1, 2]), row([1, 10])], gives: [row([1, 12])],
      "before 11 to the end, and N and M may be listed"),
    OperatorCase(
      opset: 11, ["output_shape": .ints([5])], [row([1, 2]), row([1, 10])], gives: [row([1, 12, 20, 0, 0])],
      "more than there is"),
    OperatorCase(
      opset: 22, ["group": .int(2)],
      [Tensor(floats: [1, 2], shape: [1, 2, 1]), Tensor(floats: [1, 10, 5, 50], shape: [2, 1, 2])],
      gives: [Tensor(floats: [1, 10, 10, 100], shape: [1, 2, 2])]),
  ])
  func table(_ row: OperatorCase) throws { try row.check("ConvTranspose") }

  @Test func padsTooLarge() {
    expectError(.invalidShape, mentioning: "output of -1") {
      _ = try evaluate(
        "ConvTranspose", opset: 11, ["pads": .ints([2, 1])], [.tensor(row([1])), .tensor(row([1, 10]))])
    }
  }
}
