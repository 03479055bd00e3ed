import GraphIR

/// # JoinReshapes
///
/// A Reshape of what was given another shape just before reads the value with its first shape.
///
/// - Before: y = Reshape, Flatten, Squeeze or Unsqueeze of x, z = Reshape(y, s).
/// - After: z = Reshape(x, s).
/// - Needs: a constant s without a 0 that copies an extent of y: none at all, or allowzero.
/// - Promise: same bits.
/// - Source: the definition of Reshape.
enum JoinReshapes: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Reshape"]
  private static let first: Set<String> = ["Reshape", "Flatten", "Squeeze", "Unsqueeze"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let producer = editor.producer(of: node.input(0)), first.contains(where: producer.uses),
      let x = producer.input(0), let attributes = node.attributes,
      let shape = attributes.optionalInts("shape") ?? editor.constant(node.input(1))?.ints()
    else { return false }
    let copies = attributes.optionalInt("allowzero") != 1
    guard !copies || !shape.contains(0) else { return false }
    var joined = node.node
    joined.inputs[0] = x
    editor.replace(node, with: joined)
    return true
  }
}
