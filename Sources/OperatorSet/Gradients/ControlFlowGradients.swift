import GraphIR
import TensorCore

extension If: DifferentiableControlFlow {
  /// The branch that was taken hands the gradients to what it captured.
  package func inputGradients(_ node: Evaluation, _ runs: inout BodyRuns) throws -> [Tensor?] {
    _ = try runs.inputGradients(ofRun: 0, node.outputGradients)
    return []
  }
}

extension Loop: DifferentiableControlFlow {
  /// From the last iteration to the first, the gradients of what an iteration is given are those of what the
  /// one before yields.
  package func inputGradients(_ node: Evaluation, _ runs: inout BodyRuns) throws -> [Tensor?] {
    var carried = (0..<carriedCount).map(node.gradient)
    for run in (0..<runs.count).reversed() {
      let scans = scanOutputs.indices.map { node.gradient(carriedCount + $0)?.element(run, axis: 0) }
      carried = Array(try runs.inputGradients(ofRun: run, [nil] + carried + scans).dropFirst(2))
    }
    return [nil, nil] + carried
  }
}

extension Scan: DifferentiableControlFlow {
  /// As in a Loop; each iteration also has elements of the tensors that are scanned.
  package func inputGradients(_ node: Evaluation, _ runs: inout BodyRuns) throws -> [Tensor?] {
    guard !isBatched else {
      throw OperatorError(.unsupported, "Scan before opset 9, over a batch, has no derivative here")
    }
    let length = runs.count
    var states = (0..<stateCount).map(node.gradient)
    var elements = [[Tensor?]](repeating: [Tensor?](repeating: nil, count: length), count: inputAxes.count)
    for run in (0..<length).reversed() {
      let scans = try scanOutputs.indices.map { k in
        try node.gradient(stateCount + k).map { dY in
          dY.element(
            outputDirections[k] == 1 ? length - 1 - run : run,
            axis: try resolveAxis(outputAxes[k], rank: dY.rank))
        }
      }
      let gradients = try runs.inputGradients(ofRun: run, states + scans)
      states = Array(gradients[..<stateCount])
      for k in elements.indices {
        elements[k][inputDirections[k] == 1 ? length - 1 - run : run] = gradients[stateCount + k]
      }
    }
    return states
      + (try elements.enumerated().map { k, elements in
        try stacked(elements, like: node.inputs.tensor(stateCount + k), axis: inputAxes[k])
      })
  }

  /// The gradient of a scanned tensor, of those of its elements; nil where there is none.
  private func stacked(_ elements: [Tensor?], like X: Tensor, axis: Int) throws -> Tensor? {
    guard elements.contains(where: { $0 != nil }) else { return nil }
    let axis = try resolveAxis(axis, rank: X.rank)
    let shape = removing(axis, from: X.shape)
    let zeros = Tensor.gradient([Double](repeating: 0, count: shape.product), shape)
    return try Tensor.stacking(elements.map { $0 ?? zeros }, axis: axis, as: .double, shape: X.shape)
  }
}
