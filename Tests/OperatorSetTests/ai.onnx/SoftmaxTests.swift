import TensorCore
import Testing

/// Expected values: scipy.special.softmax in float64, rounded to float32.
@Suite struct SoftmaxTests {
  @Test(arguments: [
    OperatorCase(
      opset: 13, [:], [Tensor(floats: [0, 1, 2, 3, 3, 3], shape: [2, 3])],
      gives: [
        Tensor(
          floats: [0.09003057, 0.24472848, 0.66524094, 0.33333334, 0.33333334, 0.33333334], shape: [2, 3])
      ], relativeTolerance: 1e-7, "last axis"),
    OperatorCase(
      opset: 11, ["axis": .int(0)], [Tensor(floats: [0, 0, 0, 0], shape: [2, 2])],
      gives: [Tensor(floats: [0.25, 0.25, 0.25, 0.25], shape: [2, 2])], "flattened from axis 0"),
    OperatorCase(
      opset: 13, ["axis": .int(0)], [Tensor(floats: [0, 0, 0, 0], shape: [2, 2])],
      gives: [Tensor(floats: [0.5, 0.5, 0.5, 0.5], shape: [2, 2])], "one axis"),
    OperatorCase(
      opset: 13, [:], [Tensor(floats: [], shape: [3, 0])], gives: [Tensor(floats: [], shape: [3, 0])], "empty"
    ),
    OperatorCase(
      opset: 13, [:], [Tensor(floats: [1000, 1000], shape: [2])],
      gives: [Tensor(floats: [0.5, 0.5])], "no overflow"),
    OperatorCase(
      opset: 11, ["axis": .int(0)], [Tensor(floats: [7], shape: [])],
      gives: [Tensor(floats: [1], shape: [])], "a scalar, flattened"),
  ])
  func table(_ row: OperatorCase) throws { try row.check("Softmax") }

  @Test func axisOutOfRange() {
    expectError(.invalidAttribute, mentioning: "axis is 5") {
      _ = try evaluate("Softmax", opset: 13, ["axis": .int(5)], [.tensor(Tensor(floats: [1, 2]))])
    }
    for name in ["Softmax", "LogSoftmax", "Hardmax"] {
      expectError(.invalidAttribute, mentioning: "axis is 1") {
        _ = try evaluate(name, opset: 1, [:], [.tensor(Tensor(floats: [1], shape: []))])
      }
    }
  }
}
