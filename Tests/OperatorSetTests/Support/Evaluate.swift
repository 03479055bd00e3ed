import GraphIR
import OperatorSet
import TensorCore
import Testing

/// One row of an operator's table of tests: what goes in, what must come out and where that is known from.
struct OperatorCase: CustomTestStringConvertible, Sendable {
  let opset: Int
  let attributes: [String: Attribute]
  let inputs: [Value?]
  let outputs: [Value]
  let relativeTolerance: Double
  let note: String

  init(
    opset: Int, _ attributes: [String: Attribute] = [:], _ inputs: [Tensor?], gives outputs: [Tensor],
    relativeTolerance: Double = 0, _ note: String = ""
  ) {
    self.init(
      opset: opset, attributes, values: inputs.map { $0.map(Value.tensor) },
      gives: outputs.map(Value.tensor), relativeTolerance: relativeTolerance, note)
  }

  init(
    opset: Int, _ attributes: [String: Attribute] = [:], values: [Value?], gives outputs: [Value],
    relativeTolerance: Double = 0, _ note: String = ""
  ) {
    self.opset = opset
    self.attributes = attributes
    inputs = values
    self.outputs = outputs
    self.relativeTolerance = relativeTolerance
    self.note = note
  }

  var testDescription: String { "opset \(opset) \(attributes) \(note)" }

  /// Evaluates and infers; the outputs must be as the row says and the inferred facts must fit them.
  func check(_ name: String, domain: String = "") throws {
    let (actual, facts) = try evaluate(
      name, domain: domain, opset: opset, attributes, inputs, outputCount: outputs.count)
    #expect(actual.count >= outputs.count)
    for (index, (got, want)) in zip(actual, outputs).enumerated() {
      #expect(
        agree(got, want, relativeTolerance), "output \(index): got \(describe(got)), want \(describe(want))")
      #expect(fits(got, facts[index]), "output \(index) is \(got.type), inferred \(facts[index])")
    }
  }
}

/// Evaluates one operator as a session would: version resolved, attributes parsed, types checked.
func evaluate(
  _ name: String, domain: String = "", opset: Int, _ attributes: [String: Attribute] = [:],
  _ inputs: [Value?],
  outputCount: Int = 1
) throws -> (outputs: [Value], facts: [Fact]) {
  let (type, version) = try OperatorRegistry.standard.resolve(name, domain: domain, opset: opset)
  let node = try NodeAttributes(
    attributes.map { NamedAttribute($0.key, $0.value) }, version: version,
    namedInputs: inputs.map { $0 != nil }, namedOutputs: Array(repeating: true, count: outputCount))
  let definition = try type.init(node)
  let types = inputs.map { $0?.type }
  try version.check(inputTypes: types)
  let facts = try definition.infer(
    Inputs(inputs.map { $0.map(Fact.init(of:)) }, parameters: version.inputs), NoSubgraphs())
  let outputs = try definition.evaluate(Inputs(inputs, parameters: version.inputs), NoSubgraphs())
  return (outputs, facts)
}

/// Expects that evaluating throws an `OperatorError` of `kind` whose message contains `fragment`.
func expectError(
  _ kind: OperatorError.Kind, mentioning fragment: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  do {
    try body()
    Issue.record("expected \(kind), but nothing was thrown", sourceLocation: sourceLocation)
  } catch let error as OperatorError {
    #expect(error.kind == kind, sourceLocation: sourceLocation)
    #expect(error.message.contains(fragment), "\(error.message)", sourceLocation: sourceLocation)
  } catch {
    #expect("\(error)".contains(fragment), "\(error)", sourceLocation: sourceLocation)
  }
}

/// The context of an operator without subgraphs.
struct NoSubgraphs: InferenceContext, EvaluationContext {
  func inferSubgraph(_ name: String, _ inputs: [Fact]) throws -> [Fact] { [] }
  func runSubgraph(_ name: String, _ inputs: [Value]) throws -> [Value] { [] }
  var defaultSeed: UInt64 { 0 }
  func checkCancellation() throws {}
}

/// Whether a value is what was inferred of it.
func fits(_ value: Value, _ fact: Fact) -> Bool {
  guard let inferred = fact.type else { return true }
  return inferred.union(value.type).map { $0.withoutShape == inferred.withoutShape } ?? false
    && dimsFit(value, inferred)
}

private func dimsFit(_ value: Value, _ type: ValueType) -> Bool {
  guard case .tensor(let tensor) = value, case .tensor(_, let dims?) = type else { return true }
  return dims.count == tensor.rank
    && zip(dims, tensor.shape).allSatisfy { $0.number == nil || $0.number == $1 }
}

private func agree(_ a: Value, _ b: Value, _ tolerance: Double) -> Bool {
  switch (a, b) {
  case (.tensor(let x), .tensor(let y)):
    guard x.elementType == y.elementType, x.shape == y.shape else { return false }
    if x.elementType == .string { return x.strings == y.strings }
    if x.elementType.arithmetic == .complex { return x.complexes() == y.complexes() }
    return x.elementType.isFloating
      ? zip(x.doubles(), y.doubles()).allSatisfy { near($0, $1, tolerance) } : x.integers() == y.integers()
  case (.sequence(let x, _), .sequence(let y, _)):
    return x.count == y.count && zip(x, y).allSatisfy { agree($0, $1, tolerance) }
  case (.optional(let x?, _), .optional(let y?, _)): return agree(x, y, tolerance)
  case (.optional(nil, let x), .optional(nil, let y)): return x.withoutShape == y.withoutShape
  default: return false
  }
}

private func near(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  a == b || (a.isNaN && b.isNaN) || abs(a - b) <= tolerance * max(abs(a), abs(b))
}

private func describe(_ value: Value) -> String {
  guard case .tensor(let tensor) = value else { return "\(value.type)" }
  let elements = tensor.elementType == .string ? "\(tensor.strings)" : "\(tensor.doubles())"
  return "\(value.type) \(elements)"
}
