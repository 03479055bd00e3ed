import GraphIR
import TensorCore

/// # DropZeroState
///
/// An initial state of zeros is left out, since that is what there is without one.
///
/// - Before: LSTM, GRU or RNN with initial_h or initial_c that hold +0 alone: a constant, or what
///   ConstantOfShape gives and operators that only cut it, copy it or change its shape.
/// - After: the same operator without these inputs.
/// - Needs: that every element is seen to be +0.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum DropZeroState: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["LSTM", "GRU", "RNN"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    var made = node.node
    for index in [5, 6] where index < made.inputs.count {
      if let state = node.input(index), isZero(state, depth: 8, editor) { made.inputs[index] = "" }
    }
    guard made.inputs != node.node.inputs else { return false }
    while made.inputs.last?.isEmpty == true { made.inputs.removeLast() }
    editor.replace(node, with: made)
    return true
  }

  private static let movements: Set<String> = [
    "Slice", "Reshape", "Expand", "Transpose", "Squeeze", "Unsqueeze", "Split", "Gather", "Identity", "Tile",
  ]

  private static func isZero(_ name: String, depth: Int, _ editor: GraphEditor) -> Bool {
    if let constant = editor.constant(name) { return constant.isZero }
    guard depth > 0, let node = editor.producer(of: name), let attributes = node.attributes else {
      return false
    }
    if node.uses("ConstantOfShape") { return attributes.optionalTensor("value")?.isZero ?? true }
    guard movements.contains(where: node.uses), let x = node.input(0) else { return false }
    return isZero(x, depth: depth - 1, editor)
  }
}

extension Tensor {
  /// Whether every element is +0.
  fileprivate var isZero: Bool {
    elementType.isFloating && doubles().allSatisfy { $0 == 0 && $0.sign == .plus }
  }
}
