import GraphIR
import TensorCore

/// # FuseAttention
///
/// Scaled dot-product attention that is spelled out becomes the operator.
///
/// - Before: s = MatMul(q, Transpose(k)), perhaps times a number, perhaps with a mask added, y =
///   MatMul(Softmax(s), v).
/// - After: y = Attention(q, k, v) with scale, or Attention(q, k, v, mask).
/// - Needs: opset 23; q, k and v with four axes, batch and heads known to be the same; a Softmax of the last
///   axis; a scale that the attribute holds as well as the type does. The mask stretches to the scores, by
///   extents that are known, has all keys, and is finite as its computation shows, by constants between which
///   Where chooses: where no key is seen, a Softmax gives NaN and the operator 0. float or double. Others may
///   read values on the way.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FuseAttention: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["MatMul"]
  static let fusesInto: Set<String> = ["Attention"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard editor.version(of: "Attention") != nil, let v = node.input(1), let y = node.output(0),
      let softmax = editor.producer(of: node.input(0), "Softmax"),
      [-1, 3].contains(softmax.attributes?.optionalInt("axis")), let scores = softmax.input(0)
    else { return false }
    for (masked, mask) in addends(of: scores, editor) {
      let (product, scale) = scaled(masked, editor)
      guard let matMul = editor.producer(of: product, "MatMul"), let q = matMul.input(0),
        let transpose = editor.producer(of: matMul.input(1), "Transpose"), let k = transpose.input(0),
        editor.permutation(of: transpose) == [0, 1, 3, 2], haveSameHeads([q, k, v], editor),
        editor.isClose(Double(Float(scale)), to: scale, typeOf: q), fits(mask, scores, editor)
      else { continue }
      let made = Node(
        "Attention", inputs: [q, k, v] + (mask.map { [$0] } ?? []), outputs: [y],
        attributes: [NamedAttribute("scale", .float(Float(scale)))])
      if editor.replace(node, byOperator: made) { return true }
    }
    return false
  }

  /// The ways in which scores may be scores before and a mask.
  private static func addends(of scores: String, _ editor: GraphEditor) -> [(scores: String, mask: String?)] {
    guard let sum = editor.producer(of: scores, "Add"), let a = sum.input(0), let b = sum.input(1) else {
      return [(scores, nil)]
    }
    return [(a, b), (b, a)]
  }

  /// What is multiplied by a number, and the number, 1 where there is none.
  private static func scaled(_ name: String, _ editor: GraphEditor) -> (value: String, number: Double) {
    guard let node = editor.producer(of: name), node.uses("Mul") || node.uses("Div"),
      let (value, number) = editor.operands(of: node)
    else { return (name, 1) }
    return (value, node.uses("Mul") ? number : 1 / number)
  }

  private static func haveSameHeads(_ names: [String], _ editor: GraphEditor) -> Bool {
    let heads = names.map { editor.fact($0).dims?.prefix(2) ?? [] }
    let types = names.map { editor.fact($0).elementType }
    return names.allSatisfy { editor.fact($0).rank == 4 } && !heads[0].contains(.unknown)
      && heads.allSatisfy { $0 == heads[0] }
      && (types[0] == .float || types[0] == .double) && types.allSatisfy { $0 == types[0] }
  }

  /// Whether a mask may be the operator's; none always may.
  private static func fits(_ mask: String?, _ scores: String, _ editor: GraphEditor) -> Bool {
    guard let mask else { return true }
    guard let dims = editor.fact(mask).dims, let all = editor.fact(scores).dims, all.count == 4,
      (1...4).contains(dims.count), dims.last == all.last, dims.last != .unknown
    else { return false }
    return zip(dims.reversed(), all.reversed()).allSatisfy { $0 == .value(1) || $0 == $1 && $0 != .unknown }
      && isFinite(mask, editor)
  }

  private static func isFinite(_ mask: String, _ editor: GraphEditor) -> Bool {
    if let constant = editor.constant(mask) { return constant.isFinite }
    guard let choice = editor.producer(of: mask, "Where") else { return false }
    return [1, 2].allSatisfy { editor.constant(choice.input($0))?.isFinite ?? false }
  }
}
