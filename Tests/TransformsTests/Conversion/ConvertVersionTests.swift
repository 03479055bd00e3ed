import Execution
import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// What holds for all operators. Expected values: those of the model before.
@Suite struct ConvertVersionTests {
  private func model(_ opset: Int, _ nodes: [Node], inputs: [ValueInfo] = [float("x", 2, 3)], ir: Int = 8)
    -> Model
  {
    Model(
      irVersion: ir, opsetImports: [OpsetImport(domain: "", version: opset)],
      graph: Graph(name: "g", nodes: nodes, inputs: inputs, outputs: [untyped("y")]))
  }

  private let feeds = NamedValues(["x": .tensor(Tensor(floats: [1, -2, 3, 0.5, 4, -1], shape: [2, 3]))])

  @Test(arguments: [
    ConversionCase(
      "types are widened", [node("Relu", ["x"], ["a"]), node("Add", ["a", "x"], ["y"])], from: 7, to: 28,
      leaves: ["Relu", "Add"]),
    ConversionCase(
      "types are narrowed", [node("Relu", ["x"], ["a"]), node("Add", ["a", "x"], ["y"])], from: 28, to: 7,
      leaves: ["Relu", "Add"]),
    ConversionCase(
      "a type that is not there yet", [node("Relu", ["x"], ["y"])],
      inputs: [ValueInfo(name: "x", type: .tensor(.int32, [.value(2)]))], from: 28, to: 7,
      refused: "Relu 'y' cannot be converted, opset 14 → 13: X is tensor(int32)"),
    ConversionCase(
      "a type that went", [node("ReduceLogSum", ["x"], ["y"])],
      inputs: [ValueInfo(name: "x", type: .tensor(.int64, [.value(2)]))], from: 18, to: 28,
      refused: "opset 27 → 28"),
    ConversionCase(
      "an operator that is not there yet", [node("Gelu", ["x"], ["y"], name: "g")], from: 28, to: 19,
      refused: "Gelu 'g' cannot be converted, opset 20 → 19: there is no Gelu before opset 20"),
    ConversionCase(
      "a default that changed is written out", [node("Selu", ["x"], ["y"])], from: 1, to: 22, leaves: ["Selu"]
    ),
    ConversionCase(
      "an attribute of no meaning goes",
      [node("Exp", ["x"], ["y"], ["consumed_inputs": .ints([0])])], from: 1, to: 6, leaves: ["Exp"]),
    ConversionCase(
      "an attribute at its default goes", [node("ArgMax", ["x"], ["y"], ["select_last_index": .int(0)])],
      from: 12, to: 11, leaves: ["ArgMax"]),
    ConversionCase(
      "an attribute with a meaning stays", [node("ArgMax", ["x"], ["y"], ["select_last_index": .int(1)])],
      from: 12, to: 11, refused: "attribute 'select_last_index' is 1, which opset 11 cannot say"),
    ConversionCase(
      "dense windows have no dilations",
      [node("AveragePool", ["x"], ["y"], ["kernel_shape": .ints([2]), "dilations": .ints([1])])],
      inputs: [float("x", 1, 2, 5)], from: 19, to: 7, leaves: ["AveragePool"]),
    ConversionCase(
      "windows with dilations",
      [node("AveragePool", ["x"], ["y"], ["kernel_shape": .ints([2]), "dilations": .ints([2])])],
      inputs: [float("x", 1, 2, 5)], from: 19, to: 18, refused: "attribute 'dilations' is [2], which opset 18"
    ),
    ConversionCase(
      "a mode that is not there yet", [node("Pad", ["x", "p"], ["y"], ["mode": .string("wrap")])],
      constants: ["p": Tensor(int64: [0, 1, 0, 1])], from: 19, to: 18, refused: "mode 'wrap' needs opset 19"),
    ConversionCase(
      "an optional input that is not there yet",
      [node("Attention", ["q", "q", "q", "", "", "", "n"], ["y"])],
      inputs: [float("q", 1, 1, 2, 2), ValueInfo(name: "n", type: .tensor(.int64, [.value(1)]))], from: 24,
      to: 23,
      refused: "7 inputs are given"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }

  @Test func otherDomainsAndUnknownOperatorsStay() throws {
    var model = model(
      12, [node("Softmax", ["x"], ["a"], ["axis": .int(1)]), node("Foo", ["a"], ["y"], domain: "my")])
    model.opsetImports.append(OpsetImport(domain: "my", version: 3))
    model.graph.nodes.append(node("Bar", ["y"], ["z"]))
    let converted = try convertVersion(model, to: 21)
    #expect(converted.graph.nodes.map(\.opType) == ["Softmax", "Foo", "Bar"])
    #expect(converted.opsetImports.map(\.version) == [21, 3])
  }

  @Test func subgraphsAreConverted() throws {
    let inner = Graph(
      name: "then", nodes: [node("Squeeze", ["u"], ["r"], ["axes": .ints([0])])], outputs: [untyped("r")])
    let other = Graph(name: "else", nodes: [node("Neg", ["x"], ["n"])], outputs: [untyped("n")])
    let before = model(
      11,
      [
        node("Unsqueeze", ["x"], ["u"], ["axes": .ints([0])]),
        node("If", ["c"], ["y"], ["then_branch": .graph(inner), "else_branch": .graph(other)]),
      ], inputs: [float("x", 2, 3), ValueInfo(name: "c", type: .tensor(.bool, []))])
    let after = try convertVersion(before, to: 21)
    for condition in [true, false] {
      let feeds = feeds.merging(NamedValues(["c": .tensor(Tensor(bools: [condition], shape: []))]))
      #expect(try run(before, feeds) == run(after, feeds))
    }
  }

  @Test func functionsAreConvertedFromTheirOwnOpset() throws {
    let body = [node("Softmax", ["a"], ["b"], ["axis": .int(0)])]
    var before = model(15, [node("F", ["x"], ["y"], domain: "local")])
    before.opsetImports.append(OpsetImport(domain: "local", version: 1))
    before.functions = [function("F", ["a"], ["b"], body, opset: 12)]
    let after = try convertVersion(before, to: 18)
    #expect(after.functions.map { $0.opsetImports.map(\.version) } == [[18, 1]])
    #expect(try run(before, feeds) == run(after, feeds))
  }

  @Test func whatAllCallsOfAFunctionKnowIsKnown() throws {
    let body = [node("Softmax", ["a"], ["b"], ["axis": .int(0)])]
    var before = model(
      15, [node("F", ["x"], ["z"], domain: "local"), node("F", ["z"], ["y"], domain: "local")])
    before.opsetImports.append(OpsetImport(domain: "local", version: 1))
    before.functions = [function("F", ["a"], ["b"], body, opset: 13)]
    let after = try convertVersion(before, to: 11)
    #expect(after.functions.map { $0.nodes.map(\.opType) } == [["Transpose", "Softmax", "Transpose"]])
    #expect(try run(before, feeds) == run(after, feeds))
  }

  @Test func callsOfAFunctionThatDifferAreNotKnown() throws {
    let body = [node("Softmax", ["a"], ["b"], ["axis": .int(0)])]
    var before = model(
      15, [node("F", ["x"], ["z"], domain: "local"), node("F", ["v"], ["y"], domain: "local")],
      inputs: [float("x", 2, 3), float("v", 4)])
    before.opsetImports.append(OpsetImport(domain: "local", version: 1))
    before.functions = [function("F", ["a"], ["b"], body, opset: 13)]
    let error = #expect(throws: ConversionError.self) { try convertVersion(before, to: 12) }
    #expect(error?.reason.contains("the rank of the input is not known") == true)
  }

  @Test func aReferenceStaysAReference() throws {
    let squeeze = Node(
      "Unsqueeze", inputs: ["a"], outputs: ["b"],
      attributes: [NamedAttribute("axes", .reference("axes", .ints))])
    var before = model(15, [node("F", ["x"], ["y"], domain: "local", ["axes": .ints([1])])])
    before.opsetImports.append(OpsetImport(domain: "local", version: 1))
    before.functions = [function("F", ["a"], ["b"], [squeeze], opset: 11, attributes: ["axes"])]
    let after = try convertVersion(before, to: 15)
    #expect(after.functions.map { $0.nodes.map(\.opType) } == [["Constant", "Unsqueeze"]])
    #expect(try run(before, feeds) == run(after, feeds))
  }

  @Test func aReferenceThatMustBeKnownIsRefused() throws {
    let softmax = Node(
      "Softmax", inputs: ["a"], outputs: ["b"], attributes: [NamedAttribute("axis", .reference("axis", .int))]
    )
    var before = model(15, [node("F", ["x"], ["y"], domain: "local", ["axis": .int(1)])])
    before.opsetImports.append(OpsetImport(domain: "local", version: 1))
    before.functions = [function("F", ["a"], ["b"], [softmax], opset: 12, attributes: ["axis"])]
    let error = #expect(throws: ConversionError.self) { try convertVersion(before, to: 15) }
    #expect(error?.reason == "attribute 'axis' is the caller's 'axis', whose value is not known")
  }

  @Test func theIRVersionRisesAndDoesNotFall() throws {
    let old = model(7, [node("Relu", ["x"], ["y"])], ir: 3)
    #expect(try convertVersion(old, to: 8).irVersion == 3)
    #expect(try convertVersion(old, to: 21).irVersion == 10)
    #expect(try convertVersion(model(21, [node("Relu", ["x"], ["y"])], ir: 10), to: 7).irVersion == 10)
  }

  @Test func newConstantsAreNoInputs() throws {
    let old = model(4, [node("Reshape", ["x"], ["y"], ["shape": .ints([3, 2])])], ir: 3)
    let new = try convertVersion(old, to: 5)
    #expect(new.irVersion == 4)
    #expect(new.graph.inputs.map(\.name) == ["x"])
    #expect(try run(old, feeds) == run(new, feeds))
  }

  @Test func aTypeThatOnlyTheCallsOfAFunctionKnowIsChecked() throws {
    var before = model(
      21, [node("F", ["x"], ["y"], domain: "local")],
      inputs: [
        ValueInfo(name: "x", type: .tensor(.int32, [.value(2)]))
      ])
    before.opsetImports.append(OpsetImport(domain: "local", version: 1))
    before.functions = [function("F", ["a"], ["b"], [node("Relu", ["a"], ["b"])])]
    #expect(throws: (any Error).self) { try convertVersion(before, to: 13) }
    #expect(throws: Never.self) { try convertVersion(before, to: 14) }
  }

  @Test(arguments: [0, 29]) func opsetsThatDoNotExistAreRefused(_ opset: Int) {
    #expect(throws: ModelError.self) {
      try convertVersion(model(12, [node("Relu", ["x"], ["y"])]), to: opset)
    }
  }

  @Test func aDomainThatIsNotImportedIsRefused() {
    #expect(throws: ModelError.self) {
      try convertVersion(model(12, [node("Relu", ["x"], ["y"])]), to: 3, domain: "ai.onnx.ml")
    }
  }
}
