import GraphIR
import OperatorSet

/// The operators that a model uses, in its graph, subgraphs and functions.
public struct OperatorCensus: Sendable {
  /// One operator of a domain; `ai.onnx` is written out, but not in a description.
  public struct Entry: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let domain: String
    public let name: String
    public var description: String { domain.isEmpty ? name : "\(domain).\(name)" }
    public static func < (a: Entry, b: Entry) -> Bool { (a.domain, a.name) < (b.domain, b.name) }
  }

  /// How often each is used; functions of the model count as they are called.
  public private(set) var counts: [Entry: Int] = [:]
  private let functions: Set<Entry>

  public init(_ model: Model) {
    functions = Set(model.functions.map { Entry(domain: $0.domain, name: $0.name) })
    add(model.graph.nodes)
    for function in model.functions { add(function.nodes) }
  }

  private mutating func add(_ nodes: [Node]) {
    for node in nodes.includingInner {
      counts[Entry(domain: node.domain, name: node.opType), default: 0] += 1
    }
  }

  /// Those that are used, in order; a function of the model is none.
  var used: [Entry] { counts.keys.filter { !functions.contains($0) }.sorted() }

  /// Those that neither Touchstone nor the model defines, in order.
  public var missing: [String] {
    counts.keys.filter {
      !functions.contains($0) && OperatorRegistry.standard.find($0.name, domain: $0.domain) == nil
    }
    .sorted().map(\.description)
  }
}
