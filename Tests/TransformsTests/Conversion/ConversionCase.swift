import Analysis
import Execution
import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// A model that is converted, and what becomes of it: the operators of its main graph, or why it is refused.
struct ConversionCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  private let model: Model
  private let target: Int
  private let domain: String
  /// The operators of the main graph afterwards, in order; nil where the conversion is refused.
  private let leaves: [String]?
  /// What a refusal says.
  private let refusal: String?
  private let feeds: [String: Tensor]

  /// - Parameters:
  ///   - feeds: inputs that must be something in particular; the others get numbers at which conversions go
  ///     wrong.
  init(
    _ description: String, _ nodes: [Node], inputs: [ValueInfo] = [float("x", 2, 3)],
    outputs: [String] = ["y"],
    constants: [String: Tensor] = [:], feeds: [String: Tensor] = [:], from opset: Int, to target: Int,
    domain: String = "", leaves: [String]
  ) {
    self.init(
      description, nodes, inputs, outputs, constants, feeds, opset, target, domain, leaves: leaves,
      refusal: nil)
  }

  /// A model that cannot be converted.
  init(
    _ description: String, _ nodes: [Node], inputs: [ValueInfo] = [float("x", 2, 3)],
    outputs: [String] = ["y"],
    constants: [String: Tensor] = [:], from opset: Int, to target: Int, domain: String = "", refused: String
  ) {
    self.init(
      description, nodes, inputs, outputs, constants, [:], opset, target, domain, leaves: nil,
      refusal: refused)
  }

  private init(
    _ description: String, _ nodes: [Node], _ inputs: [ValueInfo], _ outputs: [String],
    _ constants: [String: Tensor], _ feeds: [String: Tensor], _ opset: Int, _ target: Int, _ domain: String,
    leaves: [String]?, refusal: String?
  ) {
    testDescription = "\(description), \(opset) → \(target)"
    let graph = Graph(
      name: "g", nodes: nodes, inputs: inputs, outputs: outputs.map(untyped),
      initializers: constants.sorted { $0.key < $1.key }.map { Initializer(name: $0.key, tensor: $0.value) })
    // From IR version 4 on initializers are constants.
    let irVersion = max(leastIRVersion(ofOpset: opset, domain: domain), 4)
    model = Model(
      irVersion: irVersion, opsetImports: [OpsetImport(domain: domain, version: opset)], graph: graph)
    (self.target, self.domain, self.leaves, self.refusal, self.feeds) = (
      target, domain, leaves, refusal, feeds
    )
  }

  /// Converts the model, and holds its values against those before, by definitions and bit by bit; where the
  /// way back can be gone, also those of what comes back.
  func check() throws {
    guard let leaves else { return checkRefusal() }
    let converted = try convertVersion(model, to: target, domain: domain)
    #expect(converted.graph.nodes.map(\.opType) == leaves)
    #expect(converted.opsetImports.map(\.version) == [target])
    #expect(converted.irVersion >= leastIRVersion(ofOpset: target, domain: domain))
    try expectSameValues(model, converted)
    guard let opset = model.opsetImports.first?.version else { return }
    do {
      try expectSameValues(model, convertVersion(converted, to: opset, domain: domain))
    } catch is ConversionError {
      return
    }
  }

  private func checkRefusal() {
    let error = #expect(throws: ConversionError.self) {
      try convertVersion(model, to: target, domain: domain)
    }
    #expect(error?.description.contains(refusal ?? "") == true, "\(error?.description ?? "")")
  }

  private func expectSameValues(_ before: Model, _ after: Model) throws {
    for feeds in try allFeeds() {
      let (want, got) = (try values(before, feeds), try values(after, feeds))
      for output in before.graph.outputs { #expect(want[output.name] == got[output.name], "\(output.name)") }
    }
  }

  /// Type, shape and bits of all outputs.
  private func values(_ model: Model, _ feeds: NamedValues) throws -> NameDictionary<[UInt8]> {
    var options = SessionOptions()
    options.graphOptimizationLevel = .none
    return try Session(model, options: options).run(feeds).mapValues { value in
      guard case .tensor(let tensor) = value else { return [] }
      let header = Array("\(tensor.elementType)\(tensor.shape)".utf8)
      let bytes =
        tensor.elementType == .string ? tensor.strings.flatMap { Array($0.utf8) + [0] } : tensor.bytes
      return header + bytes
    }
  }

  /// Values of every input, open extents as 2 and as 1.
  private func allFeeds() throws -> [NamedValues] {
    let defaults = Set(model.graph.initializers.map { NameKey($0.name) })
    let wanted = model.graph.inputs.filter { !defaults.contains(NameKey($0.name)) }
    return try [2, 1].flatMap { extent in
      try (0..<3).map { turn in
        try NamedValues(
          wanted.map { input in
            if let given = feeds[input.name] { return (input.name, .tensor(given)) }
            guard case .tensor(let type, let dims?)? = input.type else { throw CaseError() }
            let shape = dims.map { $0.number ?? extent }
            let numbers = (0..<shape.product).map { Self.numbers[($0 + turn * 5) % Self.numbers.count] }
            return (input.name, .tensor(Tensor(type, shape: shape, rounding: numbers)))
          })
      }
    }
  }

  private struct CaseError: Error {}

  private static let numbers: [Double] = [
    -0.0, 1, .infinity, -2.5, .nan, 0, 0x1p-149, -.infinity, 3e38, -0x1p-130, 0.1, 2, -1, 7,
  ]
}

extension Tensor {
  fileprivate var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
