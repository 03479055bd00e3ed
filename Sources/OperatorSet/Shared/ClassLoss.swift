import GraphIR
import TensorCore

/// A loss of one number for each sample, taken from log-probabilities at the sample's class, then reduced:
/// what NegativeLogLikelihoodLoss and SoftmaxCrossEntropyLoss share.
struct ClassLoss: Sendable {
  enum Reduction: String, CaseIterable, Sendable { case none, sum, mean }

  let reduction: Reduction
  let ignoredClass: Int64?

  init(_ node: NodeAttributes) throws {
    reduction = try node.choice("reduction")
    ignoredClass = node.optionalInt("ignore_index").map(Int64.init)
  }

  /// The loss of log-probabilities `logP` of shape [N, C, D1, …] for classes `target` of shape [N, D1, …].
  func value(_ logP: [Double], shape: [Int], target: Tensor, weight: Tensor?, of type: ElementType) throws
    -> Tensor
  {
    try check(shape.map(Dim.value), target.shape.map(Dim.value))
    let view = AxisView(shape, axis: 1)
    let weights = try weight.map { weight in
      guard weight.shape == [view.length] else {
        throw OperatorError(
          .invalidShape, "the weights have shape \(weight.shape), but there are \(view.length) classes")
      }
      return weight.doubles()
    }
    var losses: [Double] = []
    var (sum, total) = (CompensatedSum(), CompensatedSum())
    var work = Work()
    for (sample, c) in target.integers().enumerated() {
      try work.spend(1)
      guard c != ignoredClass else {
        losses.append(0)
        continue
      }
      guard c >= 0, c < view.length else {
        throw OperatorError(.invalidValue, "a class is \(c), but must lie in 0..<\(view.length)")
      }
      let w = weights?[Int(c)] ?? 1
      let loss = -logP[view.position(sample / view.inner, Int(c), sample % view.inner)] * w
      losses.append(loss)
      sum.add(loss)
      total.add(w)
    }
    switch reduction {
    case .none: return Tensor(type, shape: target.shape, rounding: losses)
    case .sum: return Tensor(type, shape: [], rounding: [sum.value])
    case .mean: return Tensor(type, shape: [], rounding: [sum.value / total.value])
    }
  }

  /// The dims of the loss.
  func dims(scores: [Dim]?, target: [Dim]?) throws -> [Dim]? {
    if let scores { try check(scores, target) }
    guard reduction == .none else { return [] }
    return target ?? scores.map(Self.targetDims)
  }

  /// The dims of the classes: those of the scores without the axis of the classes.
  private static func targetDims(_ scores: [Dim]) -> [Dim] { Array(scores.prefix(1) + scores.dropFirst(2)) }

  private func check(_ scores: [Dim], _ target: [Dim]?) throws {
    guard scores.count >= 2 else {
      throw OperatorError(.invalidShape, "the scores have shape \(scores), but must have shape [N, C, D1, …]")
    }
    guard let target else { return }
    let wanted = Self.targetDims(scores)
    let fits =
      wanted.count == target.count
      && zip(wanted, target).allSatisfy { $0.number == nil || $1.number == nil || $0 == $1 }
    guard fits else {
      throw OperatorError(.invalidShape, "the classes have shape \(target), but must have shape \(wanted)")
    }
  }
}
