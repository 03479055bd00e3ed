import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// Writes down one run of a graph while the interpreter goes through it.
final class TapeRecorder {
  private var entries: [Tape.Entry] = []
  /// What was recorded; complete when the run has ended.
  private(set) var tape = Tape(values: [], inputs: [], outputs: [], captures: [], entries: [])

  /// Takes one node that has run, with the tapes of its own graphs.
  func append(_ node: ResolvedNode, _ bodies: [Tape]) {
    let name = node.name.isEmpty ? node.opType : "\(node.opType) '\(node.name)'"
    entries.append(
      Tape.Entry(
        name: name, definition: node.definition, parameters: node.parameters, inputs: node.inputs,
        outputs: node.outputs, bodies: bodies))
  }

  /// Takes all values of the graph, when its last node has run.
  func finish(_ graph: ResolvedGraph, values: [Value?]) {
    tape = Tape(
      values: values, inputs: graph.inputs, outputs: graph.outputs, captures: graph.captures, entries: entries
    )
  }
}

/// The tapes of the graphs that one node runs, in order.
final class TapeCollection {
  private var recorders: [TapeRecorder] = []

  var tapes: [Tape] { recorders.map(\.tape) }

  /// For one more run.
  func newRecorder() -> TapeRecorder {
    let recorder = TapeRecorder()
    recorders.append(recorder)
    return recorder
  }
}
