import GraphIR
import OperatorSet
import TensorCore
import Testing

/// A body written in Swift: what a session would run as a subgraph.
private struct FakeBody: InferenceContext, EvaluationContext {
  let body: @Sendable ([Value]) throws -> [Value]
  let facts: @Sendable ([Fact]) throws -> [Fact]
  func inferSubgraph(_ name: String, _ inputs: [Fact]) throws -> [Fact] { try facts(inputs) }
  func runSubgraph(_ name: String, _ inputs: [Value]) throws -> [Value] { try body(inputs) }
  var defaultSeed: UInt64 { 0 }
  func checkCancellation() throws {}
}

private func scalar(_ value: Value) -> Int {
  guard case .tensor(let tensor) = value else { return 0 }
  return tensor.ints().first ?? 0
}

private func number(_ value: Int) -> Value { .tensor(int64s([value], [])) }
private func truth(_ value: Bool) -> Value { .tensor(Tensor(bools: [value], shape: [])) }

/// A graph that declares int64 scalars but for the types given; what it computes stands in a `FakeBody`.
private func declaring(_ inputs: Int, _ outputs: Int, _ types: [Int: ValueType] = [:]) -> Attribute {
  func infos(_ count: Int, _ prefix: String) -> [ValueInfo] {
    (0..<count).map { ValueInfo(name: "\(prefix)\($0)", type: types[$0] ?? .tensor(.int64, [])) }
  }
  return .graph(Graph(name: "body", inputs: infos(inputs, "i"), outputs: infos(outputs, "o")))
}

