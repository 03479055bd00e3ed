import GraphIR

/// # DropDropout
///
/// A Dropout that drops nothing is left out.
///
/// - Before: y = Dropout(x) outside of training, or with ratio 0; nobody reads its mask.
/// - After: what reads y reads x.
/// - Needs: from opset 12 on, training_mode that is omitted or a constant false, or ratio a constant 0; before, no
///   training mode of an old opset (is_test 1 before 7).
/// - Promise: same bits.
/// - Source: the definition of Dropout.
enum DropDropout: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Dropout"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let y = node.output(0), let attributes = node.attributes else {
      return false
    }
    if let mask = node.output(1), editor.isOutput(mask) || !editor.readers(of: mask).isEmpty { return false }
    guard isIdle(node, attributes, editor) else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }

  private static func isIdle(_ node: EditedNode, _ attributes: NodeAttributes, _ editor: GraphEditor) -> Bool
  {
    switch attributes.since {
    case ..<7: attributes.optionalInt("is_test").map { $0 != 0 } ?? false
    case ..<12: true
    default:
      node.input(2) == nil || editor.constant(node.input(2))?.bools().first == false
        || node.input(1).map { editor.constant($0)?.doubles().first == 0 } ?? false
    }
  }
}
