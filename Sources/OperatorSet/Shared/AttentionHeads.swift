import GraphIR
import TensorCore

/// Queries, keys and values as [batch, heads, sequence, size] in wide numbers: what the attention operators
/// share.
struct AttentionHeads {
  let batch: Int
  let queryHeads: Int
  let keyHeads: Int
  let queries: Int
  let keys: Int
  /// The size of a query and a key, and that of a value.
  let size: Int
  let valueSize: Int
  let q: [Double]
  let k: [Double]
  let v: [Double]

  /// - Throws: `OperatorError` where the shapes of Q, K and V do not fit together.
  init(Q: Tensor, K: Tensor, V: Tensor) throws {
    guard Q.rank == 4, K.rank == 4, V.rank == 4, Q.shape[0] == K.shape[0], K.shape[0] == V.shape[0],
      K.shape[1] == V.shape[1], K.shape[2] == V.shape[2], Q.shape[3] == K.shape[3],
      K.shape[1] > 0 ? Q.shape[1] % K.shape[1] == 0 : Q.shape[1] == 0
    else {
      throw OperatorError(
        .invalidShape,
        "Q \(Q.shape), K \(K.shape) and V \(V.shape) do not fit together as [batch, heads, "
          + "sequence, size]; the heads of K must divide those of Q")
    }
    (batch, queryHeads, queries, size) = (Q.shape[0], Q.shape[1], Q.shape[2], Q.shape[3])
    (keyHeads, keys, valueSize) = (K.shape[1], K.shape[2], V.shape[3])
    (q, k, v) = (Q.doubles(), K.doubles(), V.doubles())
  }

  /// Holds dims against each other, each [batch, heads, sequence, size], as far as they are known.
  ///
  /// - Throws: `OperatorError` where no such Q, K and V fit together.
  static func check(Q: [Dim]?, K: [Dim]?, V: [Dim]?) throws {
    func fits(_ a: [Dim]?, _ b: [Dim]?, _ axis: Int) -> Bool {
      guard let a = a?[axis].number, let b = b?[axis].number else { return true }
      return a == b
    }
    var heads = true
    if let q = Q?[1].number, let k = K?[1].number { heads = k > 0 ? q % k == 0 : q == 0 }
    guard heads, fits(Q, K, 0), fits(Q, V, 0), fits(Q, K, 3),
      (0...2).allSatisfy({ fits(K, V, $0) })
    else {
      let shapes = [Q, K, V].map { dims in dims.map { "\($0)" } ?? "of any shape" }
      throw OperatorError(
        .invalidShape,
        "Q \(shapes[0]), K \(shapes[1]) and V \(shapes[2]) do not fit together as [batch, heads, sequence, size]; "
          + "the heads of K must divide those of Q")
    }
  }

  var scoresShape: [Int] { [batch, queryHeads, queries, keys] }
  var outputShape: [Int] { [batch, queryHeads, queries, valueSize] }

  /// S[b, h, i, j] = scale · Σ d  Q[b, h, i, d] · K[b, h / group, j, d].
  func scores(scale: Double) throws -> [Double] {
    var scores: [Double] = []
    scores.reserveCapacity(try elementCount(scoresShape))
    var work = Work()
    for row in 0..<(batch * queryHeads * queries) {
      let first = keyHead(row) * keys
      for j in 0..<keys {
        try work.spend(size)
        var sum = CompensatedSum()
        for d in 0..<size { sum.add(q[row * size + d], k[(first + j) * size + d]) }
        scores.append(sum.value * scale)
      }
    }
    return scores
  }

  /// Y[b, h, i, d] = Σ j  P[b, h, i, j] · V[b, h / group, j, d].
  func weighed(_ P: [Double]) throws -> [Double] {
    var y: [Double] = []
    y.reserveCapacity(try elementCount(outputShape))
    var work = Work()
    for row in 0..<(batch * queryHeads * queries) {
      let first = keyHead(row) * keys
      for d in 0..<valueSize {
        try work.spend(keys)
        var sum = CompensatedSum()
        for j in 0..<keys { sum.add(P[row * keys + j], v[(first + j) * valueSize + d]) }
        y.append(sum.value)
      }
    }
    return y
  }

  /// The flat [batch, key head] that serves a flat [batch, query head, query].
  func keyHead(_ row: Int) -> Int {
    let (b, h) = (row / queries / queryHeads, row / queries % queryHeads)
    return b * keyHeads + h / (queryHeads / keyHeads)
  }

  /// The softmax of each row of scores; a row that is −∞ throughout becomes 0.
  func softmax(_ scores: [Double]) throws -> [Double] {
    var p = scores
    var work = Work()
    for row in 0..<(keys == 0 ? 0 : scores.count / keys) {
      try work.spend(keys)
      let line = (row * keys)..<((row + 1) * keys)
      let largest = line.reduce(-Double.infinity) { scores[$1].isNaN ? scores[$1] : max($0, scores[$1]) }
      for j in line { p[j] = largest == -.infinity ? 0 : exp(scores[j] - largest) }
      let sum = line.reduce(0) { $0 + p[$1] }
      for j in line { p[j] = largest == -.infinity ? 0 : p[j] / sum }
    }
    return p
  }
}

extension Tensor {
  /// [batch, sequence, heads · size] as [batch, heads, sequence, size].
  func splitIntoHeads(_ heads: Int, name: String) throws -> Tensor {
    guard rank == 3, heads > 0, shape[2] % heads == 0 else {
      throw OperatorError(
        .invalidShape, "\(name) of shape \(shape) cannot be split into \(heads) heads along its third axis")
    }
    let split = [shape[0], shape[1], heads, shape[2] / heads]
    _ = try elementCount(split)
    return reshaped(split).transposed([0, 2, 1, 3])
  }

  /// [batch, heads, sequence, size] as [batch, sequence, heads · size].
  func joinedHeads() -> Tensor {
    transposed([0, 2, 1, 3]).reshaped([shape[0], shape[2], shape[1] * shape[3]])
  }

  /// This tensor with `other` after it along axis 2 of four.
  func appending(_ other: Tensor, name: String) throws -> Tensor {
    guard rank == 4, other.rank == 4, elementType == other.elementType,
      [0, 1, 3].allSatisfy({ shape[$0] == other.shape[$0] })
    else {
      throw OperatorError(
        .invalidShape, "\(name) of shape \(shape) cannot be followed by a tensor of shape \(other.shape)")
    }
    let (a, b) = (shape[2] * shape[3], other.shape[2] * other.shape[3])
    var positions: [Int] = []
    for head in 0..<(shape[0] * shape[1]) {
      positions += (head * a)..<((head + 1) * a)
      positions += (count + head * b)..<(count + (head + 1) * b)
    }
    let both = Tensor.joining([self, other], as: elementType, shape: [count + other.count])
    return both.selecting(positions, shape: [shape[0], shape[1], shape[2] + other.shape[2], shape[3]])
  }
}
