import GraphIR
import TensorCore

/// # RotaryEmbedding
///
/// Rotates pairs of features by angles that depend on the position in the sequence.
///
///     Y[a] = cos[j] · X[a] − sin[j] · X[b]      Y[b] = sin[j] · X[a] + cos[j] · X[b]
///
/// for the pairs j = 0..<r/2 of each head: a = j, b = j + r/2, or with `interleaved` a = 2j, b = 2j + 1;
/// features from r on stay as they are.
///
/// - Inputs: `X` (T): [batch, heads, sequence, size], or [batch, sequence, heads · size]. `cos_cache`,
///   `sin_cache` (T): [positions, r/2] with `position_ids`, else [batch, sequence, r/2]. `position_ids` (M),
///   optional: [batch, sequence].
/// - Outputs: `Y` (T): the shape of X.
/// - Attributes: `rotary_embedding_dim`: r, by default 0, which means the size. `interleaved`: 1 pairs
///   neighbours. `num_heads`: needed where X has three axes.
/// - Types: T is float, float16 or bfloat16; M is int64.
/// - Errors: shapes that do not fit together; an odd r; a position out of range.
/// - Versions: 23.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: none.
package struct RotaryEmbedding: Operator {
  private static let version23 = OperatorVersion(
    since: 23,
    inputs: [
      .single("X", "T"), .single("cos_cache", "T"), .single("sin_cache", "T"), .optional("position_ids", "M"),
    ],
    outputs: [.single("Y", "T")],
    attributes: [.int("interleaved", 0), .optional("num_heads", .int), .int("rotary_embedding_dim", 0)],
    types: ["T": .tensors(.bfloat16, .float, .float16), "M": .tensors(.int64)])
  package static let schema = OperatorSchema("RotaryEmbedding", versions: [version23])

  package let isInterleaved: Bool
  package let heads: Int?
  package let rotated: Int

  package init(_ node: NodeAttributes) throws {
    isInterleaved = try node.flag("interleaved")
    heads = node.optionalInt("num_heads")
    rotated = try node.int("rotary_embedding_dim")
    guard rotated >= 0, rotated % 2 == 0 else {
      throw OperatorError(
        .invalidAttribute, "rotary_embedding_dim is \(rotated), but must be even and not negative")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    if let rank = X.rank { try checkRank(rank) }
    return [Fact(X.type)]
  }

  private func checkRank(_ rank: Int) throws {
    guard rank == 4 || (rank == 3 && heads != nil) else {
      throw OperatorError(.invalidShape, "X has rank \(rank), but must have rank 4, or 3 with num_heads")
    }
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    try checkRank(X.rank)
    let split = try X.rank == 3 ? X.splitIntoHeads(heads ?? 0, name: "X") : X
    let (batch, sequence, size) = (split.shape[0], split.shape[2], split.shape[3])
    let r = rotated == 0 ? size : rotated
    guard r % 2 == 0, r <= size else {
      throw OperatorError(.invalidShape, "\(r) of \(size) features cannot be rotated in pairs")
    }
    let cos = try angles(inputs, 1, [batch, sequence, r / 2])
    let sin = try angles(inputs, 2, [batch, sequence, r / 2])
    let x = split.doubles()
    var y = x
    try forEachPair(split.shape, rotated: r) { a, b, angle in
      let (c, s) = (cos[angle], sin[angle])
      y[a] = c * x[a] - s * x[b]
      y[b] = s * x[a] + c * x[b]
    }
    let Y = Tensor(X.elementType, shape: split.shape, rounding: y)
    return [.tensor(X.rank == 3 ? Y.joinedHeads() : Y)]
  }

  /// Calls `body` with the positions of the two elements of each pair that is turned, and of the angle among
  /// those of [batch, sequence, r / 2], for X of shape [batch, heads, sequence, size].
  func forEachPair(_ shape: [Int], rotated r: Int, _ body: (_ a: Int, _ b: Int, _ angle: Int) -> Void) throws
  {
    var work = Work()
    let (heads, sequence, size) = (shape[1], shape[2], shape[3])
    for row in 0..<(shape[0] * heads * sequence) {
      try work.spend(r)
      let position = row / (heads * sequence) * sequence + row % sequence
      for j in 0..<(r / 2) {
        let a = row * size + (isInterleaved ? 2 * j : j)
        body(a, isInterleaved ? a + 1 : a + r / 2, position * (r / 2) + j)
      }
    }
  }

  /// The numbers of a cache for each batch and position, of `shape` [batch, sequence, r/2].
  func angles(_ inputs: Inputs<Value>, _ index: Int, _ shape: [Int]) throws -> [Double] {
    guard let ids = try inputs.checked(3, shape: Array(shape.prefix(2)))?.integers() else {
      return try inputs.checked(index, shape: shape)?.doubles() ?? []
    }
    let cache = try inputs.tensor(index)
    guard cache.rank == 2, cache.shape[1] == shape[2] else {
      throw OperatorError(
        .invalidShape,
        "\(inputs.name(index)) has shape \(cache.shape), but must have [positions, \(shape[2])]")
    }
    let numbers = cache.doubles()
    return try ids.flatMap(spending: shape[2]) { id in
      guard id >= 0, id < cache.shape[0] else {
        throw OperatorError(.invalidValue, "a position is \(id), but the cache has \(cache.shape[0])")
      }
      return numbers[(Int(id) * shape[2])..<((Int(id) + 1) * shape[2])]
    }
  }
}
