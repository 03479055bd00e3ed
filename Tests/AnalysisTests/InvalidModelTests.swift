import Analysis
import GraphIR
import TensorCore
import Testing

/// Models that break a rule: each is refused with the kind of its error and one sentence that names what was
/// found and what is required.
@Suite struct InvalidModelTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let model: Model
    /// As `ModelError` or `OperatorError` call it.
    let kind: String
    let words: [String]
    var testDescription: String { what }

    init(_ what: String, _ model: Model, _ kind: String, _ words: String...) {
      self.what = what
      self.model = model
      self.kind = kind
      self.words = words
    }

    init(_ what: String, nodes: [Node], _ kind: String, _ words: String...) {
      self.what = what
      model = InvalidModelTests.model(nodes)
      self.kind = kind
      self.words = words
    }
  }

  /// y from a float[2,3] 'x', an int64[4] 'i' and a float[5,2,3] 'b', at opset 21.
  private static func model(
    _ nodes: [Node], outputs: [String] = ["y"], initializers: [Initializer] = [], functions: [Function] = [],
    imports: [(String, Int)] = [("", 21), ("local", 1)]
  ) -> Model {
    let graph = Graph(
      name: "g", nodes: nodes,
      inputs: [
        ValueInfo(name: "x", type: .tensor(.float, [2, 3])), ValueInfo(name: "i", type: .tensor(.int64, [4])),
        ValueInfo(name: "b", type: .tensor(.float, [5, 2, 3])),
      ], outputs: outputs.map { ValueInfo(name: $0, type: nil) }, initializers: initializers)
    var model = Model(
      irVersion: 10, opsetImports: imports.map { OpsetImport(domain: $0.0, version: $0.1) }, graph: graph)
    model.functions = functions
    return model
  }

  private static func node(
    _ opType: String, _ inputs: [String], _ outputs: [String] = ["y"], domain: String = "",
    _ attributes: [String: Attribute] = [:]
  ) -> Node {
    Node(
      opType, domain: domain, name: "n", inputs: inputs, outputs: outputs,
      attributes: attributes.sorted { $0.key < $1.key }.map { NamedAttribute($0.key, $0.value) })
  }

  private static func function(
    _ name: String, _ nodes: [Node], inputs: [String] = ["a"], outputs: [String] = ["r"],
    attributes: [String] = []
  ) -> Function {
    Function(
      name: name, domain: "local", inputs: inputs, outputs: outputs, attributes: attributes, nodes: nodes,
      opsetImports: [OpsetImport(domain: "", version: 21), OpsetImport(domain: "local", version: 1)])
  }

  private static func ones(_ name: String) -> Initializer {
    Initializer(name: name, tensor: Tensor(floats: [1, 1, 1]))
  }

  // MARK: - Names

  static let names: [Case] = [
    Case(
      "a cycle of two nodes", nodes: [node("Add", ["x", "q"], ["p"]), node("Neg", ["p"], ["q"])], "invalid",
      "input 'q' of Add 'n'", "main › node 0", "cycle"),
    Case(
      "a node that reads its own output", nodes: [node("Add", ["x", "y"])], "invalid", "input 'y'", "cycle"),
    Case(
      "nodes in the wrong order", nodes: [node("Neg", ["p"]), node("Abs", ["x"], ["p"])], "invalid",
      "input 'p'", "topological order"),
    Case(
      "an undefined input", nodes: [node("Add", ["x", "nowhere"])], "invalid",
      "input 'nowhere' of Add 'n' at main › node 0", "not defined"),
    Case(
      "an undefined input in a subgraph",
      nodes: [node("If", ["x"], ["y"], branches(node("Neg", ["nowhere"], ["t"])))], "invalid",
      "input 'nowhere' of Neg", "main › node 0 › "),
    Case(
      "a value of a subgraph read outside",
      nodes: [node("If", ["x"], ["z"], branches(node("Neg", ["x"], ["t"]))), node("Neg", ["t"])], "invalid",
      "input 't'", "not defined"),
    Case(
      "an output that no node computes", model([node("Neg", ["x"], ["z"])]), "invalid",
      "output 'y' of main", "computed by no node"),
    Case(
      "a name defined by two nodes", nodes: [node("Neg", ["x"]), node("Abs", ["x"])], "invalid",
      "'y' is defined twice", "main › node 1"),
    Case(
      "a node that defines an input", nodes: [node("Neg", ["x"], ["i"])], "invalid", "'i' is defined twice"),
    Case(
      "a node that defines an initializer", model([node("Neg", ["x"], ["w"])], initializers: [ones("w")]),
      "invalid", "'w' is defined twice"),
    Case(
      "two initializers of one name", model([node("Neg", ["x"])], initializers: [ones("w"), ones("w")]),
      "invalid", "two initializers named 'w'"),
    Case(
      "an initializer without a name", model([node("Neg", ["x"])], initializers: [ones("")]), "invalid",
      "initializer without a name"),
    Case(
      "an output listed twice", model([node("Neg", ["x"])], outputs: ["y", "y"]), "invalid",
      "output 'y' is listed twice"),
    Case(
      "two functions of one name",
      model(
        [node("F", ["x"], domain: "local")],
        functions: [function("F", [node("Neg", ["a"], ["r"])]), function("F", [node("Neg", ["a"], ["r"])])]),
      "invalid", "function 'F' of domain 'local' is defined twice"),
  ]

  private static func branches(_ node: Node) -> [String: Attribute] {
    let graph = Graph(name: "b", nodes: [node], outputs: [ValueInfo(name: "t", type: nil)])
    return ["then_branch": .graph(graph), "else_branch": .graph(graph)]
  }

  // MARK: - Operators, domains and opsets

  static let operators: [Case] = [
    Case(
      "an unknown operator", nodes: [node("NoSuchOperator", ["x"])], "unsupported",
      "'NoSuchOperator' of domain 'ai.onnx' is not implemented", "main › node 0"),
    Case(
      "an operator of an unknown domain",
      model([node("Gelu", ["x"], domain: "com.example")], imports: [("", 21), ("com.example", 3)]),
      "unsupported", "'Gelu' of domain 'com.example'", "main › node 0"),
    Case(
      "a domain that is not imported", nodes: [node("Scaler", ["x"], domain: "ai.onnx.ml")], "invalid",
      "'Scaler' at main › node 0", "'ai.onnx.ml'", "does not import"),
    Case(
      "an unknown domain that is not imported", nodes: [node("Gelu", ["x"], domain: "com.example")],
      "unsupported", "'com.example'", "does not import"),
    Case(
      "an operator newer than the import", model([node("Gelu", ["x"])], imports: [("", 19)]), "invalid",
      "'Gelu'", "first appears in opset 20", "imports 19", "main › node 0"),
    Case(
      "opset 0", model([node("Neg", ["x"])], imports: [("", 0)]), "invalid", "version 0 of 'ai.onnx'",
      "begin at 1"),
    Case(
      "a negative opset", model([node("Neg", ["x"])], imports: [("", .min)]), "invalid", "\(Int.min)",
      "begin at 1"),
    Case(
      "an opset that does not exist", model([node("Neg", ["x"])], imports: [("", 29)]), "unsupported",
      "opset 29 of 'ai.onnx'", "28"),
    Case(
      "an opset of ai.onnx.ml that does not exist",
      model([node("Neg", ["x"])], imports: [("", 21), ("ai.onnx.ml", 6)]), "unsupported",
      "opset 6 of 'ai.onnx.ml'", "5"),
    Case(
      "two opsets of one domain", model([node("Neg", ["x"])], imports: [("", 21), ("", 13)]), "invalid",
      "twice", "21 and 13"),
    Case(
      "a function that imports no opset of what it calls",
      model(
        [node("F", ["x"], domain: "local")],
        functions: [function("F", [node("Scaler", ["a"], ["r"], domain: "ai.onnx.ml")])]), "invalid",
      "'Scaler' at main › node 0 › F › node 0", "does not import"),
  ]

  // MARK: - Attributes and counts

  static let attributes: [Case] = [
    Case(
      "an attribute of the wrong type", nodes: [node("Flatten", ["x"], ["y"], ["axis": .float(1)])],
      "invalidAttribute", "'axis' must be INT, but is FLOAT", "Flatten 'n' (ai.onnx 21)", "main › node 0"),
    Case(
      "an attribute that the operator does not have",
      nodes: [node("Flatten", ["x"], ["y"], ["axes": .ints([1])])], "invalidAttribute", "'axes'",
      "this version has axis"),
    Case(
      "an attribute of a later version",
      model([node("Cast", ["x"], ["y"], ["to": .int(1), "saturate": .int(1)])], imports: [("", 13)]),
      "invalidAttribute", "'saturate'", "Cast 'n' (ai.onnx 13)"),
    Case("a missing attribute", nodes: [node("Cast", ["x"])], "invalidAttribute", "'to' is missing"),
    Case(
      "an attribute given twice",
      nodes: [
        Node(
          "Flatten", inputs: ["x"], outputs: ["y"],
          attributes: [NamedAttribute("axis", .int(0)), NamedAttribute("axis", .int(1))])
      ], "invalidAttribute", "'axis' is given twice"),
    Case(
      "a word that the attribute does not know",
      nodes: [node("Gelu", ["x"], ["y"], ["approximate": .string("cosh")])], "invalidAttribute", "'cosh'",
      "none, tanh"),
    Case(
      "an element type that does not exist", nodes: [node("Cast", ["x"], ["y"], ["to": .int(99)])],
      "invalidAttribute", "'to' is 99"),
    Case(
      "an axis out of range", nodes: [node("Softmax", ["x"], ["y"], ["axis": .int(2)])], "invalidAttribute",
      "axis is 2", "[-2, 1]"),
    Case(
      "an extreme axis", nodes: [node("Softmax", ["x"], ["y"], ["axis": .int(.min)])], "invalidAttribute",
      "\(Int.min)", "[-2, 1]"),
    Case(
      "too many inputs", nodes: [node("Neg", ["x", "x"])], "invalidValue", "2 inputs are given",
      "takes 1 to 1"),
    Case("too few inputs", nodes: [node("Add", ["x"])], "invalidValue", "1 inputs are given", "takes 2 to 2"),
    Case(
      "an omitted input that is required", nodes: [node("Add", ["x", ""])], "invalidValue",
      "required input 1 'B' is missing"),
    Case(
      "too many outputs", nodes: [node("Neg", ["x"], ["y", "z"])], "invalidValue", "2 outputs are given",
      "takes 1 to 1"),
    Case(
      "branches with different numbers of outputs",
      nodes: [
        node(
          "If", ["x"], ["y"],
          [
            "then_branch": .graph(Graph(name: "t")),
            "else_branch": .graph(Graph(name: "e", outputs: [ValueInfo(name: "x", type: nil)])),
          ])
      ], "invalidAttribute", "0 outputs", "1"),
  ]

  // MARK: - Types and shapes

  static let types: [Case] = [
    Case(
      "an element type that is not allowed", nodes: [node("Exp", ["i"])], "invalidType",
      "tensor(int64)", "T allows float, float16, double"),
    Case(
      "two element types where one is required", nodes: [node("Add", ["x", "i"])], "invalidType",
      "B is tensor(int64)", "tensor(float)", "A float[2,3], B int64[4]"),
    Case(
      "a tensor where a sequence is required", nodes: [node("SequenceLength", ["x"])], "invalidType",
      "tensor(float)", "seq(tensor(float))"),
    Case(
      "a condition that is no bool",
      nodes: [node("If", ["x"], ["y"], branches(node("Neg", ["x"], ["t"])))], "invalidType", "tensor(float)",
      "bool"),
    Case("a rank that is too low", nodes: [node("Conv", ["x", "b"])], "invalidShape", "X", "2", "3"),
    Case(
      "extents that do not match", nodes: [node("MatMul", ["x", "x"])], "invalidShape", "3", "2",
      "A float[2,3]"),
    Case(
      "extents that do not broadcast",
      model(
        [node("Add", ["x", "w"])], initializers: [Initializer(name: "w", tensor: Tensor(floats: [1, 1]))]),
      "invalidShape", "3 and 2"),
    Case(
      "a declared type that contradicts what follows",
      {
        var declared = model([node("Cast", ["x"], ["y"], ["to": .int(7)])])
        declared.graph.outputs = [ValueInfo(name: "y", type: .tensor(.double, [2, 3]))]
        return declared
      }(), "invalidType", "double[2,3]", "int64[2,3]"),
  ]

  // MARK: - Functions

  static let functions: [Case] = [
    Case(
      "a function that calls itself",
      model(
        [node("F", ["x"], domain: "local")],
        functions: [function("F", [node("F", ["a"], ["r"], domain: "local")])]), "invalid",
      "function 'F' calls itself at main › node 0 › F › node 0"),
    Case(
      "functions that call each other",
      model(
        [node("F", ["x"], domain: "local")],
        functions: [
          function("F", [node("G", ["a"], ["r"], domain: "local")]),
          function("G", [node("F", ["a"], ["r"], domain: "local")]),
        ]), "invalid", "function 'F' calls itself at main › node 0 › F › node 0 › G › node 0"),
    Case(
      "too many inputs of a function",
      model(
        [node("F", ["x", "x"], domain: "local")], functions: [function("F", [node("Neg", ["a"], ["r"])])]),
      "invalid", "'F' takes 1 inputs and gives 1 outputs", "has 2 and 1"),
    Case(
      "an attribute that the function does not have",
      model(
        [node("F", ["x"], ["y"], domain: "local", ["k": .int(1)])],
        functions: [function("F", [node("Neg", ["a"], ["r"])])]), "invalid", "'F' has no attribute 'k'"),
    Case(
      "a function that computes no output",
      model([node("F", ["x"], domain: "local")], functions: [function("F", [node("Neg", ["a"], ["s"])])]),
      "invalid", "output 'r' of main › node 0 › F", "computed by no node"),
    Case(
      "a function that reads a value of its caller",
      model([node("F", ["x"], domain: "local")], functions: [function("F", [node("Neg", ["x"], ["r"])])]),
      "invalid", "input 'x'", "main › node 0 › F › node 0", "not defined"),
    Case(
      "two inputs of a function of one name",
      model(
        [node("F", ["x", "x"], domain: "local")],
        functions: [function("F", [node("Neg", ["a"], ["r"])], inputs: ["a", "a"])]), "invalid",
      "'a' is defined twice"),
  ]

  @Test(arguments: names + operators + attributes + types + functions)
  func isRefused(_ test: Case) {
    let (kind, message) = refusal(of: test.model)
    #expect(kind == test.kind, "\(message)")
    for word in test.words { #expect(message.contains(word), "'\(word)' in: \(message)") }
    #expect(!message.hasSuffix("."), "one sentence: \(message)")
  }

  /// How checking ends; nothing where the model is taken for valid.
  private func refusal(of model: Model) -> (kind: String?, message: String) {
    do {
      _ = try GraphInference(folds: false).infer(Resolver.resolve(model))
      return (nil, "")
    } catch let error as ModelError {
      return (error.kind.rawValue, error.message)
    } catch let error as NodeError {
      return (error.kind.rawValue, "\(error)")
    } catch let error as OperatorError {
      return (error.kind.rawValue, error.message)
    } catch {
      return ("\(type(of: error))", "\(error)")
    }
  }
}
