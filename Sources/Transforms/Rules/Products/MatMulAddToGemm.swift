import GraphIR
import TensorCore

/// # MatMulAddToGemm
///
/// A product of two matrices and a sum become one Gemm.
///
/// - Before: a = MatMul(x, w), or Gemm(x, w) without C; y = a + c or c + a.
/// - After: y = Gemm(x, w, c).
/// - Needs: matrices x and w; c that stretches to a, by extents that are known to be 1 or the same: c may not
///   stretch a. Nobody else wants a; a type that Gemm takes, opset 7.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum MatMulAddToGemm: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Add"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard node.stretchesInputs else { return false }
    for index in [0, 1] {
      guard let a = node.input(index), let c = node.input(1 - index), let product = editor.producer(of: a),
        editor.isRead(a, onlyBy: node), !areSame(a, c), addsNothing(product, editor),
        let shape = editor.fact(a).dims, let addend = editor.fact(c).dims, stretches(addend, to: shape)
      else { continue }
      var attributes = product.uses("Gemm") ? product.node.attributes : []
      attributes.removeAll { $0.name == "beta" }
      let inputs = product.node.inputs.prefix(2) + [c]
      let gemm = Node("Gemm", inputs: Array(inputs), outputs: node.node.outputs, attributes: attributes)
      if editor.replace(node, byOperator: gemm) { return true }
    }
    return false
  }

  /// Whether a node is a product of two matrices and nothing else.
  private static func addsNothing(_ product: EditedNode, _ editor: GraphEditor) -> Bool {
    if product.uses("Gemm") { return product.input(2) == nil }
    return product.uses("MatMul") && (0...1).allSatisfy { editor.fact(product.input($0)).rank == 2 }
  }

  /// Whether dims are known to stretch to others and not to stretch them.
  private static func stretches(_ dims: [Dim], to others: [Dim]) -> Bool {
    dims.count <= others.count
      && zip(dims.reversed(), others.reversed()).allSatisfy { dim, other in
        dim == .value(1) || dim == other && dim != .unknown
      }
  }
}
