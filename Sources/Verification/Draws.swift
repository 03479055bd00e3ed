import GraphIR
import OperatorSet
import TensorCore

/// How often a model draws random numbers, by operator; in its main graph, subgraphs and functions.
struct Draws: Equatable, CustomStringConvertible {
  private var counts: [String: Int] = [:]
  /// Constants that are false, in the main graph.
  private var idle: Set<NameKey> = []

  static func == (a: Draws, b: Draws) -> Bool { a.counts == b.counts }

  init(_ model: Model) {
    let inputs = Set(model.graph.inputs.map { NameKey($0.name) })
    for constant in model.graph.initializers where constant.tensor.elementType == .bool {
      guard constant.tensor.bools() == [false], !inputs.contains(NameKey(constant.name)) else { continue }
      idle.insert(NameKey(constant.name))
    }
    for node in model.graph.nodes where node.opType == "Constant" && node.domain.isEmpty {
      guard case .tensor(let tensor)? = node.attributes.first?.value, tensor.elementType == .bool,
        tensor.bools() == [false]
      else { continue }
      idle.formUnion(node.outputs.map(NameKey.init))
    }
    add(model.graph.nodes)
    for function in model.functions { add(function.nodes) }
  }

  private mutating func add(_ nodes: [Node]) {
    for node in nodes.includingInner {
      let type = OperatorRegistry.standard.find(node.opType, domain: node.domain)
      if type?.isDeterministic == false, mayDraw(node) { counts[node.opType, default: 0] += 1 }
    }
  }

  /// A Dropout draws only where a caller may train: outside of training it is left out with right.
  private func mayDraw(_ node: Node) -> Bool {
    guard node.domain.isEmpty, node.opType == "Dropout" else { return true }
    return node.inputs.count > 2 && !node.inputs[2].isEmpty && !idle.contains(NameKey(node.inputs[2]))
  }

  var description: String {
    let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return parts.isEmpty ? "nothing is drawn" : "drawn by " + parts.joined(separator: ", ")
  }
}
