import TensorCore

/// # FoldOptional
///
/// What is asked of an optional that was made just before is answered.
///
/// - Before: o = Optional(x), y = OptionalGetElement(o) or OptionalHasElement(o).
/// - After: what reads y reads x; or y is a constant.
/// - Needs: an x: an Optional of nothing stays.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum FoldOptional: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["OptionalGetElement", "OptionalHasElement"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let optional = editor.producer(of: node.input(0)), optional.uses("Optional"),
      let x = optional.input(0), let y = node.output(0)
    else { return false }
    if node.uses("OptionalGetElement") { return editor.drop(node, reading: x, insteadOf: y) }
    guard !editor.isOutput(y) else { return false }
    try editor.replace(node, withConstants: [(y, Tensor(bools: [true], shape: []))])
    return true
  }
}
