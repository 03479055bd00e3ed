import GraphIR
import TensorCore
import Testing

/// Small models that ask for much.
enum HostileModels {
  struct Case: Sendable, CustomTestStringConvertible {
    let opType: String
    let what: String
    let model: Model
    var testDescription: String { "\(opType): \(what)" }
  }

  // MARK: - Time

  /// A Loop of 2^63 iterations, or an Einsum of 2^40 products.
  static func endless(_ opType: String) -> Model {
    guard opType == "Loop" else {
      return model(
        [
          node("ConstantOfShape", ["s"], ["x"]),
          node("Einsum", ["x", "x"], ["y"], ["equation": .string("ij,kl->")]),
        ], initializers: [constant("s", Tensor(int64: [1 << 10, 1 << 10]))])
    }
    let body = Graph(
      name: "body", nodes: [node("Identity", ["v"], ["w"])], inputs: ["i", "c", "v"].map(untyped),
      outputs: ["c", "w"].map(untyped))
    return model(
      [node("Loop", ["m", "", "v0"], ["y"], ["body": .graph(body)])],
      initializers: [
        constant("m", Tensor(int64: [.max], shape: [])), constant("v0", Tensor(floats: [1], shape: [])),
      ])
  }

  // MARK: - Functions

  private static func function(_ index: Int, calling callee: Int?, times: Int) -> Function {
    let nodes = (0..<times).map { k in
      let (inputs, outputs) = (["v\(k)"], [k + 1 == times ? "r" : "v\(k + 1)"])
      return callee.map { node("F\($0)", inputs, outputs, domain: "local") } ?? node("Neg", inputs, outputs)
    }
    return Function(
      name: "F\(index)", domain: "local", inputs: ["v0"], outputs: ["r"], nodes: nodes,
      opsetImports: [OpsetImport(domain: "", version: 21), OpsetImport(domain: "local", version: 1)])
  }

  /// A function of `count` inputs, called so often without any.
  static func manyInputs(count: Int, calls: Int) -> Model {
    let function = Function(
      name: "F0", domain: "local", inputs: (0..<count).map { "v\($0)" }, outputs: ["r"],
      nodes: [node("Constant", [], ["r"], ["value_int": .int(1)])],
      opsetImports: [OpsetImport(domain: "", version: 21)])
    return model(
      (0..<calls).map { node("F0", [], ["y\($0)"], domain: "local") } + [node("Identity", ["y0"])],
      functions: [function])
  }

  /// A function that holds a list of `count` numbers, called so often.
  static func heldNumbers(count: Int, calls: Int) -> Model {
    var model = manyInputs(count: 0, calls: calls)
    model.functions[0].nodes = [
      node("Constant", [], ["r"], ["value_ints": .ints([Int](repeating: 1, count: count))])
    ]
    return model
  }

  /// Each node adds an axis to what the one before gave.
  static func growingRank(_ count: Int) -> Model {
    model(
      (0..<count).map { node("Unsqueeze", ["v\($0)", "axes"], ["v\($0 + 1)"]) } + [
        node("Size", ["v\(count)"])
      ], inputs: [float("v0", 1)], initializers: [constant("axes", Tensor(int64: [0]))])
  }

  /// Nodes of milliseconds each, none of which is slow.
  static func manyQuickNodes() -> Model {
    let products = (0..<5_000).map {
      node("Einsum", ["x", $0 == 0 ? "x" : "y\($0 - 1)"], ["y\($0)"], ["equation": .string("ij,kl->ij")])
    }
    return model(products + [node("Identity", ["y4999"])], inputs: [float("x", 24, 24)])
  }

  private static func calling(_ functions: [Function]) -> Model {
    model([node("F0", ["x"], domain: "local")], inputs: [float("x", 2)], functions: functions)
  }

  /// F0 calls F1 twice, F1 calls F2 twice, and so on: 2^depth nodes.
  static func doublingFunctions(depth: Int) -> Model {
    calling((0..<depth).map { function($0, calling: $0 + 1 < depth ? $0 + 1 : nil, times: 2) })
  }

  /// F0 calls F1, F1 calls F2, and so on.
  static func chain(depth: Int) -> Model {
    calling((0..<depth).map { function($0, calling: $0 + 1 < depth ? $0 + 1 : nil, times: 1) })
  }

