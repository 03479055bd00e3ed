import GraphIR
import TensorCore

/// # JoinParallelProducts
///
/// Products of one value with several constant matrices become one product, which is split.
///
/// - Before: y₁ = MatMul(x, W₁), y₂ = MatMul(x, W₂), …, each perhaps with a constant that is added: z₁ = y₁ +
///   b₁.
/// - After: y₁, y₂, … = Split(MatMul(x, [W₁ W₂ …])), or z₁, z₂, … = Split(MatMul(x, [W₁ W₂ …]) + [b₁ b₂ …]),
///   with 0 for a b that there is not.
/// - Needs: constant matrices of one type, or all of them given by a DequantizeLinear, which is then joined
///   too, with a scale for each column, or each column and block of rows; each bᵢ one number for each column
///   of Wᵢ, wanted by its sum alone; a rank of x that is known, at least 2. It must take away more nodes than
///   it adds.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum JoinParallelProducts: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["MatMul"]

  /// A product with its sum.
  private struct Member {
    let product: EditedNode
    let weights: ProductWeights
    let sum: EditedNode?
    let bias: Tensor?

    /// What is left of it: z, or y without a sum.
    var output: String? { (sum ?? product).output(0) }
    var nodeCount: Int { 1 + (sum == nil ? 0 : 1) + (weights.isDequantized ? 1 : 0) }
  }

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let rank = editor.fact(x).rank, rank >= 2, let first = member(node, editor)
    else { return false }
    let members = editor.readers(of: x).compactMap { member($0, editor) }.filter { other in
      other.product.input(0).map { areSame($0, x) } == true && other.weights.fits(first.weights)
    }
    let hasSum = members.contains { $0.sum != nil }
    let made = 2 + (hasSum ? 1 : 0) + (first.weights.isDequantized ? 1 : 0)
    guard members.reduce(0, { $0 + $1.nodeCount }) > made,
      members.allSatisfy({ $0.product.id == node.id || editor.comes(node, before: $0.product) })
    else { return false }
    let weights = try ProductWeights.joined(
      members.map(\.weights), named: node.input(1) ?? "W", before: node, &editor)
    var value = editor.freshName(node.output(0) ?? "product")
    try editor.insert(Node("MatMul", inputs: [x, weights], outputs: [value]), before: node)
    if hasSum { value = try sum(of: value, members, before: node, &editor) }
    let split = try editor.split(
      value, axis: rank - 1, into: members.map(\.weights.columns), named: members.map { $0.output ?? "" },
      before: node)
    for member in members {
      if let sum = member.sum { editor.remove(sum) }
      if member.product.id != node.id { editor.remove(member.product) }
    }
    editor.replace(node, with: split)
    return true
  }

  private static func member(_ node: EditedNode, _ editor: GraphEditor) -> Member? {
    guard node.uses("MatMul"), let y = node.output(0), let weights = ProductWeights(of: node, editor) else {
      return nil
    }
    let readers = editor.readers(of: y)
    if let sum = readers.first, sum.uses("Add"), sum.stretchesInputs, editor.isRead(y, onlyBy: sum) {
      for name in sum.node.inputs where !areSame(name, y) {
        guard let bias = editor.constant(name), bias.shape == [weights.columns] else { continue }
        return Member(product: node, weights: weights, sum: sum, bias: bias)
      }
    }
    return Member(product: node, weights: weights, sum: nil, bias: nil)
  }

  /// y + [b₁ b₂ …]
  private static func sum(
    of y: String, _ members: [Member], before node: EditedNode, _ editor: inout GraphEditor
  ) throws -> String {
    let numbers = members.flatMap { member in
      member.bias?.doubles() ?? Array(repeating: 0, count: member.weights.columns)
    }
    let type = members[0].weights.elementType
    let bias = try editor.addConstant(
      Tensor(type, shape: [numbers.count], rounding: numbers), named: "\(y)_bias", before: node)
    let name = editor.freshName(y)
    try editor.insert(Node("Add", inputs: [y, bias], outputs: [name]), before: node)
    return name
  }
}
