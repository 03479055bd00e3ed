import Conformance
import Foundation
import GraphIR
import ModelFile
import OperatorSet
import TensorCore
import TestSupport

/// A small model with values for its inputs, to be mutated.
package struct Specimen: Sendable {
  package var name: String
  package var model: Model
  package var inputs: [String: Value]

  package init(name: String, model: Model, inputs: [String: Value]) {
    self.name = name
    self.model = model
    self.inputs = inputs
  }

  /// The folder of the package.
  private static let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The most elements that an input of a specimen may have; larger ones only cost time.
  private static let largestInput = 2_048

  /// The node cases of the corpora that are there: our own always, ONNX's where it was made.
  package static func corpora() throws -> [Specimen] {
    let official = (try? Corpus(folder: packageFolder + "/ConformanceData/corpora/onnx-1.23.2").cases) ?? []
    let own = try Corpus(folder: packageFolder + "/ConformanceData/touchstone").cases
    let plain = (own + official.filter { $0.kind == "node" }).compactMap { entry -> Specimen? in
      guard let model = try? OnnxFile.load(path: entry.folder + "/model.onnx"),
        let dataSet = entry.dataSets.first,
        let inputs = try? CaseValues(model: model, folder: entry.folder).inputs(of: dataSet)
      else { return nil }
      let isSmall = inputs.allSatisfy { input in
        guard case .tensor(let tensor) = input.element else { return true }
        return tensor.count <= largestInput
      }
      return isSmall
        ? Specimen(name: entry.name, model: model, inputs: Dictionary(inputs.map { ($0, $1) }) { $1 }) : nil
    }
    return plain + plain.compactMap(\.differentiated)
  }

  /// The same model with the gradient of its first output by its floating inputs; nil where it has none.
  private var differentiated: Specimen? {
    let xs = inputs.filter { _, value in
      guard case .tensor(let tensor) = value else { return false }
      return [.float16, .float, .double].contains(tensor.elementType)
    }.keys.sorted()
    guard let y = model.graph.outputs.first, !xs.isEmpty else { return nil }
    let domain = "ai.onnx.preview.training"
    let outputs = xs.map { "gradient of \($0)" }
    var specimen = self
    specimen.name = "gradient of \(name)"
    specimen.model.opsetImports.append(OpsetImport(domain: domain, version: 1))
    specimen.model.graph.nodes.append(
      Node(
        "Gradient", domain: domain, inputs: xs, outputs: outputs,
        attributes: [NamedAttribute("xs", .strings(xs)), NamedAttribute("y", .string(y.name))]))
    specimen.model.graph.outputs += outputs.map { ValueInfo(name: $0, type: nil) }
    return specimen
  }

  /// Whether a Loop may be told to iterate for ever, which is its right: only the caller can end it (FeedTests).
  package var mayLoopWithoutEnd: Bool {
    guard let loop = model.graph.nodes.first(where: { $0.opType == "Loop" }) else { return false }
    if loop.inputs.first?.isEmpty != false { return true }
    let constants = model.graph.initializers.map { Value.tensor($0.tensor) }
    return (constants + inputs.values).contains { value in
      guard case .tensor(let tensor) = value, tensor.elementType == .int64 else { return false }
      return tensor.ints().contains { $0 > 1_000 }
    }
  }

  /// One node of an operator drawn at random, with attributes and inputs that its schema allows.
  package static func drawn(_ random: inout SplitMix) -> Specimen {
    let schema = random.one(of: OperatorRegistry.standard.all).schema
    return drawn(schema, random.one(of: schema.versions), &random)
  }

  /// One node of this version of an operator, with attributes and inputs that its schema allows.
  package static func drawn(_ schema: OperatorSchema, _ version: OperatorVersion, _ random: inout SplitMix)
    -> Specimen
  {
    var types: [String: ValueType] = [:]
    for (name, set) in version.types.sorted(by: { $0.key < $1.key }) {
      types[name] = ValueType(typeString: random.one(of: set.typeStrings.sorted())) ?? .tensor(.float, nil)
    }
    var inputs: [String: Value] = [:]
    var names: [String] = []
    let rank = random.below(5)
    for parameter in version.inputs.flatMap({ random.repeated($0) }) {
      guard parameter.arity != .optional || random.happens(60) else { names.append(""); continue }
      let type = types[parameter.type] ?? ValueType(typeString: parameter.type) ?? .tensor(.int64, nil)
      let name = "x\(names.count)"
      inputs[name] = random.value(type, rank: random.happens(60) ? rank : random.below(5))
      names.append(name)
    }
    let attributes = version.attributes.filter { $0.required || random.happens(30) }.compactMap { attribute in
      random.attribute(attribute.kind).map { NamedAttribute(attribute.name, $0) }
    }
    let outputs = version.outputs.flatMap { random.repeated($0) }.indices.map { "y\($0)" }
    let node = Node(
      schema.name, domain: schema.domain, inputs: names, outputs: outputs, attributes: attributes)
    let graph = Graph(
      name: "g", nodes: [node],
      inputs: inputs.sorted { $0.key < $1.key }.map { ValueInfo(name: $0, type: $1.type) },
      outputs: outputs.map { ValueInfo(name: $0, type: nil) })
    let imports = Set(["", schema.domain]).sorted().map { domain in
      OpsetImport(domain: domain, version: domain == schema.domain ? version.since : 21)
    }
    return Specimen(
      name: "\(schema.name) \(version.since)",
      model: Model(irVersion: 10, opsetImports: imports, graph: graph),
      inputs: inputs)
  }
}

extension SplitMix {
  /// A parameter as often as a node may name it.
  fileprivate mutating func repeated(_ parameter: Parameter) -> [Parameter] {
    guard case .variadic(let minimum, _) = parameter.arity else { return [parameter] }
    return Array(repeating: parameter, count: minimum + below(3))
  }

