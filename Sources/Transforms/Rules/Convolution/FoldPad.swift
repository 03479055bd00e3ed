import GraphIR
import OperatorSet
import TensorCore

/// # FoldPad
///
/// A Pad before a window goes into the window's own pads.
///
/// - Before: a = Pad(x, pads) with a constant, y = Conv(a, W), MaxPool(a) or AveragePool(a).
/// - After: y = the same operator of x with the sums of both pads.
/// - Needs: constant pads, none negative and none for batch and channels; nobody else wants a; no auto_pad.
///   Before Conv: the constant 0 and constant, finite weights. Before MaxPool: −∞, or the smallest integer,
///   and no Indices wanted. Before AveragePool: the constant 0, and all cells counted already, since there
///   are no pads or count_include_pad is 1. The poolings want ceil_mode 0 and pads smaller than the kernel.
/// - Promise: within rounding: −0 may become 0.
/// - Source: the definitions of the operators.
enum FoldPad: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Conv", "MaxPool", "AveragePool"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let a = node.input(0), let pad = editor.producer(of: a), pad.uses("Pad"), let x = pad.input(0),
      editor.isRead(a, onlyBy: node), node.node.inputs.count(where: { areSame($0, a) }) == 1,
      let window = editor.window(of: node), window.attributes.autoPad == .notSet,
      let value = constant(of: pad, editor),
      let added = pads(of: pad, spatialAxes: window.kernel.count, editor)
    else { return false }
    let old = window.attributes.pads ?? Array(repeating: 0, count: added.count)
    guard old.count == added.count, old.allSatisfy({ $0 >= 0 }) else { return false }
    let pads = zip(old, added).map { $0 &+ $1 }
    guard value == neutral(for: node, editor),
      node.uses("Conv") || canPool(node, window, pads, hadPads: old.contains { $0 > 0 })
    else { return false }
    var made = node.node.giving("pads", .ints(pads))
    made.inputs[0] = x
    if node.uses("AveragePool") { made = made.giving("count_include_pad", .int(1)) }
    editor.replace(node, with: made)
    return true
  }

  /// The constant in a Pad that is as good as the operator's own padding; nil where there is none.
  private static func neutral(for node: EditedNode, _ editor: GraphEditor) -> Double? {
    if node.uses("AveragePool") { return 0 }
    if node.uses("Conv") { return editor.constant(node.input(1))?.isFinite == true ? 0 : nil }
    switch editor.fact(node.input(0)).elementType {
    case .int8?: return -128
    case .uint8?: return 0
    case let type? where type.isFloating: return -.infinity
    default: return nil
    }
  }

  /// Whether a pooling counts the cells of a Pad and its own padding alike.
  private static func canPool(_ node: EditedNode, _ window: Window, _ pads: [Int], hadPads: Bool) -> Bool {
    guard !window.attributes.roundsUp, zip(pads, window.kernel + window.kernel).allSatisfy({ $0 < $1 }),
      let attributes = node.attributes
    else { return false }
    if node.uses("MaxPool") { return node.output(1) == nil }
    return attributes.since >= 7 && (!hadPads || attributes.optionalInt("count_include_pad") == 1)
  }

  /// The pads of the spatial axes, all begins, then all ends; nil where there are others.
  private static func pads(of pad: EditedNode, spatialAxes: Int, _ editor: GraphEditor) -> [Int]? {
    guard let attributes = pad.attributes, attributes.optionalString("mode") == "constant",
      let given = attributes.optionalInts(attributes.since < 2 ? "paddings" : "pads")
        ?? editor.constant(pad.input(1))?.ints()
    else { return nil }
    let rank = spatialAxes + 2
    var axes = Array(0..<rank)
    if let name = pad.input(3) {
      guard let constant = editor.constant(name)?.ints() else { return nil }
      axes = constant.map { $0 < 0 ? $0 + rank : $0 }
    }
    guard given.count == 2 * axes.count else { return nil }
    var pads = [Int](repeating: 0, count: 2 * spatialAxes)
    for (index, axis) in axes.enumerated() {
      let (begin, end) = (given[index], given[axes.count + index])
      if axis < 2, begin == 0, end == 0 { continue }
      // Pads of 32 bits can be added.
      guard (2..<rank).contains(axis), 0..<1 << 31 ~= begin, 0..<1 << 31 ~= end else { return nil }
      (pads[axis - 2], pads[axis - 2 + spatialAxes]) = (begin, end)
    }
    return pads
  }

  private static func constant(of pad: EditedNode, _ editor: GraphEditor) -> Double? {
    guard let name = pad.input(2) else { return Double(pad.attributes?.optionalFloat("value") ?? 0) }
    return editor.constant(name)?.doubles().first
  }
}
