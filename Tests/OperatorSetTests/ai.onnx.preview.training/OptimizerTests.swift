import GraphIR
import TensorCore
import Testing

private let training = "ai.onnx.preview.training"

/// Adagrad, Adam and Momentum. Expected values: the equations of the specification in Python's float64.
@Suite struct OptimizerTests {
  private static func tensor(_ values: [Double], _ shape: [Int]? = nil) -> Tensor {
    Tensor(.double, shape: shape ?? [values.count], rounding: values)
  }
  private static func count(_ T: Int) -> Tensor { Tensor(int64: [T], shape: []) }
  private static let rate: Tensor = tensor([0.5], [])
  private static let norms: [String: Attribute] = [
    "norm_coefficient": .float(0.25), "epsilon": .float(0.125),
  ]

  @Test(arguments: [
    OperatorCase(
      opset: 1, norms.merging(["decay_factor": .float(0.5)]) { $1 },
      [rate, count(2), tensor([1, -2]), tensor([0.5, 1]), tensor([2, 3])],
      gives: [tensor([0.8913535416423402, -2.064841570540367]), tensor([2.5625, 3.25])],
      relativeTolerance: 1e-15, "decay"),
    OperatorCase(
      opset: 1, norms,
      [rate, count(0), tensor([1]), tensor([-2]), tensor([0.5]), tensor([1]), tensor([2]), tensor([3])],
      gives: [tensor([0.7827070832846804]), tensor([-2.1296831410807338]), tensor([2.5625]), tensor([3.25])],
      relativeTolerance: 1e-15, "two tensors"),
  ])
  func adagradStep(_ row: OperatorCase) throws { try row.check("Adagrad", domain: training) }

  private static let means: [String: Attribute] = [
    "alpha": .float(0.75), "beta": .float(0.5), "norm_coefficient_post": .float(0.25),
  ]

  @Test(arguments: [
    OperatorCase(
      opset: 1, means.merging(norms) { $1 },
      [rate, count(3), tensor([1, -2]), tensor([0.5, 1]), tensor([2, 3]), tensor([4, 5])],
      gives: [
        tensor([0.12390758105508287, -2.325725398230721]), tensor([1.6875, 2.375]), tensor([2.28125, 2.625]),
      ], relativeTolerance: 1e-15, "T = 3"),
    OperatorCase(
      opset: 1, means.merging(norms) { $1 },
      [rate, count(0), tensor([1]), tensor([0.5]), tensor([2]), tensor([4])],
      gives: [tensor([0.3630488259219137]), tensor([1.6875]), tensor([2.28125])], relativeTolerance: 1e-15,
      "T = 0"),
  ])
  func adamStep(_ row: OperatorCase) throws { try row.check("Adam", domain: training) }

  private static func momentum(_ mode: String) -> [String: Attribute] {
    ["alpha": .float(0.75), "beta": .float(0.5), "norm_coefficient": .float(0.25), "mode": .string(mode)]
  }
  private static let state: [Tensor] = [tensor([1, -2]), tensor([0.5, 1]), tensor([2, 3])]

  @Test(arguments: [
    OperatorCase(
      opset: 1, momentum("standard"), [rate, count(0)] + state,
      gives: [tensor([-0.125, -3.375]), tensor([2.25, 2.75])], "T = 0 ignores beta"),
    OperatorCase(
      opset: 1, momentum("standard"), [rate, count(1)] + state,
      gives: [tensor([0.0625, -3.25]), tensor([1.875, 2.5])], "standard"),
    OperatorCase(
      opset: 1, momentum("nesterov"), [rate, count(1)] + state,
      gives: [tensor([-0.078125, -3.1875]), tensor([1.875, 2.5])], "nesterov"),
  ])
  func momentumStep(_ row: OperatorCase) throws { try row.check("Momentum", domain: training) }

  private static let optimizers: [(String, Int, [String: Attribute])] = [
    ("Adagrad", 3, [:]), ("Adam", 4, [:]), ("Momentum", 3, momentum("standard")),
  ]

  @Test(arguments: optimizers) func shapesAndCounts(
    _ name: String, _ groups: Int, _ attributes: [String: Attribute]
  ) {
    let (x, scalars) = (
      Value.tensor(Self.tensor([1, 2])), [Value.tensor(Self.rate), .tensor(Self.count(1))]
    )
    expectError(.invalidValue, mentioning: "multiple of \(groups)") {
      _ = try evaluate(name, domain: training, opset: 1, attributes, scalars + [x, x])
    }
    let group = [Value](repeating: x, count: groups - 1) + [.tensor(Self.tensor([1]))]
    expectError(.invalidShape, mentioning: "must have the same shape") {
      _ = try evaluate(name, domain: training, opset: 1, attributes, scalars + group)
    }
  }

  @Test func modeIsOneOfTwo() {
    expectError(.invalidAttribute, mentioning: "standard, nesterov") {
      _ = try OperatorCase(
        opset: 1, Self.momentum("fast"), [Self.rate, Self.count(0)] + Self.state, gives: []
      )
      .check("Momentum", domain: training)
    }
  }
}
