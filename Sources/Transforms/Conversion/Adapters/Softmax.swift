import GraphIR
import OperatorSet
import TensorCore

/// Softmax, LogSoftmax and Hardmax: before 13 they look at the axes from `axis` on as one line, from 13 on at
/// that axis alone; the default changes from 1 to −1.
///
/// - Up: 12 → 13: the same where `axis` is the last one. Else the input is flattened to a matrix before, and
///   gets its shape back behind.
/// - Down: 13 → 12: the same where `axis` is the last one. Else the axis changes places with the last one
///   before and behind.
/// - Refused: down, another axis than −1 of a tensor whose rank is not known. Not refused, since nobody may
///   ever give it: up, an extent behind the second one that only a caller makes 0, which no Reshape of 13 can
///   say.
/// - Source: versions 11 and 13 of the definitions.
enum SoftmaxAdapter: Adapter {
  static let operators = ["Softmax", "LogSoftmax", "Hardmax"]
  static let adaptations = [Adaptation(since: 13, up: flattenTail, down: moveAxisLast)]

  private static func flattenTail(_ node: inout NodeConversion) throws {
    guard let axis = try node.int("axis"), let input = node.input(0) else { return }
    let (dims, rank) = (node.inputFact(0).dims, node.inputFact(0).rank)
    if dims?.contains(.value(0)) == true {
      // Nothing stays nothing.
      node.node.opType = "Identity"
      return node.set("axis", nil)
    }
    if axis == -1 || axis + 1 == rank { return node.set("axis", .int(axis)) }
    let shape = node.insert("Shape", [input])
    node.setInput(0, node.insert("Flatten", [input], ["axis": .int(axis)]))
    node.set("axis", .int(1))
    let (inner, output) = node.release(0)
    node.append("Reshape", [inner, shape], to: output)
  }

  private static func moveAxisLast(_ node: inout NodeConversion) throws {
    guard let axis = try node.int("axis"), let input = node.input(0) else { return }
    guard let rank = node.inputFact(0).rank else {
      guard axis == -1 else {
        throw Refusal("the rank of the input is not known, so that axis \(axis) may not be the last one")
      }
      return node.set("axis", .int(-1))
    }
    let (resolved, last) = (try resolveAxis(axis, rank: rank), rank - 1)
    node.set("axis", .int(last))
    guard resolved != last else { return }
    var order = Array(0..<rank)
    order.swapAt(resolved, last)
    node.setInput(0, node.insert("Transpose", [input], ["perm": .ints(order)]))
    let (inner, output) = node.release(0)
    node.append("Transpose", [inner], ["perm": .ints(order)], to: output)
  }
}
