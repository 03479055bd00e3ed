import GraphIR
import TensorCore
import Testing

/// Expected values: numpy in float64 by the equations, rounded to float32.
@Suite struct RecurrenceTests {
  static let W = Tensor(floats: [0.5, -1, 2, 1], shape: [1, 4, 1])
  static let R = Tensor(floats: [0.25, 0.5, -0.5, 1], shape: [1, 4, 1])
  static let B = Tensor(floats: [0.1, 0.2, 0.3, 0.4, 0, 0, 0, 0.1], shape: [1, 8])
  static let P = Tensor(floats: [0.5, -0.25, 1], shape: [1, 3])
  static let h = Tensor(floats: [0.5], shape: [1, 1, 1])
  static let c = Tensor(floats: [-0.5], shape: [1, 1, 1])
  static let X = Tensor(floats: [1, -2], shape: [2, 1, 1])
  static let inputs: [Tensor?] = [X, W, R, B, nil, h, c, P]

  static func states(_ y: [Float], _ h: Float, _ c: Float, shape: [Int] = [2, 1, 1, 1]) -> [Tensor] {
    [
      Tensor(floats: y, shape: shape), Tensor(floats: [h], shape: [1, 1, 1]),
      Tensor(floats: [c], shape: [1, 1, 1]),
    ]
  }

  @Test(arguments: [
    OperatorCase(
      opset: 7, [:], inputs, gives: states([0.06394999, -0.24220356], -0.24220356, -0.27307168),
      relativeTolerance: 1e-6),
    OperatorCase(
      opset: 1, ["clip": .float(0.5)], inputs,
      gives: states([-0.009928428, -0.11349721], -0.11349721, -0.18439874), relativeTolerance: 1e-6,
      "also what goes into h is clipped"),
    OperatorCase(
      opset: 7, ["input_forget": .int(1)], inputs,
      gives: states([0.13104391, -0.029150093], -0.029150093, -0.03216203), relativeTolerance: 1e-6),
    OperatorCase(
      opset: 7, ["direction": .string("reverse")], inputs,
      gives: states([0.089838475, -0.18852434], 0.089838475, 0.34186834), relativeTolerance: 1e-6),
    OperatorCase(
      opset: 22, ["layout": .int(1)], [X.reshaped([1, 2, 1]), W, R, B, nil, h, c, P],
      gives: states([0.06394999, -0.24220356], -0.24220356, -0.27307168, shape: [1, 2, 1, 1]),
      relativeTolerance: 1e-6),
    OperatorCase(
      opset: 14, [:], [X, W, R, B, Tensor(.int32, shape: [1], wrapping: [1]), h, c, P],
      gives: [
        Tensor(floats: [0.06394999, 0], shape: [2, 1, 1, 1]), Tensor(floats: [0.06394999], shape: [1, 1, 1]),
      ],
      relativeTolerance: 1e-6, "past its length a sequence yields 0"),
    OperatorCase(
      opset: 14, [:], [X, W, R, B, Tensor(.int32, shape: [1], wrapping: [0]), h, c, P],
      gives: states([0, 0], 0.5, -0.5), "no steps"),
  ])
  func lstm(_ row: OperatorCase) throws { try row.check("LSTM") }

  @Test func gru() throws {
    let inputs: [Tensor?] = [
      Self.X, Tensor(floats: [0.5, -1, 2], shape: [1, 3, 1]),
      Tensor(floats: [0.25, 0.5, -0.5], shape: [1, 3, 1]),
      Tensor(floats: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], shape: [1, 6]), nil, Self.h,
    ]
    for (linear, opset, y) in [(0, 3, [0.62065613, -0.32670528]), (1, 22, [0.6190647, -0.32759127])]
      as [(Int, Int, [Float])]
    {
      try OperatorCase(
        opset: opset, ["linear_before_reset": .int(linear)], inputs,
        gives: [Tensor(floats: y, shape: [2, 1, 1, 1]), Tensor(floats: [y[1]], shape: [1, 1, 1])],
        relativeTolerance: 1e-6
      ).check("GRU")
    }
    try OperatorCase(
      opset: 1, [:], inputs, gives: [Tensor(floats: [0.62065613, -0.32670528], shape: [2, 1, 1, 1])],
      relativeTolerance: 1e-6, "the misspelt default direction"
    ).check("GRU")
  }

  @Test func rnn() throws {
    let weights = (Tensor(floats: [1.5], shape: [1, 1, 1]), Tensor(floats: [0.5], shape: [1, 1, 1]))
    let attributes: [String: Attribute] = [
      "activations": .strings(["Affine"]), "activation_alpha": .floats([2]),
      "activation_beta": .floats([0.5]),
    ]
    try OperatorCase(
      opset: 7, attributes,
      [Self.X, weights.0, weights.1, Tensor(floats: [0.25, 0], shape: [1, 2]), nil, Self.h],
      gives: [Tensor(floats: [4.5, -0.5], shape: [2, 1, 1, 1]), Tensor(floats: [-0.5], shape: [1, 1, 1])]
    ).check("RNN")
    try OperatorCase(
      opset: 7, attributes.merging(["activations": .strings(["affine"])]) { $1 },
      [Self.X, weights.0, weights.1, Tensor(floats: [0.25, 0], shape: [1, 2]), nil, Self.h],
      gives: [Tensor(floats: [4.5, -0.5], shape: [2, 1, 1, 1]), Tensor(floats: [-0.5], shape: [1, 1, 1])],
      "as exporters write it"
    ).check("RNN")
    expectError(.invalidAttribute, mentioning: "'tan'") {
      _ = try evaluate(
        "RNN", opset: 7, ["activations": .strings(["tan"])],
        [.tensor(Self.X), .tensor(weights.0), .tensor(weights.1)])
    }
    expectError(.invalidValue, mentioning: "sequence_lens holds 3") {
      _ = try evaluate(
        "RNN", opset: 7, [:],
        [
          .tensor(Self.X), .tensor(weights.0), .tensor(weights.1), nil,
          .tensor(Tensor(.int32, shape: [1], wrapping: [3])),
        ])
    }
  }
}
