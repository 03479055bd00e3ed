import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// Holds what a run computes in the main graph against what inference says of it.
///
/// Inference is asked several times, knowing more and more of the inputs: their types, names for their extents,
/// their shapes, their elements. Constants are not folded, since a folded fact comes from evaluation itself.
struct InferenceCheck {
  private let answers: [(knowledge: String, facts: GraphFacts)]
  private let declared: [ValueInfo]

  /// - Throws: `NodeError` where inference refuses a model that is given these inputs.
  init(_ graph: ResolvedGraph, inputs: [Value?]) throws {
    declared = graph.values
    let defaults = Dictionary(graph.initializers.map { ($0.slot, $0.value) }) { first, _ in first }
    let values = zip(graph.inputs, inputs).map { slot, value in value ?? defaults[slot] }
    let inference = GraphInference(folds: false, trustsDeclaredShapes: false)
    func infer(_ fact: (Value) -> Fact) throws -> GraphFacts {
      try inference.infer(graph, inputs: values.map { $0.map(fact) ?? .unknown })
    }
    answers = [
      ("the types of the inputs", try infer { Fact($0.type.withoutShape) }),
      ("names of the inputs' extents", try infer { Fact($0.type.withNamedExtents) }),
      ("the shapes of the inputs", try infer { Fact($0.type) }),
      ("the inputs", try infer { Fact(of: $0) }),
    ]
  }

  /// Throws where an output of a node of the main graph is not what was inferred, or what the model declares.
  func check(_ node: ResolvedNode, _ outputs: [Value?]) throws {
    guard node.path.count == 2 else { return }
    for (index, (slot, value)) in zip(node.outputs, outputs).enumerated() {
      guard let slot, let value else { continue }
      if let type = declared[slot].type?.withoutShape, let error = Fact(type).contradiction(with: value) {
        throw OperatorError(
          .invalidType, "output \(index) is declared \(type), but is \(value.type): \(error)")
      }
      for (knowledge, facts) in answers {
        if let contradiction = facts.values[slot].contradiction(with: value) {
          throw OperatorError(
            .internalError,
            "inference contradicts evaluation at output \(index), knowing \(knowledge): \(contradiction)")
        }
      }
    }
  }
}

extension ValueType {
  /// The type of a tensor with a name for each extent, the same for equal ones; 0 and 1 stay, which
  /// broadcasting and products of extents treat apart.
  fileprivate var withNamedExtents: ValueType {
    guard case .tensor(let type, let dims?) = self else { return self }
    return .tensor(type, dims.map { $0 == 0 || $0 == 1 ? $0 : .param("d\($0)") })
  }
}
