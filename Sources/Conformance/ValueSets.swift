import Execution
import GraphIR
import OperatorSet
import TensorCore

/// What the text allows a random value to be.
package enum ValueSet: CustomStringConvertible {
  /// Uniform draws: low ≤ x ≤ high; the upper end may be met by rounding.
  case interval(Double, Double)
  /// Normal draws: any finite number.
  case finite
  /// One of a few numbers: bernoulli draws, comparisons, dropout masks.
  case oneOf([Double])
  /// Whole numbers 0 ≤ x < count: multinomial draws.
  case classes(Int)
  /// Dropout: each element is 0 or the element of `data` over 1 − ratio.
  case dropped(data: Tensor, ratio: Double)

  package func holds(_ value: Value) -> Bool {
    guard case .tensor(let tensor) = value else { return false }
    let elements = tensor.doubles()
    switch self {
    case .interval(let low, let high): return elements.allSatisfy { low <= $0 && $0 <= high }
    case .finite: return elements.allSatisfy(\.isFinite)
    case .oneOf(let numbers): return elements.allSatisfy(numbers.contains)
    case .classes(let count):
      return elements.allSatisfy { $0 >= 0 && $0 < Double(count) && $0 == $0.rounded() }
    case .dropped(let data, let ratio):
      guard data.shape == tensor.shape else { return false }
      let kept = Tensor(
        tensor.elementType, shape: data.shape, rounding: data.doubles().map { $0 / (1 - ratio) })
      return zip(elements.indices, elements).allSatisfy { index, element in
        element == 0 || tensor.ulpDistance(to: kept, at: index).map { $0 <= 2 } ?? false
      }
    }
  }

  package var description: String {
    switch self {
    case .interval(let low, let high): "every element lies in [\(low), \(high)]"
    case .finite: "every element is finite"
    case .oneOf(let numbers): "every element is one of \(numbers)"
    case .classes(let count): "every element is a whole number below \(count)"
    case .dropped(_, let ratio): "every element is 0 or the input's over 1 - \(ratio)"
    }
  }
}

/// Finds the sets of values that depend on random draws, by the operator that computes them.
package struct ValueSets {
  private let producers: [String: (node: Node, output: Int)]
  private let opset: Int
  private let compute: (String) throws -> Value?

  /// - Parameter compute: the value of an input, or what Touchstone computes for a name.
  package init(_ model: Model, compute: @escaping (String) throws -> Value?) {
    var producers: [String: (node: Node, output: Int)] = [:]
    for node in model.graph.nodes {
      for (index, output) in node.outputs.enumerated() where !output.isEmpty {
        producers[output] = (node, index)
      }
    }
    self.producers = producers
    opset = model.opsetImports.first { $0.domain.isEmpty }?.version ?? 1
    self.compute = compute
  }

  /// The set of the value `name`; nil where it is not random, or nothing is said of it.
  package func set(of name: String) throws -> ValueSet? {
    guard let (node, output) = producers[name], node.domain.isEmpty else { return nil }
    switch node.opType {
    case "RandomUniform", "RandomUniformLike":
      return .interval(float("low", of: node) ?? 0, float("high", of: node) ?? 1)
    case "RandomNormal", "RandomNormalLike": return .finite
    case "Bernoulli": return .oneOf([0, 1])
    case "Multinomial":
      return try tensor(node, 0).flatMap { $0.shape.last }.map(ValueSet.classes)
    case "Dropout": return try dropout(node, output)
    case "Greater", "GreaterOrEqual", "Less", "LessOrEqual":
      return try isRandom(node) ? .oneOf([0, 1]) : nil
    case "Cast", "CastLike", "Identity": return try node.inputs.first.flatMap { try set(of: $0) }
    default: return nil
    }
  }

  /// In training, which is where it is random; elsewhere nothing is drawn.
  private func dropout(_ node: Node, _ output: Int) throws -> ValueSet? {
    guard try isTraining(node) else { return nil }
    if output == 1 { return .oneOf([0, 1]) }
    let ratio = try tensor(node, 1)?.doubles().first ?? float("ratio", of: node) ?? 0.5
    return try tensor(node, 0).map { .dropped(data: $0, ratio: ratio) }
  }

  /// As the attribute `is_test` says before opset 7, and the input `training_mode` from 12 on.
  private func isTraining(_ node: Node) throws -> Bool {
    if opset < 7 { return int("is_test", of: node) ?? 0 == 0 }
    return try tensor(node, 2)?.bools() == [true]
  }

  private func isRandom(_ node: Node) throws -> Bool {
    try node.inputs.contains { try set(of: $0) != nil }
  }

  private func float(_ name: String, of node: Node) -> Double? {
    for attribute in node.attributes where attribute.name == name {
      if case .float(let value) = attribute.value { return Double(value) }
    }
    return nil
  }

  private func int(_ name: String, of node: Node) -> Int? {
    for attribute in node.attributes where attribute.name == name {
      if case .int(let value) = attribute.value { return value }
    }
    return nil
  }

  private func tensor(_ node: Node, _ index: Int) throws -> Tensor? {
    guard index < node.inputs.count, !node.inputs[index].isEmpty else { return nil }
    guard case .tensor(let tensor)? = try compute(node.inputs[index]) else { return nil }
    return tensor
  }
}
