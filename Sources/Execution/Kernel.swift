import GraphIR
import OperatorSet
import TensorCore

/// A faster way to evaluate one operator.
///
/// It is handed the parsed definition, so it cannot read attributes, versions or defaults differently; and it may
/// never give other results than the definition but for rounding. It is prepared once for each node.
public struct Kernel: Sendable {
  /// `conv.float`: the operator and what the kernel is for.
  public let name: String
  /// The operator that it is for.
  package let definition: any Operator.Type
  /// The kernel for one node, or nil where it is not for that.
  package let prepare: @Sendable (any Operator, KernelSite) -> PreparedKernel?

  /// A kernel with nothing to prepare.
  ///
  /// - Parameter body: the outputs, or nil for "not these inputs: run the definition".
  public init<Definition: Operator>(
    _ name: String, for definition: Definition.Type,
    _ body: @escaping @Sendable (Definition, Inputs<Value>, KernelContext) throws -> [Value]?
  ) {
    self.init(name, for: definition) { definition, _ in
      PreparedKernel(name) { try body(definition, $0, $1) }
    }
  }

  /// - Parameter prepare: the kernel for one node, or nil where it is not for that.
  public init<Definition: Operator>(
    _ name: String, for definition: Definition.Type,
    preparing prepare: @escaping @Sendable (Definition, KernelSite) -> PreparedKernel?
  ) {
    self.init(name, forAny: definition) { definition, site in
      (definition as? Definition).flatMap { prepare($0, site) }
    }
  }

  /// For operators that are known by their type alone.
  public init(
    _ name: String, forAny definition: any Operator.Type,
    preparing prepare: @escaping @Sendable (any Operator, KernelSite) -> PreparedKernel?
  ) {
    self.name = name
    self.definition = definition
    self.prepare = prepare
  }
}

/// What is known of a node when its plan is made.
public struct KernelSite: Sendable {
  /// What is known of the inputs, by position; of an omitted one nothing. A hint: a run may bring others.
  public let inputs: [Fact]
  /// The inputs that are the same in every run, by position.
  public let constants: [Value?]
  /// Whether the node lists an input and does not omit it, by position; nil where that is not known.
  public let isGiven: [Bool]?
  /// The number of outputs that the node lists.
  public let outputCount: Int

  public init(inputs: [Fact], constants: [Value?], isGiven: [Bool]?, outputCount: Int) {
    self.inputs = inputs
    self.constants = constants
    self.isGiven = isGiven
    self.outputCount = outputCount
  }

  /// Nothing is known.
  public static func unknown(outputCount: Int) -> KernelSite {
    KernelSite(inputs: [], constants: [], isGiven: nil, outputCount: outputCount)
  }

  /// The tensor that an input is in every run; nil where it is none.
  public func constant(_ position: Int) -> Tensor? {
    guard position < constants.count, case .tensor(let tensor)? = constants[position] else { return nil }
    return tensor
  }

  /// Whether an input may be a tensor of this type, as far as is known.
  public func mayBe(_ type: ElementType, _ position: Int) -> Bool {
    guard position < inputs.count, let known = inputs[position].elementType else { return true }
    return known == type
  }
}

/// A kernel made ready for one node. It may hold what it has made of constant inputs, and serves several runs at a
/// time.
public struct PreparedKernel: Sendable {
  /// The kernel's name, and those of the operators that are computed along with it.
  public let name: String
  /// The outputs, or nil for "not these inputs: run the definition".
  public let evaluate: @Sendable (Inputs<Value>, KernelContext) throws -> [Value]?
  /// The same kernel with operators behind it that work element by element on what it gives; nil where it cannot
  /// take them along.
  let chained: (@Sendable ([ChainLink]) -> PreparedKernel?)?

  public init(
    _ name: String, chained: (@Sendable ([ChainLink]) -> PreparedKernel?)? = nil,
    evaluate: @escaping @Sendable (Inputs<Value>, KernelContext) throws -> [Value]?
  ) {
    self.name = name
    self.chained = chained
    self.evaluate = evaluate
  }
}

/// One of the operators that follow another and are computed along with it, element by element: what was computed
/// before stays in the first cache.
public struct ChainLink: Sendable {
  /// Where an input comes from.
  public enum Operand: Sendable, Equatable {
    /// The output of the operator that the chain begins with (0), or of the link before the one at this position.
    case link(Int)
    /// An input of the whole chain, by its position among those of all its operators.
    case input(Int)
  }
  public let definition: any Operator
  public let operands: [Operand]
  public let site: KernelSite

  public init(_ definition: any Operator, _ operands: [Operand], site: KernelSite) {
    self.definition = definition
    self.operands = operands
    self.site = site
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

  /// The kernels for a node, in order.
  func kernels(for definition: any Operator, _ site: KernelSite) -> [PreparedKernel] {
    (byDefinition[ObjectIdentifier(type(of: definition))] ?? []).compactMap { $0.prepare(definition, site) }
  }

  /// The outputs of an operator without subgraphs as a run computes them.
  @Sendable
  func evaluate(_ definition: any Operator, _ inputs: Inputs<Value>, outputCount: Int) throws -> [Value] {
    let context = KernelContext(threadCount: 1, outputCount: outputCount, work: .current)
    for kernel in kernels(for: definition, .unknown(outputCount: outputCount)) {
      if let outputs = try kernel.evaluate(inputs, context) { return outputs }
    }
    return try definition.evaluate(inputs, PlainContext())
  }
}
