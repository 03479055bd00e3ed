import Analysis
import Execution
import Foundation
import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// A model to which a rule is applied, and the operators that are left of its main graph: fewer where the rule
/// fires, all of them for a near miss.
struct RuleCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  var nodes: [Node]
  var inputs: [ValueInfo] = [float("x", 2, 3)]
  var outputs = ["y"]
  var constants: [Initializer] = []
  var opset = 21
  /// The operators that are left, in order.
  var leaves: [String]

  init(
    _ description: String, _ nodes: [Node], inputs: [ValueInfo] = [float("x", 2, 3)],
    outputs: [String] = ["y"],
    constants: [String: Tensor] = [:], opset: Int = 21, leaves: [String]
  ) {
    (testDescription, self.nodes, self.inputs) = (description, nodes, inputs)
    (self.outputs, self.opset, self.leaves) = (outputs, opset, leaves)
    self.constants = constants.sorted { $0.key < $1.key }.map { Initializer(name: $0.key, tensor: $0.value) }
  }

  private var model: Model {
    let graph = Graph(
      name: "g", nodes: nodes, inputs: inputs, outputs: outputs.map(untyped), initializers: constants)
    return Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: opset)], graph: graph)
  }

  /// Applies `rule`, and holds what comes of it against the model before, by definitions: bit by bit on numbers at
  /// which rewritings go wrong; or, where the rule rounds, within a few roundings on ordinary ones.
  func check(_ rule: any Rule.Type) throws {
    var options = OptimizerOptions()
    options.promise = rule.promise
    options.only = [rule.name]
    let optimizer = try Optimizer(options)
    let result = try optimizer.optimize(model)
    #expect(result.model.graph.nodes.map(\.opType) == leaves)
    let isNearMiss = testDescription.hasPrefix("near miss")
    #expect(result.applications.isEmpty == isNearMiss)
    #expect(try optimizer.optimize(result.model).applications.isEmpty, "a second time changes nothing")
    let keepsBits = isNearMiss || rule.promise == .sameBits
    for feeds in try feeds(of: keepsBits ? Self.boundaryNumbers : Self.ordinaryNumbers) {
      let (before, after) = (try run(model, feeds), try run(result.model, feeds))
      for output in outputs {
        if keepsBits {
          #expect(bits(before[output]) == bits(after[output]), "\(output)")
        } else {
          try expectClose(before[output], after[output], output)
        }
      }
    }
  }

  /// A rule that rounds may move a value by this much of the output's largest.
  private static let roundings = 16 * 0x1p-24

  private func expectClose(_ before: Value?, _ after: Value?, _ name: String) throws {
    guard case .tensor(let want)? = before, case .tensor(let got)? = after else { throw CaseError() }
    #expect(want.elementType == got.elementType && want.shape == got.shape, "\(name)")
    let largest = want.doubles().map(abs).max() ?? 0
    for (want, got) in zip(want.doubles(), got.doubles()) {
      #expect(abs(want - got) <= Self.roundings * largest, "\(name)")
    }
  }

  private func run(_ model: Model, _ feeds: NamedValues) throws -> NamedValues {
    var options = SessionOptions()
    options.graphOptimizationLevel = .none
    return try Session(model, options: options).run(feeds)
  }

  private func bits(_ value: Value?) -> [UInt8]? {
    guard case .tensor(let tensor)? = value else { return nil }
    let header = Array("\(tensor.elementType)\(tensor.shape)".utf8)
    return header + tensor.withUnsafeBytes { Array($0) }
  }

  /// Values of every input, open extents as 2 and as 1.
  private func feeds(of numbers: [Double]) throws -> [NamedValues] {
    try [2, 1].flatMap { extent in
      try (0..<3).map { turn in
        try NamedValues(
          inputs.map { input in
            guard case .tensor(let type, let dims?)? = input.type else { throw CaseError() }
            let shape = dims.map { $0.number ?? extent }
            let numbers = (0..<shape.product).map { numbers[($0 + turn * 5) % numbers.count] }
            return (input.name, .tensor(Tensor(type, shape: shape, rounding: numbers)))
          })
      }
    }
  }

  private struct CaseError: Error {}

  private static let ordinaryNumbers: [Double] = [0.5, -1.25, 3, 0.1, -0.7, 2, 0, 1.5, -2.2, 0.9, 1]
  private static let boundaryNumbers: [Double] = [
    -0.0, 1, .infinity, -2.5, .nan, 0, 0x1p-149, -.infinity, 3e38, -0x1p-130, 0.1,
  ]
}
