import GraphIR
import TensorCore

/// What one run of a graph leaves behind when it is recorded: its nodes in the order they ran, and every
/// value.
public struct Tape: Sendable {
  /// One node that ran.
  public struct Entry: Sendable {
    /// The operator and the node's own name, for errors.
    public let name: String
    /// Nil for a call of a model's function, whose body is the only tape in `bodies`.
    public let definition: (any Operator)?
    /// The formal inputs of the definition.
    public let parameters: [Parameter]
    /// The slots of the inputs and outputs; nil for one that is left out.
    public let inputs: [Int?]
    public let outputs: [Int?]
    /// The runs of the node's graphs, in the order they were made: one for each iteration of a loop.
    public let bodies: [Tape]

    public init(
      name: String, definition: (any Operator)?, parameters: [Parameter], inputs: [Int?], outputs: [Int?],
      bodies: [Tape]
    ) {
      self.name = name
      self.definition = definition
      self.parameters = parameters
      self.inputs = inputs
      self.outputs = outputs
      self.bodies = bodies
    }
  }

  /// The value of each slot of the graph.
  public let values: [Value?]
  /// The slots of the graph's inputs and outputs.
  public let inputs: [Int]
  public let outputs: [Int]
  /// Values of the surrounding graph that this one reads: its slot there, and here.
  public let captures: [(outer: Int, slot: Int)]
  /// What ran, in order.
  public let entries: [Entry]

  public init(
    values: [Value?], inputs: [Int], outputs: [Int], captures: [(outer: Int, slot: Int)], entries: [Entry]
  ) {
    self.values = values
    self.inputs = inputs
    self.outputs = outputs
    self.captures = captures
    self.entries = entries
  }
}

extension Tape.Entry {
  /// The slots of the surrounding graph that the node reads, itself or in its graphs.
  var reads: Set<Int> {
    Set(inputs.compactMap { $0 } + bodies.flatMap { $0.captures.map(\.outer) })
  }
}