  static let recursion = calling([function(0, calling: 1, times: 1), function(1, calling: 0, times: 1)])

  /// Each function calls the next from within `levels` graphs one inside the other.
  static func nestedFunctions(depth: Int, levels: Int) -> Model {
    var model = chain(depth: depth)
    for index in model.functions.indices {
      var nodes = model.functions[index].nodes
      for _ in 0..<levels {
        let body = Graph(name: "b", nodes: nodes, outputs: [untyped("r")])
        let names = nodes[0].outputs
        nodes = [
          node(
            "If", ["c"], names,
            ["then_branch": .graph(body), "else_branch": .graph(Graph(name: "e", outputs: [untyped("v0")]))])
        ]
      }
      let condition = node("Constant", [], ["c"], ["value": .tensor(Tensor(bools: [true], shape: []))])
      model.functions[index].nodes = [condition] + nodes
    }
    return model
  }

  /// Loops one inside the other, whose carried values lose a dim in each round of inference.
  static func nestedLoops(depth: Int) -> Model {
    func body(_ level: Int) -> Graph {
      let inner =
        level == 0
        ? node("Concat", ["v\(level)", "v\(level)"], ["w\(level)"], ["axis": .int(0)])
        : node("Loop", ["m", "", "v\(level)"], ["w\(level)"], ["body": .graph(body(level - 1))])
      return Graph(
        name: "b\(level)", nodes: [inner], inputs: ["i\(level)", "c\(level)", "v\(level)"].map(untyped),
        outputs: ["c\(level)", "w\(level)"].map(untyped))
    }
    return model(
      [node("Loop", ["m", "", "x"], ["y"], ["body": .graph(body(depth - 1))])], inputs: [float("x", 1)],
      initializers: [constant("m", Tensor(int64: [1], shape: []))])
  }

  // MARK: - Huge outputs

  private static let trillion = 1_000_000_000_000

  private static func huge(
    _ opType: String, _ what: String, _ tensors: [Tensor?], _ attributes: [String: Attribute] = [:],
    opset: Int = 21
  ) -> Case {
    let names = tensors.indices.map { tensors[$0] == nil ? "" : "x\($0)" }
    // As a node's output, no operand is a constant that inference could know.
    let nodes = names.filter { !$0.isEmpty }.map { node("Identity", [$0 + "_"], [$0]) }
    return Case(
      opType: opType, what: what,
      model: model(
        nodes + [node(opType, names, ["y"], attributes)],
        initializers: zip(names, tensors).compactMap { name, tensor in tensor.map { constant(name + "_", $0) }
        },
        opset: opset))
  }

  private static func ints(_ values: Int...) -> Tensor { Tensor(int64: values) }
  private static func int(_ value: Int) -> Tensor { Tensor(int64: [value], shape: []) }
  private static func ones(_ shape: Int...) -> Tensor {
    Tensor(.float, shape: shape, rounding: [Double](repeating: 1, count: shape.reduce(1, *)))
  }

