/// # MergeEqualExtents
///
/// Of two values that are the same extents of the model's inputs, the later one is left out.
///
/// - Before: y and z are integers computed from extents, as Gather(Shape(x), 0) and Gather(Shape(Relu(x)), 0)
///   are.
/// - After: what reads z reads y.
/// - Needs: every element of both as a number or as the same dim of the same input, one type and one shape; z
///   is no output, and computed after y.
/// - Promise: same bits.
/// - Source: the definition of Shape.
enum MergeEqualExtents: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = []

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard node.node.outputs.count == 1, let z = node.output(0), let extents = KnownExtents(editor.fact(z)),
      let y = editor.firstNode(giving: extents, before: node)?.output(0), !editor.isOutput(z),
      !editor.readers(of: z).isEmpty
    else { return false }
    return editor.drop(node, reading: y, insteadOf: z)
  }
}
