import GraphIR
import OperatorSet
import TensorCore

/// # TransposeIntoReduce
///
/// A reduction of transposed axes is one of the axes that they were.
///
/// - Before: y = Transpose(x, perm), z = Reduce…(y, axes), ArgMax or ArgMin of y.
/// - After: z = the same of x, with the axes perm[axes].
/// - Needs: known axes; those that stay, and those that are folded, in the order that they have in x, since
///   sums are taken in that order; with keepdims those that stay keep their places too.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum TransposeIntoReduce: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = []

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let transpose = editor.producer(of: node.input(0)), transpose.uses("Transpose"),
      let x = transpose.input(0), let perm = editor.permutation(of: transpose),
      let (axes, rank) = editor.reducedAxes(of: node), !axes.isEmpty, perm.count == rank,
      let attributes = node.attributes
    else { return false }
    let keepsDims = try attributes.flag("keepdims")
    let kept = (0..<rank).filter { !axes.contains($0) }
    let (folded, left) = (axes.map { perm[$0] }, kept.map { perm[$0] })
    guard folded == folded.sorted(), left == left.sorted(), !keepsDims || left == kept else { return false }
    var made = node.node
    made.inputs[0] = x
    try setAxes(folded, of: &made, before: node, attributes, &editor)
    editor.replace(node, with: made)
    return true
  }

  private static func setAxes(
    _ axes: [Int], of made: inout Node, before node: EditedNode, _ attributes: NodeAttributes,
    _ editor: inout GraphEditor
  ) throws {
    made.attributes.removeAll { $0.name == "axes" || $0.name == "axis" }
    if attributes.has("axis") {
      made.attributes.append(NamedAttribute("axis", .int(axes[0])))
    } else if attributes.version.attributes.contains(where: { $0.name == "axes" }) {
      made.attributes.append(NamedAttribute("axes", .ints(axes)))
    } else {
      let name = try editor.addConstant(
        .init(int64: axes), named: "\(made.outputs.first ?? "")_axes", before: node)
      made.inputs = [made.inputs[0], name]
    }
  }
}
