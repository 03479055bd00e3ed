import GraphIR
import TensorCore
import Testing

/// Expected values: numpy in float64, rounded to float32, or by hand.
@Suite struct AttentionTests {
  static let Q = Tensor(floats: [1, 2], shape: [1, 1, 2, 1])
  static let K = Tensor(floats: [1, 0, -1], shape: [1, 1, 3, 1])
  static let V = Tensor(floats: [1, 2, 4], shape: [1, 1, 3, 1])
  static func y(_ y: Float...) -> Tensor { Tensor(floats: y, shape: [1, 1, 2, 1]) }
  static let plain = y(1.5148202, 1.1649392)
  static let causal = y(1, 1.119203)

  @Test(arguments: [
    OperatorCase(opset: 23, [:], [Q, K, V], gives: [plain, K, V], relativeTolerance: 1e-6),
    OperatorCase(opset: 23, ["is_causal": .int(1)], [Q, K, V], gives: [causal], relativeTolerance: 1e-6),
    OperatorCase(
      opset: 24, ["is_causal": .int(1)], [Q, K, V, nil, nil, nil, Tensor(int64: [1])], gives: [y(0, 1)],
      "before its first key a query sees nothing"),
    OperatorCase(
      opset: 23, ["softcap": .float(0.5), "qk_matmul_output_mode": .int(1)], [Q, K, V],
      gives: [
        y(1.8812882, 1.8664476), K, V,
        Tensor(floats: [0.4820138, 0, -0.4820138, 0.49966466, 0, -0.49966466], shape: [1, 1, 2, 3]),
      ], relativeTolerance: 1e-6),
    OperatorCase(
      opset: 23, ["qk_matmul_output_mode": .int(2)],
      [Q, K, V, Tensor(bools: [true, false, false, true], shape: [2, 2])],
      gives: [
        y(1, 2), K, V,
        Tensor(
          floats: [1, -.infinity, -.infinity, -.infinity, 0, -.infinity], shape: [1, 1, 2, 3]),
      ], "keys past the end of the mask are hidden"),
    OperatorCase(
      opset: 23, [:], [Q, K, V, Tensor(bools: [false, false, false], shape: [1, 3])], gives: [y(0, 0)]),
    OperatorCase(
      opset: 25, ["left_window_size": .int(0), "right_window_size": .int(0)], [Q, K, V], gives: [y(1, 2)]),
    OperatorCase(
      opset: 25, ["left_window_size": .int(0), "is_causal": .int(1)],
      [
        Q, Tensor(floats: [0, -1], shape: [1, 1, 2, 1]), Tensor(floats: [2, 4], shape: [1, 1, 2, 1]), nil,
        Tensor(floats: [1], shape: [1, 1, 1, 1]), Tensor(floats: [1], shape: [1, 1, 1, 1]),
      ],
      gives: [y(2, 4), K, V], "positions count from the past on"),
    OperatorCase(
      opset: 23, ["q_num_heads": .int(2), "kv_num_heads": .int(1), "scale": .float(0)],
      [
        Tensor(floats: [1, 2], shape: [1, 1, 2]), Tensor(floats: [1, 5], shape: [1, 2, 1]),
        Tensor(floats: [1, 3], shape: [1, 2, 1]),
      ],
      gives: [Tensor(floats: [2, 2], shape: [1, 1, 2])], "grouped heads, three axes"),
  ])
  func attention(_ row: OperatorCase) throws { try row.check("Attention") }

  @Test func errors() {
    let inputs: [Value?] = [Self.Q, Self.K, Self.V].map(Value.tensor)
    expectError(.invalidValue, mentioning: "belong together") {
      _ = try evaluate("Attention", opset: 23, [:], inputs + [nil, .tensor(Self.K)])
    }
    expectError(.invalidAttribute, mentioning: "output_mode is 4") {
      _ = try evaluate("Attention", opset: 23, ["qk_matmul_output_mode": .int(4)], inputs)
    }
    expectError(.invalidShape, mentioning: "attn_mask has shape") {
      _ = try evaluate(
        "Attention", opset: 23, [:],
        inputs + [.tensor(Tensor(bools: [true, true, true, true], shape: [1, 4]))])
    }
  }

  @Test func flexAttention() throws {
    try OperatorCase(opset: 1, [:], [Self.Q, Self.K, Self.V], gives: [Self.plain], relativeTolerance: 1e-6)
      .check("FlexAttention", domain: "ai.onnx.preview")
  }

