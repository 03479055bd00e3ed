import GraphIR
import TensorCore

/// # FoldIf
///
/// An If whose condition is constant becomes the branch that it takes.
///
/// - Before: y = If(c, then_branch, else_branch).
/// - After: the nodes of the branch, its names made unlike all others; what the branch only hands on from
///   around, or twice, goes through an Identity.
/// - Needs: a constant c that holds one bool, and no sparse initializers in the branch.
/// - Promise: same bits.
/// - Source: the definition of If.
enum FoldIf: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["If"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let condition = editor.constant(node.input(0)), condition.count == 1,
      let isTrue = condition.bools().first,
      let branch = try node.attributes?.graph(isTrue ? "then_branch" : "else_branch")
    else { return false }
    return try editor.replace(node, by: branch, inputs: [], giving: node.node.outputs)
  }
}
