/// # DropTile
///
/// A Tile that copies nothing is left out.
///
/// - Before: y = Tile(x, repeats), all repeats 1.
/// - After: what reads y reads x.
/// - Needs: known repeats, opset 6.
/// - Promise: same bits.
/// - Source: the definition of Tile.
enum DropTile: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Tile"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let y = node.output(0), let since = node.attributes?.since, since >= 6,
      let repeats = editor.integers(node.input(1)), repeats.allSatisfy({ $0 == 1 })
    else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}
