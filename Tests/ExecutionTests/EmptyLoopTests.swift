import Execution
import GraphIR
import TensorCore
import Testing

/// Loops without an iteration, whose bodies declare nothing: the outputs are what an iteration would yield.
/// Expected types and shapes: by hand, from the operators of the bodies.
@Suite struct EmptyLoopTests {
  private func run(
    _ opType: String, _ inputs: [String], body: Graph, _ attributes: [String: Attribute] = [:],
    feeding feeds: [String: Value], types: [ValueInfo]
  ) throws -> Value? {
    let outputs = opType == "SequenceMap" ? ["y"] : ["last", "y"]
    let attributes = attributes.merging(["body": .graph(body)]) { $1 }
    var options = SessionOptions()
    options.checksInference = true
    let session = try Session(
      model([node(opType, inputs, outputs, attributes)], inputs: types), options: options)
    var values = NamedValues()
    for (name, value) in feeds { values[name] = value }
    return try session.run(values)["y"]
  }

  private func body(_ inputs: [String], _ nodes: [Node], _ outputs: [ValueInfo]) -> Graph {
    Graph(name: "body", nodes: nodes, inputs: inputs.map(untyped), outputs: outputs)
  }

  private func zeros(_ shape: [Int]) -> Value {
    .tensor(Tensor(floats: Array(repeating: 0, count: shape.product), shape: shape))
  }

  @Test(arguments: [untyped("r"), ValueInfo(name: "r", type: .tensor(.int32, [.param("n"), 4]))])
  func aLoop(yields declared: ValueInfo) throws {
    let cast = node("Cast", ["v"], ["r"], ["to": .int(6)])
    let y = try run(
      "Loop", ["m", "", "x"], body: body(["i", "c", "v"], [cast], [untyped("c"), untyped("v"), declared]),
      feeding: ["x": zeros([3, 4]), "m": .tensor(Tensor(int64: [0], shape: []))],
      types: [
        ValueInfo(name: "x", type: .tensor(.float, nil)), ValueInfo(name: "m", type: .tensor(.int64, [])),
      ])
    #expect(y?.type == .tensor(.int32, [0, 3, 4]))
  }

  @Test func aScan() throws {
    let nodes = [
      node("Cast", ["x_t"], ["t"], ["to": .int(9)]),
      node("Transpose", ["t"], ["r"], ["perm": .ints([1, 0])]),
    ]
    let y = try run(
      "Scan", ["s", "x"], body: body(["v", "x_t"], nodes, [untyped("v"), untyped("r")]),
      ["num_scan_inputs": .int(1), "scan_output_axes": .ints([1])],
      feeding: ["s": zeros([]), "x": zeros([0, 2, 5])], types: [float("s"), float("x", .param("t"), 2, 5)])
    #expect(y?.type == .tensor(.bool, [5, 0, 2]))
  }

  @Test func aSequenceMap() throws {
    let cast = node("Cast", ["e"], ["r"], ["to": .int(6)])
    let y = try run(
      "SequenceMap", ["x"], body: body(["e"], [cast], [untyped("r")]),
      feeding: ["x": .sequence([], of: .tensor(.float, nil))],
      types: [ValueInfo(name: "x", type: .sequence(.tensor(.float, nil)))])
    #expect(y?.type == .sequence(.tensor(.int32, nil)))
  }

  /// The body declares rank 1 of its input, which is given elements of rank 2.
  @Test(arguments: [0, 2])
  func aBodyThatDeclaresAnotherRank(count: Int) throws {
    let body = Graph(
      name: "body", nodes: [node("Cast", ["e"], ["r"], ["to": .int(6)])], inputs: [float("e", .param("n"))],
      outputs: [untyped("r")])
    let y = try run(
      "SequenceMap", ["x"], body: body,
      feeding: ["x": .sequence([Value](repeating: zeros([1, 5]), count: count), of: .tensor(.float, nil))],
      types: [ValueInfo(name: "x", type: .sequence(.tensor(.float, nil)))])
    #expect(y?.type == .sequence(.tensor(.int32, count == 0 ? nil : [1, 5])))
  }

  /// The body casts what stands around it, of which only the run knows the type.
  @Test func aBodyThatReadsOuterNames() throws {
    let nodes = [node("Cast", ["w"], ["r"], ["to": .int(11)])]
    let y = try run(
      "Loop", ["m", "", "x"],
      body: body(["i", "c", "v"], nodes, [untyped("c"), untyped("v"), untyped("r")]),
      feeding: ["x": zeros([]), "w": zeros([2, 7]), "m": .tensor(Tensor(int64: [0], shape: []))],
      types: [
        float("x"), ValueInfo(name: "w", type: .tensor(.float, nil)),
        ValueInfo(name: "m", type: .tensor(.int64, [])),
      ])
    #expect(y?.type == .tensor(.double, [0, 2, 7]))
  }
}
