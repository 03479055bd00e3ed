import GraphIR
import TensorCore
import TestSupport

/// Uses of the poolings, and how far each may be from its definition.
let poolRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  "maxpool.float": { $0.pool("MaxPool") },
  "averagepool.float": { $0.pool("AveragePool") },
  "globalaveragepool.float": { random in
    Trial(
      opType: "GlobalAveragePool",
      inputs: [random.tensor(random.shape(rank: 3...5), isTame: random.happens(50))],
      // Sums of 16 lanes.
      allowance: .sum(terms: 19))
  },
  "globalmaxpool.float": { random in
    Trial(
      opType: "GlobalMaxPool",
      inputs: [random.zeros(in: random.tensor(random.shape(rank: 3...5, upTo: random.one(of: [4, 9]))))],
      allowance: .exact)
  },
]

extension SplitMix {
  fileprivate mutating func pool(_ opType: String) -> Trial {
    let rank = one(of: [1, 2, 2, 2, 3])
    let kernel = (0..<rank).map { _ in 1 + below(4) }
    var attributes = window(kernel)
    attributes["kernel_shape"] = .ints(kernel)
    let opset = opType == "AveragePool" && attributes["dilations"] == nil ? one(of: [11, 22]) : 22
    if happens(40) { attributes["ceil_mode"] = .int(1) }
    if opType == "AveragePool" && happens(50) { attributes["count_include_pad"] = .int(1) }
    // Now and then rows of several lanes, and more than one band.
    let widest = happens(30) ? 70 : 14
    let spatial = happens(1) && rank == 2 ? [260, 70] : (0..<rank).map { _ in 1 + below(widest) }
    let X = tensor([extent(upTo: 3), extent(upTo: 4)] + spatial)
    return Trial(
      opType: opType, opset: opset, attributes: attributes, inputs: [zeros(in: X)],
      // Cells are added along rows, then rows; the mean is rounded where it is divided.
      allowance: opType == "MaxPool" ? .exact : .sum(terms: kernel.reduce(2, +)))
  }
}
