import GraphIR
import TensorCore
import Testing

/// Expected values: numpy in float64, rounded to float32, or by hand.
@Suite struct LossTests {
  static let logP = Tensor(floats: [-1, -2, -3, -4, -5, -6], shape: [2, 3])
  static let target = Tensor(int64: [2, 0])
  static let weight = Tensor(floats: [1, 2, 3])

  @Test(arguments: [
    OperatorCase(
      opset: 12, ["reduction": .string("none")], [logP, target], gives: [Tensor(floats: [3, 4])]),
    OperatorCase(
      opset: 13, ["reduction": .string("sum")], [logP, target, weight],
      gives: [Tensor(floats: [13], shape: [])]),
    OperatorCase(opset: 13, [:], [logP, target, weight], gives: [Tensor(floats: [3.25], shape: [])]),
    OperatorCase(
      opset: 22, ["ignore_index": .int(-9)], [logP, Tensor(.int32, shape: [2], wrapping: [1, -9])],
      gives: [Tensor(floats: [2], shape: [])], "what is ignored is not in the divisor"),
    OperatorCase(
      opset: 13, ["reduction": .string("none")],
      [logP.reshaped([1, 3, 2]), Tensor(int64: [2, 0], shape: [1, 2])],
      gives: [Tensor(floats: [5, 2], shape: [1, 2])]),
  ])
  func negativeLogLikelihood(_ row: OperatorCase) throws { try row.check("NegativeLogLikelihoodLoss") }

  @Test func softmaxCrossEntropy() throws {
    let scores = Tensor(floats: [1, 2, 3, 1, 0, 1], shape: [2, 3])
    let logP: [Float] = [-2.4076059, -1.407606, -0.40760598, -0.8619948, -1.861995, -0.8619948]
    try OperatorCase(
      opset: 12, ["reduction": .string("none")], [scores, Self.target],
      gives: [Tensor(floats: [0.40760598, 0.8619948]), Tensor(floats: logP, shape: [2, 3])],
      relativeTolerance: 1e-6
    ).check("SoftmaxCrossEntropyLoss")
    try OperatorCase(
      opset: 13, [:], [scores, Self.target, Self.weight], gives: [Tensor(floats: [0.52120316], shape: [])],
      relativeTolerance: 1e-6
    ).check("SoftmaxCrossEntropyLoss")
  }

  @Test func errors() {
    expectError(.invalidValue, mentioning: "a class is 3") {
      _ = try evaluate(
        "NegativeLogLikelihoodLoss", opset: 13, [:], [.tensor(Self.logP), .tensor(Tensor(int64: [3, 0]))])
    }
    expectError(.invalidShape, mentioning: "the classes have shape") {
      _ = try evaluate(
        "NegativeLogLikelihoodLoss", opset: 13, [:], [.tensor(Self.logP), .tensor(Tensor(int64: [1]))])
    }
  }
}
