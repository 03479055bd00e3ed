import GraphIR
import TensorCore

/// # JoinReshapes
///
/// Two changes of shape, one of the other, become one Reshape, or none.
///
/// - Before: y = Reshape, Flatten, Squeeze or Unsqueeze of x, z = one of these of y.
/// - After: z = Reshape(x, s); or what reads z reads x, where z has the shape of x.
/// - Needs: all extents of z but one and those that x has on the same axis, none of them 0, and nobody else
///   who wants y; or a Reshape with a constant s without a 0 that copies an extent of y: none at all, or
///   allowzero. Then others may read y.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum JoinReshapes: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Reshape", "Flatten", "Squeeze", "Unsqueeze"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let producer = editor.producer(of: node.input(0)), operators.contains(where: producer.uses),
      let x = producer.input(0), let z = node.output(0)
    else { return false }
    if editor.haveSameShape(x, z) { return editor.drop(node, reading: x, insteadOf: z) }
    if let joined = withItsOwnShape(node, reading: x, editor) {
      editor.replace(node, with: joined)
      return true
    }
    guard let y = node.input(0), editor.isRead(y, onlyBy: node),
      let version = editor.version(of: "Reshape"), version.since >= 5,
      let result = editor.fact(z).dims,
      let shape = reshapeTarget(result, of: editor.fact(x).dims, mayCopy: true)
    else { return false }
    let name = try editor.addConstant(Tensor(int64: shape), named: "\(z)_shape", before: node)
    var joined = Node("Reshape", name: node.node.name, inputs: [x, name], outputs: node.node.outputs)
    joined.annotations = node.node.annotations
    editor.replace(node, with: joined)
    return true
  }

  /// The Reshape that `node` is, of x, where its target does not depend on the shape of what it reads.
  private static func withItsOwnShape(_ node: EditedNode, reading x: String, _ editor: GraphEditor) -> Node? {
    guard node.uses("Reshape"), let attributes = node.attributes,
      let shape = editor.integers(of: node, attribute: "shape", input: 1),
      attributes.optionalInt("allowzero") == 1 || !shape.contains(0)
    else { return nil }
    var joined = node.node
    joined.inputs[0] = x
    return joined
  }
}
