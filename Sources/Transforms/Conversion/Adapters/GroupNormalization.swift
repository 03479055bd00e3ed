import GraphIR
import TensorCore

/// GroupNormalization: `scale` and `bias` have a number for each group before 21, for each channel from 21
/// on.
///
/// - Up: 20 → 21: the number of a group is repeated for each of its channels.
/// - Down: 21 → 20: constant numbers that all channels of a group share become those of the group. Where each
///   channel is a group of its own nothing changes.
/// - Refused: down, other numbers, and a stash_type other than float.
/// - Source: versions 18 and 21 of the definition.
enum GroupNormalizationAdapter: Adapter {
  static let operators = ["GroupNormalization"]
  static let adaptations = [Adaptation(since: 21, up: toChannels, down: toGroups)]

  private static func toChannels(_ node: inout NodeConversion) throws {
    guard let groups = try node.int("num_groups"), groups > 0, let X = node.input(0) else { return }
    let channels = node.inputFact(0).dims.flatMap { $0.count > 1 ? $0[1].number : nil }
    if channels == groups { return }
    let shape: String
    if let channels {
      shape = node.constant([groups, channels / groups], "channels")
    } else {
      let all = node.insert("Gather", [node.insert("Shape", [X]), node.constant([1], "channel_axis")])
      let count = node.constant([groups], "groups")
      shape = node.insert("Concat", [count, node.insert("Div", [all, count])], ["axis": .int(0)])
    }
    let (column, vector) = (node.constant([groups, 1], "column"), node.constant([-1], "vector"))
    for index in [1, 2] {
      guard let input = node.input(index) else { continue }
      let repeated = node.insert("Expand", [node.insert("Reshape", [input, column]), shape])
      node.setInput(index, node.insert("Reshape", [repeated, vector]))
    }
  }

  private static func toGroups(_ node: inout NodeConversion) throws {
    guard let groups = try node.int("num_groups"), groups > 0 else { return }
    for (index, name) in [(1, "scale"), (2, "bias")] {
      if node.inputFact(index).dims == [.value(groups)] { continue }
      guard let tensor = node.inputFact(index).tensor, tensor.rank == 1, tensor.count >= groups,
        tensor.count % groups == 0
      else {
        throw Refusal("\(name) is not constant, and before 21 it has one number for each group")
      }
      let (numbers, size) = (tensor.doubles(), tensor.count / groups)
      let shared = (0..<groups).map { Array(numbers[($0 * size)..<(($0 + 1) * size)]) }
      guard shared.allSatisfy({ Set($0.map(\.bitPattern)).count == 1 }) else {
        throw Refusal(
          "\(name) differs among channels of a group, and before 21 it has one number for each group")
      }
      let perGroup = shared.compactMap(\.first)
      node.setInput(
        index, node.constant(Tensor(tensor.elementType, shape: [groups], rounding: perGroup), name))
    }
  }
}