  static let huge: [Case] = [
    huge("ConstantOfShape", "10^12", [ints(trillion)]),
    huge("ConstantOfShape", "a product beyond 64 bits", [ints(1 << 40, 1 << 40)]),
    huge("ConstantOfShape", "a negative extent", [ints(-1)]),
    huge("Expand", "10^12", [ones(1), ints(trillion)]),
    huge("Expand", "2^63 beside 0", [ones(1, 1, 1), ints(.max, 0, .max)]),
    huge("Tile", "10^12", [ones(1), ints(trillion)]),
    huge("Tile", "a product beyond 64 bits", [ones(3), ints(.max)]),
    huge("Range", "10^12 integers", [int(0), int(trillion), int(1)]),
    huge("Range", "2^64 integers", [int(.min), int(.max), int(1)]),
    huge("Range", "10^30 numbers", [ones(), Tensor(floats: [1e30], shape: []), ones()]),
    huge("Pad", "10^12", [ones(1), ints(trillion, 0)]),
    huge("Pad", "2^63", [ones(1), ints(.max, .max)]),
    huge("Pad", "10^12, reflected", [ones(3), ints(trillion, 0)], ["mode": .string("reflect")]),
    huge("Resize", "10^12", [ones(1, 1, 1, 1), nil, nil, ints(1, 1, 1, trillion)]),
    huge("Resize", "scales", [ones(1, 1, 1, 1), nil, Tensor(floats: [1, 1, 1e30, 1e30])]),
    huge("Upsample", "10^12", [ones(1, 1, 1, 1), Tensor(floats: [1, 1, 1e6, 1e6])], opset: 9),
    huge(
      "ConvTranspose", "strides", [ones(1, 1, 2, 2), ones(1, 1, 1, 1)],
      ["strides": .ints([1 << 31, 1 << 31])]),
    huge(
      "ConvTranspose", "output_padding", [ones(1, 1, 2), ones(1, 1, 1)], ["output_padding": .ints([.max])]),
    huge(
      "ConvTranspose", "output_shape", [ones(1, 1, 2), ones(1, 1, 1)], ["output_shape": .ints([trillion])]),
    huge("Conv", "pads", [ones(1, 1, 2, 2), ones(1, 1, 1, 1)], ["pads": .ints([1 << 30, 1 << 30, 0, 0])]),
    huge(
      "MaxPool", "pads", [ones(1, 1, 2, 2)],
      ["kernel_shape": .ints([1, 1]), "pads": .ints([1 << 30, 1 << 30, 0, 0])]),
    huge(
      "AveragePool", "pads", [ones(1, 1, 2, 2)],
      ["kernel_shape": .ints([1, 1]), "pads": .ints([1 << 30, 1 << 30, 0, 0])]),
    huge("OneHot", "depth", [ints(1), int(trillion), ints(0, 1)]),
    huge(
      "MaxUnpool", "output_shape",
      [ones(1, 1, 1), Tensor(int64: [0], shape: [1, 1, 1]), ints(1, 1, trillion)],
      ["kernel_shape": .ints([1])]),
    huge(
      "MaxUnpool", "an output_shape beyond 64 bits",
      [ones(1, 1, 1), Tensor(int64: [0], shape: [1, 1, 1]), ints(2, 1 << 40, 1 << 40)],
      ["kernel_shape": .ints([1])]),
    huge("Col2Im", "image", [ones(1, 1, 1), ints(1 << 20, 1 << 20), ints(1, 1)]),
    huge("AffineGrid", "size", [ones(1, 2, 3), ints(1, 1, 1 << 20, 1 << 20)]),
    huge("DFT", "dft_length", [ones(1, 2, 1), int(trillion)], opset: 20),
    huge("HannWindow", "size", [int(trillion)]),
    huge(
      "MelWeightMatrix", "bins",
      [int(trillion), int(16), int(8_000), ones(), Tensor(floats: [100], shape: [])]),
    huge(
      "MaxRoiPool", "pooled_shape", [ones(1, 1, 2, 2), Tensor(floats: [0, 0, 0, 1, 1], shape: [1, 5])],
      ["pooled_shape": .ints([1 << 20, 1 << 20])]),
    huge(
      "RoiAlign", "output", [ones(1, 1, 2, 2), Tensor(floats: [0, 0, 1, 1], shape: [1, 4]), ints(0)],
      ["output_height": .int(1 << 20), "output_width": .int(1 << 20)]),
    huge(
      "RoiAlign", "samples", [ones(1, 1, 2, 2), Tensor(floats: [0, 0, 1e30, 1e30], shape: [1, 4]), ints(0)]),
    huge("CenterCropPad", "shape", [ones(1), ints(trillion)]),
    huge("RandomNormal", "shape", [], ["shape": .ints([trillion])]),
    huge(
      "Einsum", "an outer product", [ones(2_000), ones(2_000), ones(2_000), ones(2_000)],
      ["equation": .string("a,b,c,d->abcd")]),
    huge("Add", "an outer sum", [ones(1 << 20, 1), ones(1, 1 << 20)]),
    huge("MatMul", "an outer product", [ones(1 << 20, 1), ones(1, 1 << 20)]),
    huge("Gather", "indices", [ones(1, 1 << 20), Tensor(int64: [Int](repeating: 0, count: 1 << 20))]),
  ]
}
