import GraphIR
import TensorCore

extension Attention: Differentiable {
  /// With S = scale · Q · Kᵀ, C = softcap · tanh(S / softcap), P = softmax(C + mask) and Y = P · V:
  /// dP = dY · Vᵀ, d(C + mask) = P · (dP − Σ P · dP), dS = dC · (1 − tanh²(S / softcap)),
  /// dQ = scale · dS · K, dK = scale · dSᵀ · Q and dV = Pᵀ · dY; where an output shows one of these, its
  /// gradient is added there.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let steps = try steps(node.inputs)
    let heads = steps.heads
    func shown(_ mode: Int, added gradient: [Double]) -> [Double] {
      guard mode == outputMode, let shown = node.gradient(3)?.doubles() else { return gradient }
      return zip(gradient, shown).map(+)
    }
    let dY = try node.gradient(0).map {
      try $0.rank == 3 ? $0.splitIntoHeads(heads.queryHeads, name: "dY") : $0
    }
    let zeros = [Double](repeating: 0, count: heads.outputShape.product)
    let (dWeighed, dV) = try heads.weighingGradients(steps.probabilities, dY?.doubles() ?? zeros)
    let dP = shown(3, added: dWeighed)
    let dMasked = shown(2, added: try softmaxGradient(steps.probabilities, dP, length: heads.keys))
    let dCapped = shown(1, added: dMasked)
    let slopes = try steps.products.map(spending: 1) { softcap > 0 ? 1 - pow(tanh($0 / softcap), 2) : 1 }
    let dScores = shown(0, added: zip(dCapped, slopes).map { $0 * $1 })
    let (dQ, dK) = try heads.scoreGradients(dScores.map { $0 * steps.scale })
    let key = try divided(dK, node.gradient(1), node.inputs, given: 1, past: 4, total: steps.K)
    let value = try divided(dV, node.gradient(2), node.inputs, given: 2, past: 5, total: steps.V)
    let query = Tensor.gradient(dQ, [heads.batch, heads.queryHeads, heads.queries, heads.size])
    return [
      try node.inputs.tensor(0).rank == 3 ? query.joinedHeads() : query, key.given, value.given,
      try maskGradient(zip(dMasked, steps.bias).map { $1 == -.infinity ? 0 : $0 }, heads, node.inputs),
      key.past, value.past,
    ]
  }

  /// dX of each row P = softmax(X), given dP.
  private func softmaxGradient(_ P: [Double], _ dP: [Double], length: Int) throws -> [Double] {
    try stride(from: 0, to: P.count, by: max(length, 1)).flatMap(spending: length) { first in
      let row = first..<(first + length)
      let mean = try dotProduct(P[row], dP[row])
      return row.map { P[$0] * (dP[$0] - mean) }
    }
  }

  /// The gradient of all keys or values, with that of the output that shows them, divided between those given
  /// and those before them.
  private func divided(
    _ gradient: [Double], _ shown: Tensor?, _ inputs: Inputs<Value>, given: Int, past: Int, total: Tensor
  ) throws -> (given: Tensor, past: Tensor?) {
    let sum = shown.map { zip(gradient, $0.doubles()).map(+) } ?? gradient
    let whole = Tensor.gradient(sum, total.shape)
    let before = try inputs.optionalTensor(past)?.shape[2] ?? 0
    let rest = whole.sliced(axis: 2, start: before, count: total.shape[2] - before)
    return (
      try inputs.tensor(given).rank == 3 ? rest.joinedHeads() : rest,
      inputs[past].map { _ in whole.sliced(axis: 2, start: 0, count: before) }
    )
  }

  /// The gradient of a mask of numbers, which is added to the scores of the first keys.
  private func maskGradient(_ dBias: [Double], _ heads: AttentionHeads, _ inputs: Inputs<Value>) throws
    -> Tensor?
  {
    guard let mask = try inputs.optionalTensor(3), mask.elementType.isFloating, let length = mask.shape.last
    else {
      return nil
    }
    return try Tensor.gradient(dBias, heads.scoresShape).sliced(axis: 3, start: 0, count: length).summed(
      to: mask.shape)
  }
}

