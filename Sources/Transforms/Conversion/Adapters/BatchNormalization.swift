import GraphIR
import TensorCore

/// BatchNormalization: how training is said changes in 7 and 14; before 9 each element may have statistics of
/// its own.
///
/// - Up: 6 → 7: training with `is_test` becomes training by naming all outputs; without training further
///   outputs, which are the statistics given, are copied. 8 → 9: without `spatial` the elements of an
///   instance become its channels. 13 → 14: more than one output becomes `training_mode` 1.
/// - Down: 14 → 13: `training_mode` 1 becomes naming all outputs. 7 → 6: `is_test` says what the outputs
///   said. 6 → 5: `consumed_inputs` must be there, and says nothing.
/// - Refused: up, a saved mean or variance that somebody reads, from 14 on; elements with statistics of their
///   own of which there are none.
/// - Source: versions 1 to 15 of the definition, TSN-0031.
enum BatchNormalizationAdapter: Adapter {
  static let operators = ["BatchNormalization"]
  static let adaptations = [
    Adaptation(since: 6, down: { $0.set("consumed_inputs", .ints([0, 0, 0, 1, 1])) }),
    Adaptation(since: 7, up: dropIsTest, down: addIsTest),
    Adaptation(since: 9, up: flattenElements),
    Adaptation(since: 14, up: addTrainingMode, down: dropTrainingMode),
  ]

  private static let extraOutputs = ["mean", "var", "saved_mean", "saved_var"]

  /// Whether, by versions 7 to 13, the node trains.
  private static func namesMoreThanY(_ node: NodeConversion) -> Bool {
    (1..<max(node.node.outputs.count, 1)).contains(where: node.hasOutput)
  }

  private static func nameAllOutputs(_ node: inout NodeConversion) {
    for (index, name) in zip(1..., extraOutputs) where !node.hasOutput(index) {
      while node.node.outputs.count <= index { node.node.outputs.append("") }
      node.node.outputs[index] = node.newOutput(name)
    }
  }

  // MARK: - 7

  private static func dropIsTest(_ node: inout NodeConversion) throws {
    let trains = try node.int("is_test") == 0
    node.set("is_test", nil)
    if trains { return nameAllOutputs(&node) }
    // The running and the saved statistics are those given.
    for index in 1..<max(node.node.outputs.count, 1) where node.hasOutput(index) {
      let (_, output) = node.release(index)
      node.append("Identity", [node.node.inputs[index % 2 == 1 ? 3 : 4]], to: output)
    }
    node.node.outputs.removeLast(node.node.outputs.count - 1)
  }

  private static func addIsTest(_ node: inout NodeConversion) {
    node.set("is_test", .int(namesMoreThanY(node) ? 0 : 1))
  }

  // MARK: - 9

  private static func flattenElements(_ node: inout NodeConversion) throws {
    guard try node.int("spatial") == 0 else { return node.set("spatial", nil) }
    node.set("spatial", nil)
    guard let X = node.input(0), let scale = node.input(1) else { return }
    guard node.inputFact(0).dims?.contains(.value(0)) != true else {
      throw Refusal("X has no elements, and no Reshape of 9 can give it its shape back")
    }
    if let rank = node.inputFact(0).rank, rank < 2 { return }
    let shapes = [node.insert("Shape", [X]), node.insert("Shape", [scale])]
    node.setInput(0, node.insert("Flatten", [X], ["axis": .int(1)]))
    let vector = node.constant([-1], "vector")
    for index in 1...4 {
      if let input = node.input(index) { node.setInput(index, node.insert("Reshape", [input, vector])) }
    }
    for index in node.node.outputs.indices where node.hasOutput(index) {
      let (inner, output) = node.release(index)
      node.append("Reshape", [inner, shapes[index == 0 ? 0 : 1]], to: output)
    }
  }

  // MARK: - 14

  private static func addTrainingMode(_ node: inout NodeConversion) throws {
    node.set("training_mode", .int(namesMoreThanY(node) ? 1 : 0))
    for index in [3, 4] where node.isRead(index) {
      throw Refusal("somebody reads output \(extraOutputs[index - 1]), which there is not from 14 on")
    }
    node.node.outputs = Array(node.node.outputs.prefix(3))
  }

  private static func dropTrainingMode(_ node: inout NodeConversion) throws {
    if try node.int("training_mode") != 0 { nameAllOutputs(&node) }
    node.set("training_mode", nil)
  }
}
