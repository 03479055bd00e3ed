import GraphIR
import TensorCore

/// # JoinParallelProducts
///
/// Products of one value with several constant matrices become one product, which is split.
///
/// - Before: y₁ = MatMul(x, W₁), y₂ = MatMul(x, W₂), …, each perhaps with a constant that is added: z₁ = y₁ + b₁.
/// - After: y₁, y₂, … = Split(MatMul(x, [W₁ W₂ …])), or z₁, z₂, … = Split(MatMul(x, [W₁ W₂ …]) + [b₁ b₂ …]),
///   with 0 for a b that there is not.
/// - Needs: constant matrices of one type; each bᵢ one number for each column of Wᵢ, wanted by its sum alone; a
///   rank of x that is known, at least 2. It must take away more nodes than it adds.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum JoinParallelProducts: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["MatMul"]

  /// A product with its sum.
  private struct Member {
    let product: EditedNode
    let weights: Tensor
    let sum: EditedNode?
    let bias: Tensor?

    /// What is left of it: z, or y without a sum.
    var output: String? { (sum ?? product).output(0) }
  }

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let rank = editor.fact(x).rank, rank >= 2, let first = member(node, editor)
    else { return false }
    let members = editor.readers(of: x).compactMap { member($0, editor) }.filter { other in
      other.product.node.inputs[0] == x && other.weights.shape[0] == first.weights.shape[0]
        && other.weights.elementType == first.weights.elementType
    }
    let sums = members.count { $0.sum != nil }
    guard members.count + sums > (sums > 0 ? 3 : 2),
      members.allSatisfy({ $0.product.id == node.id || editor.comes(node, before: $0.product) })
    else { return false }
    var value = try product(of: x, members, before: node, &editor)
    if sums > 0 { value = try sum(of: value, members, before: node, &editor) }
    let extents = members.map { $0.weights.shape[1] }
    try split(value, axis: rank - 1, extents, members, &editor)
    return true
  }

  private static func member(_ node: EditedNode, _ editor: GraphEditor) -> Member? {
    guard node.uses("MatMul"), let y = node.output(0), let weights = editor.constant(node.input(1)),
      weights.rank == 2, weights.elementType.isFloating
    else { return nil }
    let readers = editor.readers(of: y)
    if let sum = readers.first, sum.uses("Add"), sum.stretchesInputs, editor.isRead(y, onlyBy: sum) {
      for name in sum.node.inputs where !areSame(name, y) {
        guard let bias = editor.constant(name), bias.shape == [weights.shape[1]] else { continue }
        return Member(product: node, weights: weights, sum: sum, bias: bias)
      }
    }
    return Member(product: node, weights: weights, sum: nil, bias: nil)
  }

  /// x · [W₁ W₂ …]
  private static func product(
    of x: String, _ members: [Member], before node: EditedNode, _ editor: inout GraphEditor
  ) throws -> String {
    let rows = members[0].weights.shape[0]
    let columns = members.map { $0.weights.doubles() }
    var joined: [Double] = []
    for row in 0..<rows {
      for (numbers, member) in zip(columns, members) {
        let width = member.weights.shape[1]
        joined += numbers[(row * width)..<((row + 1) * width)]
      }
    }
    let type = members[0].weights.elementType
    let width = members.map { $0.weights.shape[1] }.reduce(0, +)
    let weights = try editor.addConstant(
      Tensor(type, shape: [rows, width], rounding: joined), named: node.input(1) ?? "W", before: node)
    let name = editor.freshName(node.output(0) ?? "product")
    try editor.insert(Node("MatMul", inputs: [x, weights], outputs: [name]), before: node)
    return name
  }

  /// y + [b₁ b₂ …]
  private static func sum(
    of y: String, _ members: [Member], before node: EditedNode, _ editor: inout GraphEditor
  ) throws -> String {
    let numbers = members.flatMap { member in
      member.bias?.doubles() ?? Array(repeating: 0, count: member.weights.shape[1])
    }
    let type = members[0].weights.elementType
    let bias = try editor.addConstant(
      Tensor(type, shape: [numbers.count], rounding: numbers), named: "\(y)_bias", before: node)
    let name = editor.freshName(y)
    try editor.insert(Node("Add", inputs: [y, bias], outputs: [name]), before: node)
    return name
  }

  /// Puts a Split in place of the first product, and takes the others and the sums away.
  private static func split(
    _ value: String, axis: Int, _ extents: [Int], _ members: [Member], _ editor: inout GraphEditor
  ) throws {
    let first = members.first { member in
      members.allSatisfy {
        $0.product.id == member.product.id || editor.comes(member.product, before: $0.product)
      }
    }
    guard let first else { return }
    let split = try editor.split(
      value, axis: axis, into: extents, named: members.map { $0.output ?? "" }, before: first.product)
    for member in members {
      if let sum = member.sum { editor.remove(sum) }
      if member.product.id != first.product.id { editor.remove(member.product) }
    }
    editor.replace(first.product, with: split)
  }
}