  /// Shapes that cannot fit are refused before anything runs, be there no query at all.
  @Test(arguments: [
    ([0, 0, 0, 65_536], [2, 2, 6, 16], [2, 2, 6, 16]), ([2, 2, 1, 4], [2, 2, 6, 5], [2, 2, 6, 5]),
    ([2, 3, 1, 4], [2, 2, 6, 4], [2, 2, 6, 4]), ([2, 2, 1, 4], [2, 2, 6, 4], [2, 2, 7, 4]),
    ([2, 2, 1, 4], [2, 2, 6, 4], [2, 1, 6, 4]),
  ])
  func shapesThatCannotFit(Q: [Int], K: [Int], V: [Int]) throws {
    let facts = [Q, K, V].map { Fact.tensor(.float, $0.map(Dim.value)) }
    #expect(throws: OperatorError.self) { try infer("Attention", opset: 23, [:], facts) }
    #expect(throws: OperatorError.self) {
      try infer("FlexAttention", domain: "ai.onnx.preview", opset: 1, [:], facts)
    }
    let open = facts.map { fact in Fact.tensor(.float, fact.dims.map { $0.map { _ in .unknown } }) }
    #expect(try infer("Attention", opset: 23, [:], open).first?.rank == 4)
  }

  @Test func rotaryEmbedding() throws {
    let x = Tensor(floats: [1, 2, 3, 4, 5], shape: [1, 1, 1, 5])
    let (cos, sin) = (
      Tensor(floats: [9, 9, 0, 1], shape: [2, 2]), Tensor(floats: [9, 9, 1, 0], shape: [2, 2])
    )
    let ids = Tensor(int64: [1], shape: [1, 1])
    try OperatorCase(
      opset: 23, ["rotary_embedding_dim": .int(4)], [x, cos, sin, ids],
      gives: [Tensor(floats: [-3, 2, 1, 4, 5], shape: [1, 1, 1, 5])]
    ).check("RotaryEmbedding")
    try OperatorCase(
      opset: 23, ["rotary_embedding_dim": .int(4), "interleaved": .int(1), "num_heads": .int(1)],
      [x.reshaped([1, 1, 5]), cos, sin, ids], gives: [Tensor(floats: [-2, 1, 3, 4, 5], shape: [1, 1, 5])]
    ).check("RotaryEmbedding")
    expectError(.invalidValue, mentioning: "a position is 2") {
      _ = try evaluate(
        "RotaryEmbedding", opset: 23, ["rotary_embedding_dim": .int(4)],
        [x, cos, sin, Tensor(int64: [2], shape: [1, 1])].map(Value.tensor))
    }
  }

  @Test func linearAttention() throws {
    func t(_ x: Float...) -> Tensor { Tensor(floats: x, shape: [1, x.count, 1]) }
    let state = Tensor(floats: [2], shape: [1, 1, 1, 1])
    func check(_ rule: String, _ more: [Tensor?], _ y: Tensor, _ last: Float) throws {
      try OperatorCase(
        opset: 27, ["q_num_heads": .int(1), "kv_num_heads": .int(1), "update_rule": .string(rule)],
        [t(1, 2), t(1, 3), t(5, 7), state] + more, gives: [y, Tensor(floats: [last], shape: [1, 1, 1, 1])]
      ).check("LinearAttention")
    }
    try check("linear", [], t(7, 56), 28)
    try check("gated", [t(0, 0)], t(7, 56), 28)
    try check("delta", [nil, t(0.5, 1)], t(3.5, -14), -7)
    try check("gated_delta", [t(0, 0), t(0.5, 1)], t(3.5, -14), -7)
    expectError(.invalidValue, mentioning: "needs input beta") { try check("delta", [], t(0, 0), 0) }
  }

  @Test func causalConv() throws {
    let x = Tensor(floats: [1, 2, 3], shape: [1, 1, 3])
    let w = Tensor(floats: [1, 10], shape: [1, 1, 2])
    try OperatorCase(
      opset: 27, [:], [x, w, Tensor(floats: [0.5]), Tensor(floats: [4], shape: [1, 1, 1])],
      gives: [Tensor(floats: [14.5, 21.5, 32.5], shape: [1, 1, 3]), Tensor(floats: [3], shape: [1, 1, 1])]
    ).check("CausalConvWithState")
    try OperatorCase(
      opset: 27, ["activation": .string("silu")], [Tensor(floats: [0.1], shape: [1, 1, 1]), w],
      gives: [Tensor(floats: [0.7310586], shape: [1, 1, 1]), Tensor(floats: [0.1], shape: [1, 1, 1])],
      relativeTolerance: 1e-6
    ).check("CausalConvWithState")
  }
}
