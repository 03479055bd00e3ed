/// # DropPad
///
/// A Pad that adds nothing is left out.
///
/// - Before: y = Pad(x, pads), all pads 0.
/// - After: what reads y reads x.
/// - Needs: constant pads.
/// - Promise: same bits.
/// - Source: the definition of Pad.
enum DropPad: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Pad"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let y = node.output(0), let attributes = node.attributes,
      let pads = attributes.optionalInts(attributes.since < 2 ? "paddings" : "pads")
        ?? editor.constant(node.input(1))?.ints(), pads.allSatisfy({ $0 == 0 })
    else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}
