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
    guard node.isDeterministic, !node.hasGraphs, node.node.opType != "Constant",
      let tensors = outputs(of: node, editor)
    else { return false }
    let names = node.node.outputs.filter { !$0.isEmpty }
    guard names.count == tensors.count, !names.contains(where: editor.isOutput) else { return false }
    let inputBytes = node.node.inputs.compactMap { editor.constant($0)?.byteCount }.reduce(0, +)
    guard tensors.allSatisfy({ $0.byteCount <= max(inputBytes, smallOutput) }) else { return false }
    try editor.replace(node, withConstants: Array(zip(names, tensors)))
    return true
  }

  /// The outputs that somebody may want; nil where one is no constant tensor.
  private static func outputs(of node: EditedNode, _ editor: GraphEditor) -> [Tensor]? {
    let names = node.node.outputs.filter { !$0.isEmpty }
    let known = names.compactMap { editor.fact($0).tensor }
    if known.count == names.count { return known }
    guard let definition = node.definition, let version = node.version else { return nil }
    var inputs: [Value?] = []
    for index in node.node.inputs.indices {
      guard let name = node.input(index) else {
        inputs.append(nil)
        continue
      }
      guard let tensor = editor.constant(name) else { return nil }
      inputs.append(.tensor(tensor))
    }
    let values = try? definition.evaluate(Inputs(inputs, parameters: version.inputs), PlainContext())
    return values.flatMap { values in
      let wanted = zip(node.node.outputs, values).filter { !$0.0.isEmpty }.map(\.1)
      let tensors = wanted.compactMap { value -> Tensor? in
        guard case .tensor(let tensor) = value else { return nil }
        return tensor
      }
      return tensors.count == wanted.count ? tensors : nil
    }
  }
}
