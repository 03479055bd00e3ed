import GraphIR
import OperatorSet
import TensorCore

/// # FoldConstants
///
/// What is always the same is computed once.
///
/// - Before: y = f(c) for constants c, or integers that follow from the extents which the model declares of
///   its inputs.
/// - After: y is a constant.
/// - Needs: an operator that draws nothing and has no subgraphs, and outputs that all are tensors and
///   together no larger than the constants that they come from, or than 32 KB: a large Expand stays.
/// - Promise: same bits, those of the definition.
/// - Source: the definitions.
enum FoldConstants: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = []

  /// Bytes that an output may have, however small its inputs are.
  private static let smallOutput = 32_768

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    let names = node.node.outputs
    guard node.node.opType != "Constant", !names.contains(where: { $0.isEmpty || editor.isOutput($0) }) else {
      return false
    }
    // A constant that stands twice among the inputs is one: Concat(c, c) would grow with every node.
    let inputBytes = Set(node.node.inputs.map(NameKey.init)).compactMap {
      editor.constant($0.name)?.byteCount
    }
    .reduce(0, +)
    guard let tensors = editor.foldedOutputs(of: node, notOver: max(inputBytes, smallOutput)) else {
      return false
    }
    try editor.replace(node, withConstants: Array(zip(names, tensors)))
    return true
  }
}
