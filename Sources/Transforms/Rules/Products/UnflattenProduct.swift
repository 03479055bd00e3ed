import GraphIR
import TensorCore

/// # UnflattenProduct
///
/// A Gemm of rows that are laid under each other for it, and taken apart afterwards, becomes a MatMul of what
/// there was before.
///
/// - Before: r = Reshape(x) to a matrix with the rows of x, g = Gemm(r, W, C), y = Reshape(g) to the axes of
///   x.
/// - After: y = MatMul(x, W), or that + C.
/// - Needs: all axes of x but the last one again in y, by extents that are known to be the same; a number for
///   the last one; alpha and beta 1; no transA, and transB for a constant W only; C that is the same for all
///   rows. Nobody else wants r or g.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum UnflattenProduct: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Reshape"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let g = node.input(0), let gemm = editor.producer(of: g, "Gemm"), editor.isRead(g, onlyBy: node),
      let r = gemm.input(0), let flattening = editor.producer(of: r, "Reshape"),
      editor.isRead(r, onlyBy: gemm), gemm.input(1).map({ areSame($0, r) }) == false,
      let x = flattening.input(0), let y = node.output(0), keepsRows(x, r, y, editor),
      let columns = editor.fact(g).dims?.last, editor.fact(y).dims?.last == columns, columns != .unknown,
      isPlain(gemm, editor), let W = try weights(of: gemm, before: node, &editor)
    else { return false }
    let addend = gemm.input(2)
    let product = addend == nil ? y : editor.freshName(g)
    let matMul = Node("MatMul", inputs: [x, W], outputs: [product])
    guard let addend else { return editor.replace(node, byOperator: matMul) }
    try editor.insert(matMul, before: node)
    return editor.replace(node, byOperator: Node("Add", inputs: [product, addend], outputs: [y]))
  }

  /// Whether r has the rows of x, and y has x's axes again.
  private static func keepsRows(_ x: String, _ r: String, _ y: String, _ editor: GraphEditor) -> Bool {
    guard let before = editor.fact(x).dims, let flat = editor.fact(r).dims, let after = editor.fact(y).dims,
      before.count > 2, flat.count == 2, after.count == before.count, let width = before.last?.number
    else { return false }
    return width > 0 && flat[1] == .value(width) && after.dropLast() == before.dropLast()
      && !before.contains(.unknown)
  }

  /// Whether a Gemm is a product and, perhaps, the same addend for each row.
  private static func isPlain(_ gemm: EditedNode, _ editor: GraphEditor) -> Bool {
    guard let attributes = gemm.attributes, attributes.since >= 7, attributes.optionalFloat("alpha") == 1,
      attributes.optionalInt("transA") == 0
    else { return false }
    guard let C = gemm.input(2) else { return true }
    guard attributes.optionalFloat("beta") == 1, let dims = editor.fact(C).dims else { return false }
    return dims.count < 2 || dims.count == 2 && dims[0] == .value(1)
  }

  /// The name of W as MatMul wants it.
  private static func weights(of gemm: EditedNode, before node: EditedNode, _ editor: inout GraphEditor)
    throws
    -> String?
  {
    guard gemm.attributes?.optionalInt("transB") != 0 else { return gemm.input(1) }
    guard let constant = editor.constant(gemm.input(1)), constant.rank == 2 else { return nil }
    let (rows, columns) = (constant.shape[0], constant.shape[1])
    let transposed = constant.selecting(
      (0..<columns).flatMap { column in (0..<rows).map { $0 * columns + column } }, shape: [columns, rows])
    return try editor.addConstant(transposed, named: gemm.input(1) ?? "W", before: node)
  }
}
