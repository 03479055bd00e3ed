import GraphIR
import TensorCore
import TestSupport

/// Uses of the reductions, and how far each may be from its definition.
let reductionRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  // Sums of 16 elements, or of 16 lanes and their 8 numbers, and two in double.
  "reducesum.float": { $0.reduction("ReduceSum", .sum(terms: 20)) },
  "reducemean.float": { $0.reduction("ReduceMean", .sum(terms: 20)) },
  "reducesumsquare.float": { $0.reduction("ReduceSumSquare", .sum(terms: 21)) },
  // Half of the roundings of the squares' sum reach its root; squares that vanish are taken in double.
  "reducel2.float": { $0.reduction("ReduceL2", .ulps(12)) },
  "reducemax.float": { $0.reduction("ReduceMax", .exact) },
  "reducemin.float": { $0.reduction("ReduceMin", .exact) },
]

extension SplitMix {
  fileprivate mutating func reduction(_ opType: String, _ allowance: Trial.Allowance) -> Trial {
    let shape = shapeOfReduction()
    var axes = shape.indices.filter { _ in happens(45) }
    axes.shuffle(using: &self)
    axes = axes.map { happens(30) ? $0 - shape.count : $0 }
    if happens(3) { axes.append(shape.count) }
    let takesInput = happens(50)
    let opset = takesInput ? 22 : one(of: [11, opType == "ReduceSum" ? 12 : 17])
    var attributes: [String: Attribute] = ["keepdims": .int(below(2))]
    var inputs: [Tensor?] = [zeros(in: tensor(shape))]
    if !takesInput {
      if !axes.isEmpty || happens(50) { attributes["axes"] = .ints(axes) }
    } else {
      if happens(30) { attributes["noop_with_empty_axes"] = .int(1) }
      inputs.append(happens(90) ? Tensor(int64: axes, shape: [axes.count]) : nil)
    }
    return Trial(
      opType: opType, opset: opset, attributes: attributes, inputs: inputs, allowance: allowance)
  }

  private mutating func shapeOfReduction() -> [Int] {
    switch below(150) {
    case 0: [3, 20_011]
    case 1: [70, 131]
    case 2: [2, 33, 300]
    default: shape(rank: 0...5)
    }
  }

  /// Zeros of both signs, and nothing larger, in some tensors: which of them is the largest?
  mutating func zeros(in tensor: Tensor) -> Tensor {
    guard happens(15) else { return tensor }
    let numbers = tensor.doubles().map { _ in Float(one(of: [0, -0.0, -0.0, 0] as [Float])) }
    return Tensor(floats: numbers, shape: tensor.shape)
  }
}
