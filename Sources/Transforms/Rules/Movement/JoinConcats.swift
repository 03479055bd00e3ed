import GraphIR
import OperatorSet
import TensorCore

/// # JoinConcats
///
/// A Concat of a Concat along the same axis joins all parts at once.
///
/// - Before: y = Concat(a, b), z = Concat(y, c).
/// - After: z = Concat(a, b, c).
/// - Needs: one axis, at most 256 parts, and nobody else who wants y; the rank where one of both counts the
///   axis from the end.
/// - Promise: same bits.
/// - Source: the definition of Concat.
enum JoinConcats: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Concat"]

  /// Each of a row of Concats lists the parts of those before until they are taken away.
  private static let mostParts = 256

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    let uses = Dictionary(node.node.inputs.map { (NameKey($0), 1) }, uniquingKeysWith: +)
    var joined = node.node
    joined.inputs = node.node.inputs.flatMap { name in
      guard uses[NameKey(name)] == 1, let part = editor.producer(of: name, "Concat", readOnlyBy: node),
        editor.haveOneAxis(part, node)
      else { return [name] }
      return part.node.inputs
    }
    guard joined.inputs != node.node.inputs, joined.inputs.count <= mostParts else { return false }
    editor.replace(node, with: joined)
    return true
  }
}

extension GraphEditor {
  /// Whether the attribute axis of two nodes means the same axis of values of the same rank.
  func haveOneAxis(_ a: EditedNode, _ b: EditedNode) -> Bool {
    guard let x = axis(of: a), let y = axis(of: b) else { return false }
    if x == y { return true }
    guard let rank = fact(a.output(0)).rank ?? fact(b.output(0)).rank else { return false }
    return (try? resolveAxis(x, rank: rank) == resolveAxis(y, rank: rank)) ?? false
  }

  /// The axis of a Concat or a Split.
  private func axis(of node: EditedNode) -> Int? {
    node.attributes.map { $0.optionalInt("axis") ?? (node.uses("Concat") ? 1 : 0) }
  }
}
