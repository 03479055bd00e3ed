import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// Holds what a run computes in the main graph against what inference says of it.
///
/// Inference is asked twice: once knowing of the inputs only what any run would know, their types and shapes, and
/// once knowing their elements too. Constants are not folded, since a folded fact comes from evaluation itself.
struct InferenceCheck {
  private let answers: [(knowledge: String, facts: GraphFacts)]

  /// - Throws: `NodeError` where inference refuses a model that is given these inputs.
  init(_ graph: ResolvedGraph, inputs: [Value?]) throws {
    let defaults = Dictionary(graph.initializers.map { ($0.slot, $0.value) }) { first, _ in first }
    let values = zip(graph.inputs, inputs).map { slot, value in value ?? defaults[slot] }
    let inference = GraphInference(folds: false, trustsDeclaredShapes: false)
    func infer(_ fact: (Value) -> Fact) throws -> GraphFacts {
      try inference.infer(graph, inputs: values.map { $0.map(fact) ?? .unknown })
    }
    answers = [
      ("the shapes of the inputs", try infer { Fact($0.type) }),
      ("the inputs", try infer { Fact(of: $0) }),
    ]
  }

  /// Throws where an output of a node of the main graph is not what was inferred.
  func check(_ node: ResolvedNode, _ outputs: [Value?]) throws {
    guard node.path.count == 2 else { return }
    for (index, (slot, value)) in zip(node.outputs, outputs).enumerated() {
      guard let slot, let value else { continue }
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
