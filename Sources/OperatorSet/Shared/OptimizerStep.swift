import GraphIR
import TensorCore

/// One step of training: what Adagrad, Adam and Momentum share.
///
/// The inputs after `R` and `T` come in groups of n tensors: first those that are optimized, second their
/// gradients, then what the method remembers of them. The outputs are all groups but the second, updated.
protocol OptimizerStep: Operator {
  /// The number of groups of inputs.
  static var groups: Int { get }
  /// New values for one element: given one number of each group, one for each output group.
  func update(_ values: [Double], rate R: Double, count T: Int64) -> [Double]
}

extension OptimizerStep {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let n = try optimizedCount(inputs.count)
    for i in 0..<n {
      _ = try equalDims((0..<Self.groups).map { inputs[2 + $0 * n + i]?.dims })
    }
    return try updatedGroups.flatMap { group in
      try (0..<n).map { i in Fact(try inputs.required(2 + group * n + i).type) }
    }
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let n = try optimizedCount(inputs.count)
    let R: Double = try inputs.scalar(0)
    let T: Int64 = try inputs.scalar(1)
    var outputs = updatedGroups.map { _ in [Value]() }
    for i in 0..<n {
      let tensors = try (0..<Self.groups).map { try inputs.tensor(2 + $0 * n + i) }
      try requireEqualShapes(tensors)
      for (k, tensor) in try updated(tensors, rate: R, count: T).enumerated() {
        outputs[k].append(.tensor(tensor))
      }
    }
    return outputs.flatMap { $0 }
  }

  /// Every group but the gradients.
  private var updatedGroups: [Int] { (0..<Self.groups).filter { $0 != 1 } }

  private func updated(_ tensors: [Tensor], rate R: Double, count T: Int64) throws -> [Tensor] {
    let values = tensors.map { $0.doubles() }
    let new = try (0..<tensors[0].count).map(spending: Self.groups) { i in
      update(values.map { $0[i] }, rate: R, count: T)
    }
    return updatedGroups.enumerated().map { k, group in
      Tensor(tensors[group].elementType, shape: tensors[group].shape, rounding: new.map { $0[k] })
    }
  }

  private func optimizedCount(_ inputCount: Int) throws -> Int {
    let count = inputCount - 2
    guard count > 0, count % Self.groups == 0 else {
      throw OperatorError(
        .invalidValue,
        "\(count) tensors follow R and T, but their number must be a multiple of \(Self.groups)")
    }
    return count / Self.groups
  }
}
