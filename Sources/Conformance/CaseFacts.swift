import GraphIR
import ModelFile
import TensorCore

/// What a case exercises: the rows of the board in which it counts.
public struct CaseFacts: Codable, Sendable, Equatable {
  /// As `Conv` or `ai.onnx.ml.Scaler`, in order.
  public var operators: [String] = []
  /// The operator sets that the model imports, as `ai.onnx 22`, in order.
  public var opsets: [String] = []
  /// The element types of the model's inputs and outputs, by ONNX's numbers.
  public var elementTypes: [String] = []

  init() {}

  /// What the model itself says.
  ///
  /// A graph of one node tries that node's operator, whatever its subgraphs hold; any other graph tries every
  /// operator in it, in its subgraphs and in the bodies of the model's functions, but not the functions' own
  /// names.
  init(_ model: Model) {
    if model.graph.nodes.count == 1, model.functions.isEmpty, let node = model.graph.nodes.first {
      operators = [OperatorCensus.Entry(domain: node.domain, name: node.opType).description]
    } else {
      operators = OperatorCensus(model).used.map(\.description)
    }
    opsets = Set(model.opsetImports.map { "\($0.domain.isEmpty ? "ai.onnx" : $0.domain) \($0.version)" })
      .sorted(by: Self.precedes)
    let types = (model.graph.inputs + model.graph.outputs).compactMap(\.type).flatMap(\.elementTypes)
    elementTypes = Set(types).sorted { $0.rawValue < $1.rawValue }.map { "\($0)" }
  }

  /// Versions are numbers: `ai.onnx 9` comes before `ai.onnx 10`.
  static func precedes(_ a: String, _ b: String) -> Bool {
    func key(_ text: String) -> (Substring, Int) {
      let parts = text.split(separator: " ")
      return (parts.first ?? "", parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    }
    return key(a) < key(b)
  }
}

extension CaseFacts {
  /// The facts of `cases`, by their ids. The models are read here and not by the workers, since a case that
  /// crashes its worker counts in its rows like any other.
  ///
  /// A case counts for the operator that the manifest names. One that is another case with its function
  /// expanded, as `test_gelu_default_1_expanded` is `test_gelu_default_1`, counts for the operators of that
  /// one: its body is the function's definition, and not the choice of the case. All others count for what
  /// their model says; one that cannot be read says nothing.
  static func all(of cases: [ConformanceCase], in corpus: Corpus) -> [String: CaseFacts] {
    let named = Dictionary(grouping: corpus.cases, by: \.name)
    var facts: [String: CaseFacts] = [:]
    for entry in cases {
      var own = CaseFacts(of: entry)
      let originals = original(of: entry.name).flatMap { named[$0] } ?? []
      if entry.operatorName == nil, let original = originals.first(where: entry.sharesRelease) {
        own.operators = (facts[original.id] ?? CaseFacts(of: original)).operators
      }
      facts[entry.id] = own
    }
    return facts
  }

  private init(of entry: ConformanceCase) {
    if let model = try? OnnxFile.load(path: "\(entry.folder)/model.onnx") {
      self.init(model)
    } else {
      self.init()
    }
    if let name = entry.operatorName { operators = [name] }
  }

  /// The case whose function `name` expands: what stands before `_expanded` or `_expanded_ver18` at its end.
  static func original(of name: String) -> String? {
    var stem = name[...]
    let digits = stem.reversed().prefix { $0.isWholeNumber }.count
    if digits > 0, stem.dropLast(digits).hasSuffix("_ver") { stem = stem.dropLast(digits + 4) }
    return stem.hasSuffix("_expanded") ? String(stem.dropLast("_expanded".count)) : nil
  }
}

extension ConformanceCase {
  /// Whether some release holds both cases.
  fileprivate func sharesRelease(with other: ConformanceCase) -> Bool {
    sources.contains(where: other.sources.contains)
  }
}

extension ValueType {
  /// The element types in a type, those of keys among them.
  fileprivate var elementTypes: [ElementType] {
    switch self {
    case .tensor(let type, _), .sparseTensor(let type, _): [type]
    case .sequence(let element), .optional(let element): element.elementTypes
    case .map(let key, let value): [key] + value.elementTypes
    }
  }
}
