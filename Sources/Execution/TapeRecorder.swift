import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// Writes down one run of a graph while the interpreter goes through it.
final class TapeRecorder {
  private var entries: [Tape.Entry] = []
  private let memory: RecordedMemory
  /// What was recorded; complete when the run has ended.
  private(set) var tape = Tape(values: [], inputs: [], outputs: [], captures: [], entries: [])

  init(memory: RecordedMemory = RecordedMemory()) { self.memory = memory }

  /// Takes one node that has run, with its outputs and the tapes of its own graphs.
  ///
  /// - Throws: where all that is kept takes more than the memory limit: a loop may have any number of
  ///   iterations.
  func append(_ node: ResolvedNode, outputs: [Value?], _ bodies: TapeCollection?) throws {
    try memory.addNode()
    let name = node.name.isEmpty ? node.opType : "\(node.opType) '\(node.name)'"
    entries.append(
      Tape.Entry(
        name: name, definition: node.definition, parameters: node.parameters, inputs: node.inputs,
        outputs: node.outputs, bodies: bodies?.tapes ?? []))
  }

  /// Takes all values of the graph, when its last node has run.
  func finish(_ graph: ResolvedGraph, values: [Value?]) {
    tape = Tape(
      values: values, inputs: graph.inputs, outputs: graph.outputs, captures: graph.captures, entries: entries
    )
  }

  /// For the graphs of one node.
  func newCollection() -> TapeCollection { TapeCollection(memory: memory) }
}

/// The tapes of the graphs that one node runs, in order.
final class TapeCollection {
  private var recorders: [TapeRecorder] = []
  private let memory: RecordedMemory

  init(memory: RecordedMemory) { self.memory = memory }

  var tapes: [Tape] { recorders.map(\.tape) }

  /// For one more run.
  func newRecorder() -> TapeRecorder {
    let recorder = TapeRecorder(memory: memory)
    recorders.append(recorder)
    return recorder
  }
}

/// How much a recorded run keeps besides its values, with all runs inside it.
final class RecordedMemory {
  /// What a node takes, roughly.
  private static let bytesOfNode = 512
  private var nodes = 0

  func addNode() throws {
    nodes += 1
    try MemoryLimit.check(nodes, times: Self.bytesOfNode, of: "nodes that a Gradient keeps")
  }
}
