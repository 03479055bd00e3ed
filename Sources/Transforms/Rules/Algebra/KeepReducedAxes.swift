import GraphIR
import OperatorSet
import TensorCore

/// # KeepReducedAxes
///
/// A reduction whose axes come back with extent 1, or go, keeps them or not by itself.
///
/// - Before: y = Reduce…(x, axes, keepdims: 0), z = Unsqueeze(y) with the same axes; or keepdims: 1 and
///   Squeeze; the same for ArgMax and ArgMin.
/// - After: z = Reduce…(x, axes, keepdims: 1), or 0.
/// - Needs: known axes of both, the rank of x, and nobody else who wants y.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum KeepReducedAxes: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Unsqueeze", "Squeeze"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.input(0), let z = node.output(0), let reduction = editor.producer(of: y),
      editor.isRead(y, onlyBy: node), let folded = editor.reducedAxes(of: reduction),
      let given = editor.integers(of: node, attribute: "axes", input: 1),
      let keepsDims = try reduction.attributes?.flag("keepdims"), keepsDims == node.uses("Squeeze"),
      // Both count the axes of x.
      let axes = try? resolveAxes(given, rank: folded.rank), axes.sorted() == folded.axes
    else { return false }
    var made = reduction.node
    made.attributes.removeAll { $0.name == "keepdims" }
    made.attributes.append(NamedAttribute("keepdims", .int(keepsDims ? 0 : 1)))
    made.outputs = [z]
    editor.replace(node, with: made)
    return true
  }
}

extension GraphEditor {
  /// The axes that a reduction folds, resolved and ascending, and the rank of what it folds; nil for other
  /// operators, and where they are not known.
  func reducedAxes(of node: EditedNode) -> (axes: [Int], rank: Int)? {
    guard let attributes = node.attributes, node.node.domain.isEmpty, attributes.has("keepdims"),
      let rank = fact(node.input(0)).rank
    else { return nil }
    let opType = node.node.opType
    if opType == "ArgMax" || opType == "ArgMin" {
      return attributes.optionalInt("axis").flatMap { try? resolveAxis($0, rank: rank) }.map { ([$0], rank) }
    }
    guard opType.hasPrefix("Reduce") else { return nil }
    let given = integers(of: node, attribute: "axes", input: 1)
    guard given != nil || node.input(1) == nil else { return nil }
    if given?.isEmpty ?? true {
      return (attributes.optionalInt("noop_with_empty_axes") == 1 ? [] : Array(0..<rank), rank)
    }
    return (try? resolveAxes(given ?? [], rank: rank)).map { ($0.sorted(), rank) }
  }
}
