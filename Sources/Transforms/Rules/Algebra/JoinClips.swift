/// # JoinClips
///
/// Two bounds, one of what the other has bounded, become one.
///
/// - Before: y = Clip(x, a, b) or Relu(x), z = Clip(y, c, d) or Relu(y); a Relu is a Clip from 0 on.
/// - After: z = Clip(x, max(a, c), min(b, d)); where one of both says that already, z is that one of x.
/// - Needs: constant bounds, none NaN, and ranges that overlap: Clip to [0, 1] and then to [2, 3] is 2, not
///   1. Nobody else wants y, unless y is all that is left.
/// - Promise: same bits.
/// - Source: the definitions of Clip and Relu; a number at a bound of 0 keeps its sign (TSN-0050).
enum JoinClips: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Clip", "Relu"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.input(0), let z = node.output(0), let first = editor.producer(of: y),
      let x = first.input(0), let inner = ClipInterval(of: first, editor),
      let outer = ClipInterval(of: node, editor), let joined = outer.applied(after: inner)
    else { return false }
    if joined == inner { return editor.drop(node, reading: y, insteadOf: z) }
    guard editor.isRead(y, onlyBy: node) else { return false }
    if joined == outer {
      var made = node.node
      made.inputs[0] = x
      editor.replace(node, with: made)
      return true
    }
    guard let clip = try joined.clip(x, inPlaceOf: node, &editor) else { return false }
    editor.replace(node, with: clip)
    return true
  }
}
