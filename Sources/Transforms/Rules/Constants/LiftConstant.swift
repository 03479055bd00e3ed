import GraphIR
import TensorCore

/// # LiftConstant
///
/// A Constant becomes an initializer.
///
/// - Before: y = Constant(value).
/// - After: y is an initializer.
/// - Needs: a graph that has initializers: no body of a function, IR version 4 or later; y is no output, and no
///   sparse tensor.
/// - Promise: same bits.
/// - Source: the definition of Constant.
enum LiftConstant: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Constant"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard editor.hasInitializers, let y = node.output(0), !editor.isOutput(y),
      !node.node.attributes.contains(where: { $0.name == "sparse_value" }), let tensor = editor.fact(y).tensor
    else { return false }
    try editor.replace(node, withConstants: [(y, tensor)])
    return true
  }
}
