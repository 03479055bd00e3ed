import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import OperatorSet

/// An input of a row: drawn, and then differentiated by, or given.
enum RowInput: Sendable {
  /// Numbers of a range, none within 0.02 of a place to avoid, where the operator has a kink or a pole.
  case random([Int], ClosedRange<Double>, avoiding: [Double])
  /// Numbers 0.08 apart, all moved by `shift`, for operators that choose among them.
  case distinct([Int], shift: Double = 0)
  case given(Tensor)
  case omitted

  static func random(_ shape: [Int], _ range: ClosedRange<Double> = -2...2) -> RowInput {
    .random(shape, range, avoiding: [])
  }

  static func ints(_ values: [Int], _ shape: [Int]? = nil) -> RowInput { .given(int64s(values, shape)) }

  fileprivate func tensor(_ random: inout SplitMix) -> Tensor? {
    switch self {
    case .random(let shape, let range, let kinks):
      let values = (0..<shape.reduce(1, *)).map { _ in
        var x = Double.random(in: range, using: &random)
        while kinks.contains(where: { abs(x - $0) < 0.02 }) { x = Double.random(in: range, using: &random) }
        return x
      }
      return Tensor(.double, shape: shape, elements: values)
    case .distinct(let shape, let shift):
      let count = shape.reduce(1, *)
      let places = (0..<count).map { (Double.random(in: 0...1, using: &random), $0) }.sorted { $0.0 < $1.0 }
        .map(\.1)
      let values = places.map { (Double($0) - Double(count) / 2 + 0.3) * 0.08 + shift }
      return Tensor(.double, shape: shape, elements: values)
    case .given(let tensor): return tensor
    case .omitted: return nil
    }
  }

  fileprivate var isDifferentiated: Bool {
    switch self {
    case .random, .distinct: true
    case .given, .omitted: false
    }
  }
}

/// One use of an operator whose rule is held against differences of its definition.
struct GradientRow: CustomTestStringConvertible, Sendable {
  let name: String
  let opset: Int
  let attributes: [String: Attribute]
  let inputs: [RowInput]
  let outputCount: Int
  /// How far rule and differences may be apart, relative to the larger, or absolutely below 1.
  let tolerance: Double

  init(
    _ name: String, _ opset: Int, _ attributes: [String: Attribute], _ inputs: [RowInput],
    outputs: Int = 1,
    tolerance: Double = 1e-7
  ) {
    self.name = name
    self.opset = opset
    self.attributes = attributes
    self.inputs = inputs
    outputCount = outputs
    self.tolerance = tolerance
  }

  /// A row without attributes.
  init(_ name: String, _ opset: Int, _ inputs: [RowInput], outputs: Int = 1, tolerance: Double = 1e-7) {
    self.init(name, opset, [:], inputs, outputs: outputs, tolerance: tolerance)
  }

  var testDescription: String { "\(name) \(opset) \(attributes)" }

  /// Draws inputs x and a gradient dY of every floating output, and compares dL/dx of L = Σ dY · Y by the
  /// operator's rule with differences of the definition, both in double.
  func check() throws {
    var random = SplitMix(seed: UInt64(name.utf8.reduce(opset) { $0 &* 31 &+ Int($1) } & 0xFFFF_FFFF))
    let tensors = inputs.map { $0.tensor(&random) }
    let definition = try definition()
    let outputs = try evaluate(definition, tensors)
    let dY = outputs.prefix(outputCount).map { output -> Tensor? in
      guard output.elementType.isFloating else { return nil }
      return Tensor(
        .double, shape: output.shape,
        elements: (0..<output.count).map { _ in Double.random(in: -1...1, using: &random) })
    }
    let node = Evaluation(
      inputs: Inputs(tensors.map { $0.map(Value.tensor) }, parameters: []),
      outputGradients: dY, context: NoSubgraphs())
    let gradients = try definition.inputGradients(node)
    for (index, input) in inputs.enumerated() where input.isDifferentiated {
      guard let x = tensors[index] else { continue }
      let gradient = index < gradients.count ? gradients[index] : nil
      if let gradient { #expect(gradient.shape == x.shape, "input \(index)") }
      let rule = gradient?.doubles() ?? [Double](repeating: 0, count: x.count)
      for element in 0..<x.count {
        let difference = try slope(definition, tensors, index, element, dY)
        #expect(
          abs(rule[element] - difference) <= tolerance * max(1, abs(rule[element]), abs(difference)),
          "input \(index), element \(element): the rule says \(rule[element]), differences \(difference)")
      }
    }
  }

  /// The gradients of the given inputs for L = Σ Y.
  func gradients() throws -> [Tensor?] {
    let tensors = inputs.map { input -> Tensor? in if case .given(let tensor) = input { tensor } else { nil }
    }
    let definition = try definition()
    let ones = try evaluate(definition, tensors).map { output in
      Tensor(.double, shape: output.shape, elements: [Double](repeating: 1, count: output.count))
    }
    let values = Inputs(tensors.map { $0.map(Value.tensor) }, parameters: [])
    return try definition.inputGradients(
      Evaluation(inputs: values, outputGradients: ones, context: NoSubgraphs()))
  }

  private func definition() throws -> any Differentiable {
    let (type, version) = try OperatorRegistry.standard.resolve(name, domain: "", opset: opset)
    let node = try NodeAttributes(
      attributes.map { NamedAttribute($0.key, $0.value) }, version: version,
      namedInputs: inputs.map { if case .omitted = $0 { false } else { true } },
      namedOutputs: Array(repeating: true, count: outputCount))
    return try #require(try type.init(node) as? any Differentiable, "\(name) has no rule")
  }

  private func evaluate(_ definition: any Operator, _ tensors: [Tensor?]) throws -> [Tensor] {
    let values = Inputs(tensors.map { $0.map(Value.tensor) }, parameters: [])
    return try definition.evaluate(values, NoSubgraphs()).map { value in
      guard case .tensor(let tensor) = value else { throw OperatorError(.invalidType, "not a tensor") }
      return tensor
    }
  }

  /// dL/dx of one element by the five-point formula, whose error is of order h⁴.
  private func slope(
    _ definition: any Operator, _ tensors: [Tensor?], _ index: Int, _ element: Int, _ dY: [Tensor?]
  ) throws -> Double {
    let h = 1e-3
    func outputs(_ step: Double) throws -> [[Double]] {
      var moved = tensors
      guard let x = tensors[index] else { return [] }
      var values = x.doubles()
      values[element] += step * h
      moved[index] = Tensor(.double, shape: x.shape, elements: values)
      return try evaluate(definition, moved).map { $0.doubles() }
    }
    let (y2, y1, z1, z2) = (try outputs(2), try outputs(1), try outputs(-1), try outputs(-2))
    var sum = 0.0
    for (k, dY) in dY.enumerated() {
      for (i, dy) in (dY?.doubles() ?? []).enumerated() {
        sum += dy * (8 * (y1[k][i] - z1[k][i]) - (y2[k][i] - z2[k][i]))
      }
    }
    return sum / (12 * h)
  }
}
