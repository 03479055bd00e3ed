import GraphIR
import TensorCore

/// # DropClipBeforeQuantize
///
/// A Relu or Clip is left out where a quantization saturates at its bounds, or before them.
///
/// - Before: a = Relu(x) or Clip(x), y = QuantizeLinear(a, s, z).
/// - After: y = QuantizeLinear(x, s, z).
/// - Needs: constants s and z, s positive and finite, of type float; y of an integer type from l to h with (l
///   − z) · s ≥ 0 for Relu, or at least Clip's lower bound, and (h − z) · s at most its upper one: what is
///   beyond a bound is beyond the last code.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum DropClipBeforeQuantize: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["QuantizeLinear"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let clip = editor.producer(of: node.input(0)), let x = clip.input(0),
      let bounds = bounds(of: clip, editor), let type = editor.fact(node.output(0)).elementType,
      let limits = limits(of: type), node.attributes?.optionalInt("precision") ?? 0 == 0,
      editor.fact(x).elementType == .float, let scales = editor.constant(node.input(1)),
      scales.elementType == .float
    else { return false }
    var zeros = Array(repeating: 0.0, count: scales.count)
    if let name = node.input(2) {
      guard let constant = editor.constant(name), constant.count == scales.count else { return false }
      zeros = constant.doubles()
    }
    let isIdle = zip(scales.doubles(), zeros).allSatisfy { scale, zero in
      scale > 0 && scale.isFinite && (limits.low - zero) * scale >= bounds.low
        && (limits.high - zero) * scale <= bounds.high
    }
    guard isIdle else { return false }
    var made = node.node
    made.inputs[0] = x
    editor.replace(node, with: made)
    return true
  }

  private static func bounds(of node: EditedNode, _ editor: GraphEditor) -> (low: Double, high: Double)? {
    if node.uses("Relu") { return (0, .infinity) }
    guard node.uses("Clip"), let attributes = node.attributes else { return nil }
    let bounds: [Double?]
    if attributes.since < 11 {
      bounds = ["min", "max"].map { attributes.optionalFloat($0).map(Double.init) }
    } else {
      bounds = [1, 2].map { editor.constant(node.input($0))?.doubles().first }
      guard [1, 2].allSatisfy({ node.input($0) == nil || bounds[$0 - 1] != nil }) else { return nil }
    }
    return (bounds[0] ?? -.infinity, bounds[1] ?? .infinity)
  }

  /// The first and the last code of an integer type of at most 16 bits.
  private static func limits(of type: ElementType) -> (low: Double, high: Double)? {
    guard type.isInteger, type.bitWidth <= 16 else { return nil }
    let codes = Double(1 << type.bitWidth)
    return type.arithmetic == .signed ? (-codes / 2, codes / 2 - 1) : (0, codes - 1)
  }
}
