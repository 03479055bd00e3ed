import GraphIR
import TensorCore

/// One node, its attributes parsed and checked: all that ONNX says about the operator.
public protocol Operator: Sendable {
  /// Every version's inputs, outputs, attributes and types.
  static var schema: OperatorSchema { get }

  /// Whether equal inputs always give equal outputs; false for operators that draw random numbers.
  static var isDeterministic: Bool { get }

  /// How an implementation may round, by the text; `.other` where nothing is said.
  var rounding: Rounding { get }

  /// Reads the attributes once, when a model is loaded. `node.version` is the version in force.
  init(_ node: NodeAttributes) throws

  /// The types, shapes and, where propagated, elements of the outputs. Where too little is known the answer
  /// is weaker (an unknown dim, no rank), never a guess; what can only fail is an error.
  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact]

  /// The outputs, by the definition. The types of the inputs were checked against the schema before.
  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value]
}

extension Operator {
  public static var isDeterministic: Bool { true }
  public var rounding: Rounding { .other }
}

/// What inference may ask of the graph around a node.
public protocol InferenceContext {
  /// The facts of the outputs of the subgraph in attribute `name`, given facts of its inputs.
  func inferSubgraph(_ name: String, _ inputs: [Fact]) throws -> [Fact]
}

/// What evaluation may use besides its inputs.
///
/// Without an iteration the outputs of a loop are what inference knows of them, so that this infers too.
public protocol EvaluationContext: InferenceContext {
  /// The outputs of the subgraph in attribute `name`, given its inputs. Outer names are visible to it.
  func runSubgraph(_ name: String, _ inputs: [Value]) throws -> [Value]

  /// Runs the subgraph in attribute `name` and keeps all that happens, to go back over it.
  func recordSubgraph(_ name: String, _ inputs: [Value]) throws -> Tape

  /// Draws for operators without a `seed` attribute: the same in every run of a session (TSN-0032).
  var defaultSeed: UInt64 { get }

  /// Throws where the caller has cancelled the run; loops ask once an iteration.
  func checkCancellation() throws
}

/// The context of an operator that has no subgraphs and draws no random numbers.
package struct PlainContext: EvaluationContext {
  package init() {}
  package func runSubgraph(_ name: String, _ inputs: [Value]) throws -> [Value] {
    throw OperatorError(.internalError, "graph '\(name)' cannot run here")
  }
  package var defaultSeed: UInt64 { 0 }
  package func checkCancellation() throws {}
}

extension EvaluationContext {
  /// Throws: whoever has no graphs to run has none to infer.
  public func inferSubgraph(_ name: String, _ inputs: [Fact]) throws -> [Fact] {
    throw OperatorError(.internalError, "there is no graph '\(name)' to infer here")
  }

  /// Throws: whoever has no graphs to run has none to record.
  public func recordSubgraph(_ name: String, _ inputs: [Value]) throws -> Tape {
    throw OperatorError(.internalError, "there is no graph '\(name)' to record here")
  }
}

/// The inputs of a node; nil where an optional one is omitted.
public struct Inputs<Item: Sendable>: Sendable {
  private let items: [Item?]
  private let parameters: [Parameter]

  public init(_ items: [Item?], parameters: [Parameter]) {
    self.items = items
    self.parameters = parameters
  }

  /// The number of inputs that the node lists.
  public var count: Int { items.count }

  /// The input, or nil where it is omitted.
  public subscript(index: Int) -> Item? { index < items.count ? items[index] : nil }

  /// The input's name in the specification.
  public func name(_ index: Int) -> String {
    index < parameters.count
      ? parameters[index].name : parameters.last.map { "\($0.name)[\(index)]" } ?? "\(index)"
  }

  /// The input, which must be there.
  public func required(_ index: Int) throws -> Item {
    guard let item = self[index] else {
      throw OperatorError(.invalidValue, "required input \(index) '\(name(index))' is missing")
    }
    return item
  }

  /// All inputs from `first` on, which must be there: those of a variadic parameter.
  public func variadic(from first: Int = 0) throws -> [Item] {
    try (min(first, items.count)..<items.count).map(required)
  }
}

extension Inputs<Value> {
  /// The input as a tensor, which must be there.
  public func tensor(_ index: Int) throws -> Tensor {
    guard case .tensor(let tensor) = try required(index) else { throw notATensor(index) }
    return tensor
  }

  /// The input as a tensor, or nil where it is omitted.
  public func optionalTensor(_ index: Int) throws -> Tensor? { self[index] == nil ? nil : try tensor(index) }

  /// The inputs from `first` on as tensors.
  public func tensors(from first: Int = 0) throws -> [Tensor] { try (first..<max(count, first)).map(tensor) }

  /// The input as a sequence, which must be there.
  public func sequence(_ index: Int) throws -> (values: [Value], element: ValueType) {
    guard case .sequence(let values, let element) = try required(index) else {
      throw OperatorError(.invalidType, "input \(index) '\(name(index))' must be a sequence")
    }
    return (values, element)
  }

  /// The one element of an input that must be a scalar or hold a single element.
  public func scalar<W: WideNumber>(_ index: Int, _: W.Type = W.self) throws -> W {
    let tensor = try tensor(index)
    guard tensor.count == 1, let value = W.elements(of: tensor).first else {
      throw OperatorError(
        .invalidShape, "\(name(index)) must hold one element, but has shape \(tensor.shape)")
    }
    return value
  }

  private func notATensor(_ index: Int) -> OperatorError {
    OperatorError(
      .invalidType,
      "input \(index) '\(name(index))' must be a tensor, but is \(self[index]?.type.description ?? "missing")"
    )
  }
}