extension AttentionHeads {
  /// The gradients of P and V for Y = P · V.
  fileprivate func weighingGradients(_ P: [Double], _ dY: [Double]) throws -> (P: [Double], V: [Double]) {
    var work = Work()
    var (dP, dV) = (P, [CompensatedSum](repeating: CompensatedSum(), count: v.count))
    for row in 0..<(batch * queryHeads * queries) {
      let first = keyHead(row) * keys
      for j in 0..<keys {
        try work.spend(valueSize)
        var sum = CompensatedSum()
        for d in 0..<valueSize {
          let (value, dy) = ((first + j) * valueSize + d, dY[row * valueSize + d])
          sum.add(dy, v[value])
          dV[value].add(dy, P[row * keys + j])
        }
        dP[row * keys + j] = sum.value
      }
    }
    return (dP, dV.map(\.value))
  }

  /// The gradients of Q and K for S = Q · Kᵀ.
  fileprivate func scoreGradients(_ dS: [Double]) throws -> (Q: [Double], K: [Double]) {
    var work = Work()
    var dQ = [CompensatedSum](repeating: CompensatedSum(), count: q.count)
    var dK = [CompensatedSum](repeating: CompensatedSum(), count: k.count)
    for row in 0..<(batch * queryHeads * queries) {
      let first = keyHead(row) * keys
      for j in 0..<keys {
        try work.spend(size)
        for d in 0..<size {
          dQ[row * size + d].add(dS[row * keys + j], k[(first + j) * size + d])
          dK[(first + j) * size + d].add(dS[row * keys + j], q[row * size + d])
        }
      }
    }
    return (dQ.map(\.value), dK.map(\.value))
  }
}

extension RotaryEmbedding: Differentiable {
  /// Each pair (a, b) was turned: Y[a] = c · X[a] − s · X[b], Y[b] = s · X[a] + c · X[b]. Its gradient is
  /// turned back; those of c and s are added up over all pairs that share the angle.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let X = try node.inputs.tensor(0)
    func split(_ tensor: Tensor) throws -> Tensor {
      try tensor.rank == 3 ? tensor.splitIntoHeads(heads ?? 0, name: "X") : tensor
    }
    let whole = try split(X)
    let r = rotated == 0 ? whole.shape[3] : rotated
    let (x, dY) = (whole.doubles(), try split(.gradient(node.dY(), X.shape)).doubles())
    let (cosine, sine) = (try node.inputs.tensor(1), try node.inputs.tensor(2))
    let anglesShape = [whole.shape[0], whole.shape[2], r / 2]
    let (cos, sin) = (try angles(node.inputs, 1, anglesShape), try angles(node.inputs, 2, anglesShape))
    // Looking up the numbers of the angles tells which one each pair is turned by.
    let numbers = Value.tensor(
      .gradient((0..<cosine.count).map(Double.init), cosine.shape))
    let sources = try angles(
      Inputs([node.inputs[0], numbers, numbers, node.inputs[3]], parameters: []), 1, anglesShape)
    var dX = dY
    var dCos = [CompensatedSum](repeating: CompensatedSum(), count: cosine.count)
    // With positions the caches may be of different lengths.
    var dSin = [CompensatedSum](repeating: CompensatedSum(), count: sine.count)
    try forEachPair(whole.shape, rotated: r) { a, b, angle in
      let (c, s, source) = (cos[angle], sin[angle], Int(sources[angle]))
      dX[a] = c * dY[a] + s * dY[b]
      dX[b] = c * dY[b] - s * dY[a]
      dCos[source].add(x[a] * dY[a] + x[b] * dY[b])
      dSin[source].add(x[a] * dY[b] - x[b] * dY[a])
    }
    let turnedBack = Tensor.gradient(dX, whole.shape)
    return [
      X.rank == 3 ? turnedBack.joinedHeads() : turnedBack, .gradient(dCos.map(\.value), cosine.shape),
      .gradient(dSin.map(\.value), sine.shape),
    ]
  }
}
