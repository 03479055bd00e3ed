import GraphIR
import TensorCore

/// # DropResize
///
/// A Resize to the same extents is left out.
///
/// - Before: y = Resize(x), mode nearest, with scales that are 1, or with sizes that x has already.
/// - After: what reads y reads x.
/// - Needs: known scales, or the shapes of x and y; no mapping that moves cells by half of one, or that crops.
///   The other modes multiply neighbors by 0, and infinity by 0 is NaN.
/// - Promise: same bits.
/// - Source: the definition of Resize.
enum DropResize: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Resize"]
  private static let moving: Set<String> = ["tf_half_pixel_for_nn", "tf_crop_and_resize"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let y = node.output(0), let attributes = node.attributes,
      attributes.optionalString("mode") == "nearest",
      !moving.contains(attributes.optionalString("coordinate_transformation_mode") ?? "asymmetric"),
      keepsExtents(node, from: x, to: y, attributes, editor)
    else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }

  /// Scales may keep the extents of small tensors and move cells nevertheless; sizes cannot.
  private static func keepsExtents(
    _ node: EditedNode, from x: String, to y: String, _ attributes: NodeAttributes, _ editor: GraphEditor
  ) -> Bool {
    guard let scales = node.input(attributes.since < 11 ? 1 : 2) else { return editor.haveSameShape(x, y) }
    guard let numbers = editor.constant(scales)?.doubles() else { return false }
    return numbers.isEmpty ? editor.haveSameShape(x, y) : numbers.allSatisfy { $0 == 1 }
  }
}
