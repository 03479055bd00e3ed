import GraphIR
import TensorCore

/// # LowerChannelScale
///
/// Factors of the last axis before products with constant matrices go into the rows of those.
///
/// - Before: a = x · γ or x / γ, y₁ = MatMul(a, W₁), y₂ = MatMul(a, W₂), …, or Gemm(a, W₁, C) with transB or
///   without.
/// - After: yᵢ = MatMul(x, Wᵢ′), where row k of Wᵢ′ is that of Wᵢ times γ[k], or divided by it.
/// - Needs: constants γ and Wᵢ of one type; γ with one number for each row, along its last axis alone, no
///   axis more than x has, and all of it finite and not 0; nothing but such products wants a, and no graph
///   gives it.
/// - Promise: within rounding, where no row leaves the type's range.
/// - Source: the definitions of the operators.
enum LowerChannelScale: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Mul", "Div"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let a = node.output(0), node.stretchesInputs, !editor.isOutput(a) else { return false }
    for index in node.uses("Div") ? [0] : [0, 1] {
      guard let x = node.input(index), let factors = factors(node, besides: x, node.input(1 - index), editor)
      else { continue }
      let readers = editor.readers(of: a)
      let scaled = readers.compactMap { weights(of: $0, reading: a, times: factors, editor) }
      guard !readers.isEmpty, scaled.count == readers.count else { continue }
      for (reader, weights) in zip(readers, scaled) {
        var made = reader.node
        made.inputs[0] = x
        made.inputs[1] = try editor.addConstant(weights, named: made.inputs[1], before: reader)
        editor.replace(reader, with: made)
      }
      editor.remove(node)
      return true
    }
    return false
  }

  /// What each number of x's last axis is multiplied by.
  private static func factors(
    _ node: EditedNode, besides x: String, _ name: String?, _ editor: GraphEditor
  ) -> [Double]? {
    guard let rank = editor.fact(x).rank, let constant = editor.constant(name), constant.rank <= rank,
      constant.count == constant.shape.last, editor.fact(x).dims?.last == .value(constant.count)
    else { return nil }
    let numbers = constant.doubles().map { node.uses("Div") ? 1 / $0 : $0 }
    return numbers.allSatisfy({ $0.isFinite && $0 != 0 }) ? numbers : nil
  }

  private static func weights(
    of reader: EditedNode, reading a: String, times factors: [Double], _ editor: GraphEditor
  ) -> Tensor? {
    guard reader.uses("MatMul") || reader.uses("Gemm"), reader.input(0).map({ areSame($0, a) }) == true,
      reader.node.inputs.count(where: { areSame($0, a) }) == 1,
      reader.attributes?.optionalInt("transA") ?? 0 == 0,
      let weights = editor.constant(reader.input(1)), weights.rank == 2, weights.elementType.isFloating
    else { return nil }
    let isTransposed = reader.attributes?.optionalInt("transB") ?? 0 != 0
    let width = weights.shape[1]
    guard weights.shape[isTransposed ? 1 : 0] == factors.count else { return nil }
    return weights.scaled { factors[isTransposed ? $0 % width : $0 / width] }
  }
}