  // MARK: - Values

  static let integers = [
    0, 1, -1, 2, -2, 3, 5, 7, 16, 127, 255, 1_000, 65_536, 1 << 20, 1 << 31 - 1, 1 << 31, -(1 << 31), 1 << 32,
    1 << 40, 1 << 61, 1 << 62, .max, .min, .max - 1, .min + 1,
  ]
  static let largeExtents = [1 << 16, 1 << 31, 1 << 40, 1 << 62]
  static let floats: [Double] = [
    0, -0.0, 1, -1, 0.5, 2, 2.5, -3.7, 1e-40, 1e-20, 1e-6, 1e4, 1e10, 1e20, 3e38, 1e300, .infinity,
    -.infinity,
    .nan,
  ]
  static let words = [
    "", "a", "b c", "linear", "nearest", "cubic", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID", "constant",
    "edge",
    "reflect", "wrap", "floor", "half_pixel", "align_corners", "asymmetric", "tf_crop_and_resize", "forward",
    "reverse", "bidirectional", "tanh", "none", "add", "mul", "max", "min", "mean", "sum", "DCR", "CRD",
    "zeros",
    "border", "ij,jk->ik", "...i->...", "ii", "i,j", "->", "TF", "IDF", "SUM", "AVERAGE", "MIN", "MAX",
    "SOFTMAX",
    "LOGISTIC", "BRANCH_LEQ", "LEAF", "LINEAR", "RBF", "POLY", "Sigmoid", "LeakyRelu", "Affine", "12",
    "-1e999",
    "[", "(a+)+$", "é", "L1", "NONE", "PROBIT", "not_larger", "round_prefer_ceil",
  ]

  /// Mostly small, at times as large as it gets.
  mutating func integer() -> Int { happens(70) ? below(6) - 1 : one(of: Self.integers) }

  mutating func extent() -> Int { happens(10) ? 0 : happens(25) ? 1 : 2 + below(4) }

  mutating func value(_ type: ValueType, rank: Int) -> Value {
    switch type {
    case .tensor(let element, _): return .tensor(tensor(element, (0..<rank).map { _ in extent() }))
    case .sparseTensor(let element, _):
      return .sparseTensor(
        SparseTensor(values: tensor(element, [1]), indices: Tensor(int64: [below(4)]), shape: [2, 2]))
    case .sequence(let element):
      return .sequence((0..<below(4)).map { _ in value(element, rank: rank) }, of: element)
    case .optional(let element):
      return .optional(happens(70) ? value(element, rank: rank) : nil, of: element)
    case .map(let key, let element):
      let count = below(4)
      let keys: Map.Keys =
        key == .string
        ? .strings((0..<count).map { Self.words[$0] }) : .integers((0..<count).map(Int64.init), key)
      return .map(
        Map(keys: keys, values: (0..<count).map { _ in value(element, rank: 0) }, valueType: element))
    }
  }

  /// A tensor of small numbers, among them a few that are not.
  mutating func tensor(_ type: ElementType, _ shape: [Int]) -> Tensor {
    // Extents that stood beside a 0 are too many without it.
    let shape = shape.contains(0) ? shape : shape.map { $0 < 1 << 15 ? $0 : 3 }
    let count = shape.product
    let isWild = happens(25)
    switch type.arithmetic {
    case .text: return Tensor(strings: (0..<count).map { _ in one(of: Self.words) }, shape: shape)
    case .floating, .complex:
      return Tensor(
        type, shape: shape,
        rounding: (0..<count).map { _ in
          isWild && happens(10) ? one(of: Self.floats) : Double(below(64)) / 8 - 3
        })
    case .boolean: return Tensor(bools: (0..<count).map { _ in happens(50) }, shape: shape)
    default:
      return Tensor(
        type, shape: shape,
        wrapping: (0..<count).map { _ in Int64(isWild && happens(10) ? one(of: Self.integers) : below(5)) })
    }
  }

  // MARK: - Attributes

  mutating func attribute(_ kind: AttributeKind) -> Attribute? {
    switch kind {
    case .int: return .int(happens(30) ? 1 + below(28) : integer())
    case .float: return .float(Float(happens(60) ? Double(below(16)) / 8 : one(of: Self.floats)))
    case .string: return .string(one(of: Self.words))
    case .ints: return .ints((0..<below(7)).map { _ in integer() })
    case .floats: return .floats((0..<below(7)).map { _ in Float(one(of: Self.floats)) })
    case .strings: return .strings((0..<below(7)).map { _ in one(of: Self.words) })
    case .tensor:
      return .tensor(tensor(one(of: ElementType.allCases), (0..<below(3)).map { _ in extent() }))
    case .graph: return .graph(identity(inputs: below(4), outputs: below(4)))
    case .type: return .type(.tensor(one(of: ElementType.allCases), nil))
    default: return nil
    }
  }

  /// A graph that passes its inputs on.
  private mutating func identity(inputs: Int, outputs: Int) -> Graph {
    let names = (0..<inputs).map { "i\($0)" } + (happens(30) ? ["x0"] : [])
    let nodes = (0..<outputs).map { index in
      names.isEmpty
        ? Node(
          "Constant", inputs: [], outputs: ["o\(index)"], attributes: [NamedAttribute("value_int", .int(1))])
        : Node("Identity", inputs: [one(of: names)], outputs: ["o\(index)"])
    }
    return Graph(
      name: "body", nodes: nodes, inputs: (0..<inputs).map { ValueInfo(name: "i\($0)", type: nil) },
      outputs: (0..<outputs).map { ValueInfo(name: "o\($0)", type: nil) })
  }
}
