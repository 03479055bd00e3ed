import GraphIR
import TensorCore
import TestSupport

let integerProductRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  "matmulinteger": { random in
    let (A, B) = random.matrices()
    return Trial(
      opType: "MatMulInteger",
      inputs: [A, B, random.zeroPoint(A, A.shape.dropLast().last), random.zeroPoint(B, B.shape.last)],
      allowance: .exact)
  },
  "qlinearmatmul": { random in
    let (A, B) = random.matrices()
    let unit = random.integers(random.byteType(), [])
    return Trial(
      opType: "QLinearMatMul",
      inputs: [
        A, random.scales([]), random.zeroPoint(A, nil, isGiven: true), B,
        random.scales(random.happens(50) ? [] : [B.shape[B.rank - 1]]),
        random.zeroPoint(B, B.shape.last, isGiven: true), random.scales([], isTame: random.happens(50)), unit,
      ], allowance: .exact)
  },
  "convinteger": { random in
    let (X, W, attributes) = random.integerConvolution()
    return Trial(
      opType: "ConvInteger", attributes: attributes,
      inputs: [X, W, random.zeroPoint(X, nil), random.zeroPoint(W, W.shape[0])], allowance: .exact)
  },
  "qlinearconv": { random in
    let (X, W, attributes) = random.integerConvolution()
    let filters = W.shape[0]
    let B = random.happens(60) ? random.integers(.int32, [filters]) : nil
    let small = B.map { Tensor(.int32, shape: $0.shape, wrapping: $0.integers().map { $0 >> 16 }) }
    return Trial(
      opType: "QLinearConv", attributes: attributes,
      inputs: [
        X, random.scales([]), random.zeroPoint(X, nil, isGiven: true), W,
        random.scales(random.happens(50) ? [] : [filters]), random.zeroPoint(W, filters, isGiven: true),
        random.scales([], isTame: random.happens(50)), random.integers(random.byteType(), []),
        random.happens(20) ? B : small,
      ], allowance: .exact)
  },
  "dynamicquantizelinear": { random in
    let shape = random.happens(2) ? [40_001] : random.shape(rank: 0...4, upTo: 12)
    let x = random.tensor(shape)
    let isConstant = random.happens(10)
    return Trial(
      opType: "DynamicQuantizeLinear",
      inputs: [isConstant ? Tensor(.float, shape: shape, rounding: x.doubles().map { _ in 0 }) : x],
      outputCount: 3, allowance: .exact)
  },
]

extension SplitMix {
  fileprivate mutating func byteType() -> ElementType { happens(50) ? .int8 : .uint8 }

  /// Matrices or stacks of them, now and then with a long sum.
  fileprivate mutating func matrices() -> (Tensor, Tensor) {
    let stack = happens(50) ? [] : shape(rank: 0...3, upTo: 3)
    let (m, n) = (extent(upTo: 30), extent(upTo: 40))
    let k = happens(5) ? 500 + below(700) : extent(upTo: 70)
    return (
      integers(byteType(), broadcastable(stack) + [m, k]),
      integers(byteType(), broadcastable(stack) + [k, n])
    )
  }

  /// None, one, or one for each of `count`.
  fileprivate mutating func zeroPoint(_ tensor: Tensor, _ count: Int?, isGiven: Bool = false) -> Tensor? {
    if !isGiven && happens(30) { return nil }
    return integers(tensor.elementType, count != nil && happens(40) ? [count ?? 1] : [])
  }

  fileprivate mutating func integerConvolution() -> (Tensor, Tensor, [String: Attribute]) {
    let rank = one(of: [1, 2, 2, 2, 3])
    let kernel = (0..<rank).map { _ in 1 + below(4) }
    let group = happens(50) ? 1 : 1 + below(3)
    let (channels, filters) = (happens(30) ? 1 : 1 + below(5), happens(30) ? 1 : 1 + below(9))
    let spatial = (0..<rank).map { _ in happens(2) ? 0 : 1 + below(14) }
    return (
      integers(byteType(), [extent(upTo: 3), group * channels] + spatial),
      integers(byteType(), [group * filters, channels] + kernel),
      window(kernel).merging(["group": .int(group)]) { $1 }
    )
  }
}