private func run(
  _ name: String, opset: Int, _ attributes: [String: Attribute], _ inputs: [Value?], outputs: Int,
  facts: @escaping @Sendable ([Fact]) throws -> [Fact] = { _ in [] },
  body: @escaping @Sendable ([Value]) throws -> [Value]
) throws -> [Value] {
  let (type, version) = try OperatorRegistry.standard.resolve(name, domain: "", opset: opset)
  let node = try NodeAttributes(
    attributes.map { NamedAttribute($0.key, $0.value) }, version: version,
    namedInputs: inputs.map { $0 != nil }, namedOutputs: Array(repeating: true, count: outputs))
  let definition = try type.init(node)
  let context = FakeBody(body: body, facts: facts)
  let inferred = try definition.infer(
    Inputs(inputs.map { $0.map(Fact.init(of:)) }, parameters: version.inputs), context)
  let values = try definition.evaluate(Inputs(inputs, parameters: version.inputs), context)
  for (value, fact) in zip(values, inferred) { #expect(fits(value, fact), "\(value.type), inferred \(fact)") }
  return values
}

private func ints(_ value: Value) -> [Int] {
  guard case .tensor(let tensor) = value else { return [] }
  return tensor.ints()
}

private func shape(_ value: Value) -> [Int]? {
  guard case .tensor(let tensor) = value else { return nil }
  return tensor.shape
}

/// Loop, Scan and SequenceMap with bodies written in Swift. Expected values: by hand, from the definitions.
@Suite struct ControlFlowTests {
  /// Yields: go on below 5, the sum of iteration numbers, and the iteration number as scan output.
  private static func sum(_ inputs: [Value]) -> [Value] {
    let sum = scalar(inputs[2]) + scalar(inputs[0])
    return [truth(sum < 5), number(sum), inputs[0]]
  }

  private func loop(_ M: Value?, _ cond: Value?) throws -> [Value] {
    let scalars: [Fact] = [.tensor(.bool, []), .tensor(.int64, []), .tensor(.int64, [])]
    return try run(
      "Loop", opset: 13, ["body": declaring(3, 3, [1: .tensor(.bool, [])])], [M, cond, number(0)], outputs: 2,
      facts: { _ in scalars }, body: Self.sum)
  }

  @Test func loopEnds() throws {
    #expect(try loop(number(3), truth(true)).map(ints) == [[3], [0, 1, 2]], "by count")
    #expect(try loop(number(9), truth(true)).map(ints) == [[6], [0, 1, 2, 3]], "by condition")
    #expect(try loop(nil, truth(true)).map(ints) == [[6], [0, 1, 2, 3]], "no count")
    #expect(
      try loop(number(5), nil).map(ints) == [[10], [0, 1, 2, 3, 4]], "without cond the body's is ignored")
    #expect(try loop(number(-1), truth(true)).map(ints) == [[0], []], "no iteration")
  }

  @Test func loopWithoutIterationStacksNothing() throws {
    let types: [Int: ValueType] = [2: .tensor(.int64, [4, .param("N")])]
    let outputs = try run(
      "Loop", opset: 13, ["body": declaring(3, 3, types)], [number(0), nil, number(7)], outputs: 2
    ) { $0 }
    #expect(ints(outputs[0]) == [7])
    #expect(shape(outputs[1]) == [0, 4, 0])
  }

  @Test func loopTakesValuesAsOptionals() throws {
    let element = ValueType.sequence(.tensor(.int64, nil))
    let none = Value.optional(nil, of: element)
    let attributes = ["body": declaring(3, 2, [2: .optional(element)])]
    let outputs = try run("Loop", opset: 16, attributes, [number(2), nil, none], outputs: 1) { inputs in
      guard case .optional(let held, _) = inputs[2] else { return [truth(true), inputs[0]] }
      if let held { return [truth(true), held] }
      return [truth(true), .sequence([inputs[0]], of: .tensor(.int64, []))]
    }
    guard case .sequence(let values, _) = outputs[0] else {
      return #expect(Bool(false), "\(outputs[0].type)")
    }
    #expect(values.map(scalar) == [0])
  }

  @Test func loopErrors() {
    expectError(.invalidAttribute, mentioning: "body has 2 inputs") {
      _ = try run("Loop", opset: 13, ["body": declaring(2, 2)], [nil, nil, number(0)], outputs: 1) { $0 }
    }
    expectError(.invalidShape, mentioning: "later") {
      _ = try run("Loop", opset: 13, ["body": declaring(2, 2)], [number(2), nil], outputs: 1) { inputs in
        [truth(true), .tensor(counting([scalar(inputs[0])]))]
      }
    }
  }

  /// Yields the running sum as state and as element.
  private static func add(_ inputs: [Value]) -> [Value] {
    let sum = number(scalar(inputs[0]) + scalar(inputs[1]))
    return [sum, sum]
  }

  private func scan(opset: Int, _ more: [String: Attribute], _ inputs: [Value?]) throws -> [Value] {
    let attributes = more.merging(["body": declaring(2, 2), "num_scan_inputs": .int(1)]) { $1 }
    let scalars: [Fact] = [.tensor(.int64, []), .tensor(.int64, [])]
    return try run(
      "Scan", opset: opset, attributes, inputs, outputs: 2, facts: { _ in scalars }, body: Self.add)
  }

  @Test func scanWalks() throws {
    let x = Value.tensor(int64s([1, 2, 4]))
    #expect(try scan(opset: 9, [:], [number(0), x]).map(ints) == [[7], [1, 3, 7]])
    let back: [String: Attribute] = ["scan_input_directions": .ints([1])]
    #expect(try scan(opset: 11, back, [number(0), x]).map(ints) == [[7], [4, 6, 7]], "from the last one")
    let prepend: [String: Attribute] = ["scan_output_directions": .ints([1]), "scan_input_axes": .ints([-1])]
    #expect(try scan(opset: 25, prepend, [number(0), x]).map(ints) == [[7], [7, 3, 1]], "put in front")
    #expect(try scan(opset: 25, [:], [number(5), .tensor(counting([0]))]).map(ints) == [[5], []], "nothing")
  }

  @Test func scanOfABatch() throws {
    let x = Value.tensor(int64s([1, 2, 4, 10, 20, 40], [2, 3]))
    let start = Value.tensor(int64s([0, 100]))
    let whole = try scan(opset: 8, [:], [nil, start, x])
    #expect(whole.map(ints) == [[7, 170], [1, 3, 7, 110, 130, 170]])
    #expect(whole.map(shape) == [[2], [2, 3]])
    let part = try scan(opset: 8, [:], [.tensor(int64s([2, 1])), start, x])
    #expect(part.map(ints) == [[3, 110], [1, 3, 0, 110, 0, 0]], "padded with zeros")
    let back = try scan(opset: 8, ["directions": .ints([1])], [nil, start, x])
    #expect(back.map(ints) == [[7, 170], [4, 6, 7, 140, 160, 170]])
  }

  @Test func sequenceMap() throws {
    let type = ValueType.tensor(.int64, [])
    let pair = Value.sequence([number(1), number(2)], of: type)
    let attributes = ["body": declaring(3, 1)]
    let outputs = try run(
      "SequenceMap", opset: 17, attributes, [pair, pair, number(10)], outputs: 1, facts: { _ in [Fact(type)] }
    ) {
      inputs in [number(inputs.map(scalar).reduce(0, +))]
    }
    guard case .sequence(let values, _) = outputs[0] else {
      return #expect(Bool(false), "\(outputs[0].type)")
    }
    #expect(values.map(scalar) == [12, 14])
    expectError(.invalidValue, mentioning: "beside") {
      let three = Value.sequence([number(1), number(2), number(3)], of: type)
      _ = try run("SequenceMap", opset: 17, attributes, [pair, three, number(0)], outputs: 1) { $0 }
    }
  }
}
