import OperatorSet

/// # DropClip
///
/// A Clip without bounds is left out.
///
/// - Before: y = Clip(x), neither min nor max given.
/// - After: what reads y reads x.
/// - Needs: no bounds; in opset 6 to 10 there are always some, which infinities lie beyond.
/// - Promise: same bits.
/// - Source: the definition of Clip.
enum DropClip: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Clip"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let clip = node.definition as? Clip, let x = node.input(0), let y = node.output(0),
      clip.attributeBounds?.min == nil, clip.attributeBounds?.max == nil, node.input(1) == nil,
      node.input(2) == nil
    else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}
