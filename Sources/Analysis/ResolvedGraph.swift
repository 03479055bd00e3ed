import GraphIR
import OperatorSet
import TensorCore

/// A graph with its names turned into slots and its operators found: what inference, checker and planner work on.
///
/// Every value that the graph computes or reads has one slot, numbered from 0. Values of the graph around it come
/// in as captures, so that a subgraph needs nothing but its own slots to run.
public struct ResolvedGraph: Sendable {
  /// The graphs from the model inwards, as `["main", "then_branch"]`.
  public let path: [String]
  /// The name and the declared type of each slot.
  public internal(set) var values: [ValueInfo] = []
  /// The slots of the graph's inputs, those with an initializer as default included.
  public internal(set) var inputs: [Int] = []
  /// The slots of the graph's outputs.
  public internal(set) var outputs: [Int] = []
  /// The declared outputs, whose types may say more than the slots'.
  public internal(set) var outputInfos: [ValueInfo] = []
  /// Constants, by slot.
  public internal(set) var initializers: [(slot: Int, value: Value)] = []
  /// Values of the surrounding graph that this one reads: its slot there, and here.
  public internal(set) var captures: [(outer: Int, slot: Int)] = []
  /// The nodes, each after those whose outputs it reads.
  public internal(set) var nodes: [ResolvedNode] = []
  /// The slot of each name defined in this graph.
  package internal(set) var slots: [NameKey: Int] = [:]

  /// The slot of each name that this graph defines or takes from around.
  package var slotsByName: [(name: String, slot: Int)] { slots.map { ($0.key.name, $0.value) } }

  /// The slot of a name defined in this graph; nil where there is none.
  public func slot(of name: String) -> Int? { slots[NameKey(name)] }
}

/// A node whose operator is found and whose attributes are parsed.
public struct ResolvedNode: Sendable {
  /// What stands behind the node's operator.
  public enum Implementation: Sendable {
    case definition(any Operator)
    /// A function of the model, its body resolved for this call.
    indirect case function(ResolvedGraph)
  }
  public let name: String
  public let opType: String
  /// The empty string for `ai.onnx`.
  public let domain: String
  /// The version in force; nil for functions.
  public let version: OperatorVersion?
  public let implementation: Implementation
  /// The slots of the inputs; nil for an omitted one.
  public let inputs: [Int?]
  /// The slots of the outputs; nil for one that nobody wants.
  public let outputs: [Int?]
  /// The graphs in the node's attributes.
  public let subgraphs: [String: ResolvedGraph]
  public let path: [String]

  /// The definition, where the node is an operator.
  public var definition: (any Operator)? {
    guard case .definition(let definition) = implementation else { return nil }
    return definition
  }

  /// The formal inputs; empty for functions.
  public var parameters: [Parameter] { version?.inputs ?? [] }
}
