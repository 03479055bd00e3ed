import GraphIR
import TensorCore

extension GradientTables {
  private static func attention(
    _ attributes: [String: Attribute], _ inputs: [RowInput], outputs: Int = 1
  ) -> GradientRow {
    GradientRow("Attention", 24, attributes, inputs, outputs: outputs)
  }

  /// Two heads of queries, one of keys; 3 queries, 4 keys of 2 numbers, values of 5.
  private static let heads: [RowInput] = [
    .random([2, 2, 3, 2]), .random([2, 1, 4, 2]), .random([2, 1, 4, 5]),
  ]

  static let attentions: [GradientRow] =
    [
      attention([:], heads), attention(["is_causal": .int(1), "scale": .float(0.75)], heads),
      attention(["softcap": .float(1.5)], heads + [.random([3, 4])]),
      attention([:], heads + [.random([2, 1, 1, 3])]),
      attention(
        ["q_num_heads": .int(2), "kv_num_heads": .int(1)],
        [.random([2, 3, 4]), .random([2, 4, 2]), .random([2, 4, 5])]),
      attention(
        [:], heads + [.omitted, .random([2, 1, 2, 2]), .random([2, 1, 2, 5])], outputs: 3),
      attention([:], heads + [.given(Tensor(bools: [true, true, false, true], shape: [4]))]),
      attention([:], heads + [.omitted, .omitted, .omitted, .ints([3, 4])]),
    ]
    + (0...3).map { mode in
      attention(
        ["qk_matmul_output_mode": .int(mode), "softcap": .float(2)], heads + [.random([3, 4])], outputs: 4)
    }
}

extension GradientTables {
  /// Two sequences of 3 tokens, each with 2 heads of 4 or 6 features.
  static let rotations: [GradientRow] = [
    GradientRow("RotaryEmbedding", 23, [.random([2, 2, 3, 4]), .random([2, 3, 2]), .random([2, 3, 2])]),
    GradientRow(
      "RotaryEmbedding", 23, ["interleaved": .int(1), "num_heads": .int(2), "rotary_embedding_dim": .int(4)],
      [.random([2, 3, 12]), .random([5, 2]), .random([5, 2]), .ints([0, 4, 1, 1, 2, 0], [2, 3])]),
    // Caches of different lengths.
    GradientRow(
      "RotaryEmbedding", 23,
      [.random([2, 2, 3, 4]), .random([5, 2]), .random([7, 2]), .ints([0, 4, 1, 1, 2, 0], [2, 3])]),
  ]
}
