import GraphIR
import TensorCore

extension Graph {
  /// The nodes as a picture shows them.
  var pictured: [ComparisonReport.GraphNode] {
    nodes.enumerated().map { index, node in
      ComparisonReport.GraphNode(
        index: index, name: node.name, opType: node.opType, domain: node.domain, inputs: node.inputs,
        outputs: node.outputs, attributes: node.attributes.map(\.pictured))
    }
  }
}

extension NamedAttribute {
  /// A list shows its first elements only.
  private static let shownElements = 8

  /// `name = value`; tensors and graphs show what they are.
  fileprivate var pictured: String { "\(name) = \(text)" }

  private var text: String {
    switch value {
    case .int(let number): "\(number)"
    case .float(let number): "\(number)"
    case .string(let text): "\"\(text)\""
    case .ints(let numbers): list(numbers)
    case .floats(let numbers): list(numbers)
    case .strings(let texts): list(texts)
    case .tensor(let tensor): "\(Value.tensor(tensor).type)"
    case .graph(let graph): "graph of \(graph.nodes.count) nodes"
    case .type(let type): "\(type)"
    case .reference(let name, _): "@\(name)"
    default: value.kind.name
    }
  }

  private func list(_ elements: [some Any]) -> String {
    let shown = elements.prefix(Self.shownElements).map { "\($0)" }
    return "[\(shown.joined(separator: ", "))\(elements.count > shown.count ? ", …" : "")]"
  }
}
