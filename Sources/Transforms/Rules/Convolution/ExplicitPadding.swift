import GraphIR
import OperatorSet

/// # ExplicitPadding
///
/// Pads that auto_pad asks for are written down.
///
/// - Before: y = Conv, MaxPool or AveragePool(x) with auto_pad SAME_UPPER, SAME_LOWER or VALID.
/// - After: y = the same operator with pads, and neither auto_pad nor ceil_mode, which auto_pad makes idle.
/// - Needs: for SAME, numbers for the extents of x and of the kernel, from which no negative pads follow.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum ExplicitPadding: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Conv", "MaxPool", "AveragePool"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let window = editor.window(of: node), window.attributes.autoPad != .notSet,
      let pads = pads(of: node, window, editor)
    else { return false }
    var made = node.node.giving("pads", .ints(pads))
    made.attributes.removeAll { ["auto_pad", "ceil_mode"].contains($0.name) }
    editor.replace(node, with: made)
    return true
  }

  /// All begins, then all ends.
  private static func pads(of node: EditedNode, _ window: Window, _ editor: GraphEditor) -> [Int]? {
    guard window.attributes.autoPad != .valid else {
      return [Int](repeating: 0, count: 2 * window.kernel.count)
    }
    let input = editor.fact(node.input(0)).dims?.dropFirst(2).compactMap(\.number) ?? []
    guard input.count == window.kernel.count,
      let axes = try? window.attributes.axes(input: input, kernel: window.kernel)
    else { return nil }
    let pads = axes.map(\.padBegin) + axes.map(\.padEnd)
    return pads.allSatisfy { $0 >= 0 } ? pads : nil
  }
}

/// The window of a Conv or a pooling, with the extents of its kernel.
struct Window {
  let attributes: WindowAttributes
  let kernel: [Int]
}

extension GraphEditor {
  /// The window of a Conv, MaxPool or AveragePool; nil for another operator, or where the kernel is not
  /// known.
  func window(of node: EditedNode) -> Window? {
    let attributes =
      (node.definition as? Conv)?.window ?? (node.definition as? MaxPool)?.window
      ?? (node.definition as? AveragePool)?.window
    guard let attributes else { return nil }
    if let kernel = attributes.kernelShape { return Window(attributes: attributes, kernel: kernel) }
    guard let dims = fact(node.input(1)).dims?.dropFirst(2) else { return nil }
    let kernel = dims.compactMap(\.number)
    return kernel.count == dims.count ? Window(attributes: attributes, kernel: kernel) : nil
  }
}

extension Node {
  /// The node with another value of one attribute.
  func giving(_ name: String, _ value: Attribute) -> Node {
    var node = self
    node.attributes.removeAll { $0.name == name }
    node.attributes.append(NamedAttribute(name, value))
    return node
  }
}
