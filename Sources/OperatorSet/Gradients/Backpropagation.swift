import GraphIR
import TensorCore

/// Goes back over tapes by the chain rule: each node turns the gradients of its outputs into those of its
/// inputs, and the gradients of all uses of a value add up.
///
/// Source: S. Linnainmaa, "Taylor expansion of the accumulated rounding error", 1976.
struct Backpropagation {
  let context: any EvaluationContext

  /// dL/d of every value of a run that L is reached from.
  ///
  /// - Parameters:
  ///   - outputGradients: dL/d of the outputs; nil where L does not depend on one.
  ///   - sources: the slots whose gradients are asked for, inputs or captures of the graph.
  /// - Returns: by slot; nil where no gradient arrives.
  /// - Throws: `OperatorError` (unsupported) where a gradient meets an operator that has none.
  func gradients(over tape: Tape, outputGradients: [Tensor?], sources: Set<Int>) throws -> [Tensor?] {
    let varying = varyingSlots(tape, sources)
    var gradients = [Tensor?](repeating: nil, count: tape.values.count)
    for (slot, gradient) in zip(tape.outputs, outputGradients) where varying.contains(slot) {
      try add(gradient, to: &gradients[slot], of: tape.values[slot])
    }
    for entry in tape.entries.reversed() {
      let outputGradients = entry.outputs.map { $0.flatMap { gradients[$0] } }
      // What has no elements changes nothing; nor was the operator run then that checks whether its inputs fit.
      guard outputGradients.contains(where: { $0?.count ?? 0 > 0 }) else { continue }
      try context.checkCancellation()
      for slot in entry.outputs.compactMap({ $0 }) { gradients[slot] = nil }
      for (slot, gradient) in try inputGradients(entry, tape, outputGradients, varying)
      where varying.contains(slot) {
        try add(gradient, to: &gradients[slot], of: tape.values[slot])
      }
    }
    return gradients
  }

  /// The slots whose values change with those of `sources` and may carry a gradient.
  private func varyingSlots(_ tape: Tape, _ sources: Set<Int>) -> Set<Int> {
    var varying = sources.filter { carriesGradient(tape.values[$0]) }
    for entry in tape.entries where !varying.isDisjoint(with: entry.reads) {
      varying.formUnion(entry.outputs.compactMap { $0 }.filter { carriesGradient(tape.values[$0]) })
    }
    return varying
  }

  /// Integers, truth values and strings do not; what holds tensors may.
  private func carriesGradient(_ value: Value?) -> Bool {
    guard case .tensor(let tensor)? = value else { return value != nil }
    return tensor.elementType.isFloating || tensor.elementType.arithmetic == .complex
  }

  private func add(_ gradient: Tensor?, to sum: inout Tensor?, of value: Value?) throws {
    guard let gradient, case .tensor(let tensor)? = value else { return }
    guard gradient.shape == tensor.shape else {
      throw OperatorError(
        .internalError, "a gradient has shape \(gradient.shape), but its value has \(tensor.shape)")
    }
    sum =
      try sum.map {
        .gradient(try zip($0.doubles(), gradient.doubles()).map(spending: 1, +), gradient.shape)
      } ?? gradient
  }

  /// The gradients that one node hands on, by slot.
  private func inputGradients(
    _ entry: Tape.Entry, _ tape: Tape, _ outputGradients: [Tensor?], _ varying: Set<Int>
  ) throws -> [(slot: Int, gradient: Tensor)] {
    func value(_ slot: Int?) -> Value? { slot.flatMap { tape.values[$0] } }
    func bySlot(_ gradients: [Tensor?]) -> [(slot: Int, gradient: Tensor)] {
      zip(entry.inputs, gradients).compactMap { slot, gradient in
        slot.flatMap { slot in gradient.map { (slot, $0) } }
      }
    }
    let node = Evaluation(
      inputs: Inputs(entry.inputs.map(value), parameters: entry.parameters),
      outputGradients: outputGradients, context: context)
    var runs = BodyRuns(self, entry, varying: varying)
    switch entry.definition {
    case let definition as any Differentiable: return bySlot(try definition.inputGradients(node))
    case let definition as any DifferentiableControlFlow:
      return bySlot(try definition.inputGradients(node, &runs)) + runs.captured
    case nil: return bySlot(try runs.inputGradients(ofRun: 0, outputGradients))
    default:
      throw OperatorError(
        .unsupported, "y depends on xs by way of \(entry.name), an operator that has no derivative here")
    }
  }
}

/// The runs of the graphs of one node, to be gone back over.
package struct BodyRuns {
  private let backpropagation: Backpropagation
  private let tapes: [Tape]
  /// The slots of the surrounding graph that change.
  private let varying: Set<Int>
  private let inputsVary: [Bool]
  /// The gradients of the values that the graphs captured, by their slot in the surrounding graph.
  private(set) var captured: [(slot: Int, gradient: Tensor)] = []

  fileprivate init(_ backpropagation: Backpropagation, _ entry: Tape.Entry, varying: Set<Int>) {
    self.backpropagation = backpropagation
    self.varying = varying
    tapes = entry.bodies
    // What a loop carries may change because of anything that the loop reads.
    let isCall = entry.definition == nil
    let varies = !varying.isDisjoint(with: entry.reads)
    inputsVary = (entry.bodies.first?.inputs ?? []).indices.map { index in
      guard isCall else { return varies }
      return index < entry.inputs.count && entry.inputs[index].map(varying.contains) == true
    }
  }

  /// How often the node ran a graph.
  package var count: Int { tapes.count }

  /// The gradients of the graph's inputs in one run, given those of its outputs; what it captured is added
  /// up.
  package mutating func inputGradients(ofRun run: Int, _ outputGradients: [Tensor?]) throws -> [Tensor?] {
    let tape = tapes[run]
    let captures = tape.captures.filter { varying.contains($0.outer) }
    let sources = zip(tape.inputs, inputsVary).filter(\.1).map(\.0) + captures.map(\.slot)
    let gradients = try backpropagation.gradients(
      over: tape, outputGradients: outputGradients, sources: Set(sources))
    for capture in captures {
      if let gradient = gradients[capture.slot] { captured.append((capture.outer, gradient)) }
    }
    return tape.inputs.map { gradients[$0] }
  }
}
