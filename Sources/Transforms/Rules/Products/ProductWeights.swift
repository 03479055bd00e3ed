import GraphIR
import TensorCore

/// The constant matrix by which a MatMul multiplies: as it is, or dequantized with scales that can be put
/// side by side with others, which are those of columns, or of blocks of rows.
struct ProductWeights {
  /// What is multiplied, or dequantized for it.
  let matrix: Tensor
  private let dequantize: EditedNode?
  private let scale: Tensor?
  private let zeroPoint: Tensor?

  init?(of product: EditedNode, _ editor: GraphEditor) {
    guard let name = product.input(1) else { return nil }
    if let matrix = editor.constant(name) {
      guard matrix.rank == 2, matrix.elementType.isFloating else { return nil }
      (self.matrix, dequantize, scale, zeroPoint) = (matrix, nil, nil, nil)
      return
    }
    guard let node = editor.producer(of: name, "DequantizeLinear"), editor.isRead(name, onlyBy: product),
      let matrix = editor.constant(node.input(0)), matrix.rank == 2,
      let scale = editor.constant(node.input(1)),
      Self.isSideBySide(scale, node, columns: matrix.shape[1])
    else { return nil }
    let zeroPoint = editor.constant(node.input(2))
    guard node.input(2) == nil || zeroPoint?.shape == scale.shape else { return nil }
    (self.matrix, dequantize, self.scale, self.zeroPoint) = (matrix, node, scale, zeroPoint)
  }

  /// Whether the last axis of the scales is that of the columns.
  private static func isSideBySide(_ scale: Tensor, _ node: EditedNode, columns: Int) -> Bool {
    guard let axis = node.attributes?.optionalInt("axis"), scale.shape.last == columns else { return false }
    let isBlocked = node.attributes?.optionalInt("block_size") ?? 0 > 0
    return isBlocked
      ? scale.rank == 2 && (axis == 0 || axis == -2) : scale.rank == 1 && (axis == 1 || axis == -1)
  }

  var isDequantized: Bool { dequantize != nil }
  var columns: Int { matrix.shape[1] }
  var elementType: ElementType { scale?.elementType ?? matrix.elementType }

  /// Whether both can be one matrix.
  func fits(_ other: ProductWeights) -> Bool {
    func isAlike(_ a: Tensor?, _ b: Tensor?) -> Bool {
      a?.elementType == b?.elementType && a?.shape.dropLast() == b?.shape.dropLast()
    }
    let attributes = [dequantize, other.dequantize].map { $0?.node.attributes ?? [] }
    return isAlike(matrix, other.matrix) && isAlike(scale, other.scale) && isAlike(zeroPoint, other.zeroPoint)
      && attributes[0].count == attributes[1].count
      && attributes[0].allSatisfy { one in
        attributes[1].contains { areSame($0.name, one.name) && $0.value.isSame(as: one.value) }
      }
  }

  /// The name of all matrices side by side, which fit.
  static func joined(
    _ all: [ProductWeights], named base: String, before node: EditedNode, _ editor: inout GraphEditor
  )
    throws -> String
  {
    func constant(_ tensors: [Tensor]) throws -> String {
      try editor.addConstant(sideBySide(tensors), named: base, before: node)
    }
    let matrix = try constant(all.map(\.matrix))
    guard let dequantize = all.first?.dequantize else { return matrix }
    var inputs = [matrix, try constant(all.compactMap(\.scale))]
    let zeroPoints = all.compactMap(\.zeroPoint)
    if !zeroPoints.isEmpty { inputs.append(try constant(zeroPoints)) }
    let name = editor.freshName(base)
    let made = Node(
      "DequantizeLinear", inputs: inputs, outputs: [name], attributes: dequantize.node.attributes)
    try editor.insert(made, before: node)
    return name
  }

  /// Lists or matrices joined along their last axis.
  private static func sideBySide(_ tensors: [Tensor]) -> Tensor {
    let width = tensors.reduce(0) { $0 + ($1.shape.last ?? 1) }
    let type = tensors[0].elementType
    guard tensors[0].rank == 2 else { return Tensor.joining(tensors, as: type, shape: [width]) }
    let columns = tensors.map { $0.transposed([1, 0]) }
    return Tensor.joining(columns, as: type, shape: [width, tensors[0].shape[0]]).transposed([1, 0])
  }
}
