import GraphIR
import TensorCore
import Testing

/// Expected values: numpy in float64, rounded to float32.
@Suite struct NormalizationTests {
  static let x = Tensor(floats: (0..<12).map(Float.init), shape: [2, 3, 2])
  static let ones = Tensor(floats: [1, 1, 1])
  static let zeros = Tensor(floats: [0, 0, 0])
  static let mean = Tensor(floats: [1, 2, 3])
  static let a: Float = 1.1507922
  static let b: Float = 0.8219945
  static let trained = Tensor(floats: [-a, -b, -a, -b, -a, -b, b, a, b, a, b, a], shape: [2, 3, 2])
  static let running = [trained, Tensor(floats: [1.25, 2.35, 3.45]), Tensor(floats: [1.825, 1.825, 1.825])]
  static let saved = [Tensor(floats: [3.5, 5.5, 7.5]), Tensor(floats: [9.25, 9.25, 9.25])]

  @Test(arguments: [
    OperatorCase(
      opset: 15, ["training_mode": .int(1)], [x, ones, zeros, mean, ones], gives: running,
      relativeTolerance: 1e-6),
    OperatorCase(
      opset: 9, [:], [x, ones, zeros, mean, ones], gives: running + saved, relativeTolerance: 1e-6,
      "many outputs mean training"),
    OperatorCase(
      opset: 6, ["is_test": .int(0)], [x, ones, zeros, mean, ones], gives: [trained],
      relativeTolerance: 1e-6),
    OperatorCase(
      opset: 7, ["epsilon": .float(0), "spatial": .int(0)],
      [
        Tensor(floats: [5, 7], shape: [1, 2]), Tensor(floats: [2, 3]), Tensor(floats: [1, 0]),
        Tensor(floats: [1, 1]), Tensor(floats: [4, 9]),
      ],
      gives: [Tensor(floats: [5, 6], shape: [1, 2])]),
    OperatorCase(
      opset: 15, ["epsilon": .float(0)],
      [
        Tensor(floats: [5, 9]), Tensor(floats: [2]), Tensor(floats: [1]), Tensor(floats: [1]),
        Tensor(floats: [4]),
      ],
      gives: [Tensor(floats: [5, 9])], "a vector has one channel"),
  ])
  func batch(_ row: OperatorCase) throws { try row.check("BatchNormalization") }

  @Test func layers() throws {
    let x = Tensor(floats: [1, 2, 4, 0, 0, 3], shape: [2, 3])
    let scale = Tensor(floats: [1, 2, 3])
    let y: [Float] = [-0.06904153, 0.46547922, 5.0089059, 0.292895, -0.414210, 5.2426300]
    try OperatorCase(
      opset: 17, [:], [x, scale, Tensor(floats: [1])],
      gives: [
        Tensor(floats: y, shape: [2, 3]), Tensor(floats: [2.3333333, 1], shape: [2, 1]),
        Tensor(floats: [0.8017812, 0.70710504], shape: [2, 1]),
      ], relativeTolerance: 1e-6
    ).check("LayerNormalization")
    try OperatorCase(
      opset: 23, [:], [x, Self.ones],
      gives: [Tensor(floats: [0.3779642, 0.7559284, 1.5118568, 0, 0, 1.732048], shape: [2, 3])],
      relativeTolerance: 1e-6
    ).check("RMSNormalization")
    expectError(.invalidShape, mentioning: "cannot be stretched") {
      _ = try evaluate("RMSNormalization", opset: 23, [:], [.tensor(x), .tensor(Tensor(floats: [1, 1]))])
    }
    expectError(.invalidAttribute, mentioning: "stash_type") {
      _ = try evaluate(
        "LayerNormalization", opset: 17, ["stash_type": .int(11)], [.tensor(x), .tensor(scale)])
    }
  }

  @Test func groups() throws {
    let x = Tensor(floats: (0..<8).map(Float.init), shape: [1, 4, 2])
    let attributes: [String: Attribute] = ["num_groups": .int(2)]
    let byChannel: [Float] = [
      -1.3416355, -0.4472118, 0.8944236, 2.683271, -4.0249062, -1.3416355, 1.7888472, 5.366542,
    ]
    let byGroup: [Float] = [
      -1.3416355, -0.4472118, 0.4472118, 1.3416355, -1.6832708, 0.10557639, 1.8944236, 3.6832708,
    ]
    try OperatorCase(
      opset: 21, attributes, [x, Tensor(floats: [1, 2, 3, 4]), Tensor(floats: [0, 0, 0, 0])],
      gives: [Tensor(floats: byChannel, shape: [1, 4, 2])], relativeTolerance: 1e-6
    ).check("GroupNormalization")
    try OperatorCase(
      opset: 18, attributes, [x, Tensor(floats: [1, 2]), Tensor(floats: [0, 1])],
      gives: [Tensor(floats: byGroup, shape: [1, 4, 2])], relativeTolerance: 1e-6
    ).check("GroupNormalization")
    let pair: [Float] = [-0.99996, 2.99996]
    try OperatorCase(
      opset: 6, [:], [x, Tensor(floats: [2, 2, 2, 2]), Tensor(floats: [1, 1, 1, 1])],
      gives: [Tensor(floats: pair + pair + pair + pair, shape: [1, 4, 2])], relativeTolerance: 1e-6
    ).check("InstanceNormalization")
  }

  @Test func others() throws {
    try OperatorCase(
      opset: 13, ["size": .int(2), "alpha": .float(0.1)], [Tensor(floats: [1, 2, 3], shape: [1, 3, 1])],
      gives: [Tensor(floats: [0.845897, 1.3737795, 2.2703629], shape: [1, 3, 1])], relativeTolerance: 1e-6
    ).check("LRN")
    try OperatorCase(
      opset: 13, [:], [Tensor(floats: [1, 3, 2, 6], shape: [1, 2, 1, 2])],
      gives: [Tensor(floats: [-1, 1, -1, 1], shape: [1, 2, 1, 2])], relativeTolerance: 1e-6
    ).check("MeanVarianceNormalization")
    let x = Tensor(floats: [3, 4, 0, 0], shape: [2, 2])
    try OperatorCase(
      opset: 1, [:], [x], gives: [Tensor(floats: [0.6, 0.8, 0, 0], shape: [2, 2])], relativeTolerance: 1e-7
    )
    .check("LpNormalization")
    try OperatorCase(
      opset: 22, ["axis": .int(0), "p": .int(1)], [x], gives: [Tensor(floats: [1, 1, 0, 0], shape: [2, 2])]
    ).check("LpNormalization")
  }
}
