import OperatorSet
import TensorCore

/// A faster way to evaluate one operator.
///
/// It is handed the parsed definition, so it cannot read attributes, versions or defaults differently; and it may
/// never give other results than the definition but for rounding.
public struct Kernel: Sendable {
  /// `conv.float`: the operator and what the kernel is for.
  public let name: String
  let definition: any Operator.Type
  let evaluate: @Sendable (any Operator, Inputs<Value>, KernelContext) throws -> [Value]?

  /// - Parameter body: the outputs, or nil for "not these inputs: run the definition".
  public init<Definition: Operator>(
    _ name: String, for _: Definition.Type,
    _ body: @escaping @Sendable (Definition, Inputs<Value>, KernelContext) throws -> [Value]?
  ) {
    self.name = name
    definition = Definition.self
    evaluate = { definition, inputs, context in
      guard let definition = definition as? Definition else { return nil }
      return try body(definition, inputs, context)
    }
  }
}

/// The kernels that a session may use, by the operator they are for.
public struct KernelRegistry: Sendable {
  /// All of them, in the order given.
  let kernels: [Kernel]
  private let byDefinition: [ObjectIdentifier: [Kernel]]

  /// No kernels: every operator runs by its definition.
  public static let none = KernelRegistry([])

  /// - Parameter kernels: of several for one operator, the first that does not decline is used.
  public init(_ kernels: [Kernel]) {
    self.kernels = kernels
    byDefinition = Dictionary(grouping: kernels) { ObjectIdentifier($0.definition) }
  }

  /// The operators that have kernels; nil where none has, and it makes no difference.
  var operators: Set<String>? { kernels.isEmpty ? nil : Set(kernels.map { $0.definition.schema.name }) }

  /// The kernels for a definition, in order.
  func kernels(for definition: any Operator) -> [Kernel] {
    byDefinition[ObjectIdentifier(type(of: definition))] ?? []
  }

  /// The outputs of an operator without subgraphs as a run computes them.
  @Sendable
  func evaluate(_ definition: any Operator, _ inputs: Inputs<Value>, outputCount: Int) throws -> [Value] {
    let context = KernelContext(threadCount: 1, outputCount: outputCount, work: .current)
    for kernel in kernels(for: definition) {
      if let outputs = try kernel.evaluate(definition, inputs, context) { return outputs }
    }
    return try definition.evaluate(inputs, PlainContext())
  }
}
