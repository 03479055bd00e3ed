import GraphIR
import TensorCore

/// # FuseLinear
///
/// A convolution or matrix product with what follows it element by element becomes one call of a function.
///
/// - Before: Conv, ConvTranspose, Gemm or MatMul; then, or without it, Add of a constant, or of any value where a
///   function of one value follows; then, or without it, Relu, Sigmoid, Clip or another function of one value, or
///   v · Sigmoid(v).
/// - After: a call of a function of domain `touchstone.fused`, whose body these nodes are.
/// - Needs: what lies between is read within the step alone. What begins at DequantizeLinear is left to
///   FuseQuantized.
/// - Promise: same bits.
/// - Source: the functions of models, from IR version 8.
enum FuseLinear: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Conv", "ConvTranspose", "Gemm", "MatMul"]
  static let fusesInto: Set<String> = [FusedFunctions.domain]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    let isQuantized = [0, 1].contains { editor.producer(of: node.input($0), "DequantizeLinear") != nil }
    guard !isQuantized else { return false }
    var step = [node]
    if let sum = editor.onlyReader(of: node), sum.uses("Add"), sum.stretchesInputs {
      let isBias = sum.node.inputs.contains { editor.constant($0) != nil }
      if isBias || !editor.activation(of: sum).isEmpty { step.append(sum) }
    }
    step += editor.activation(of: step[step.count - 1])
    return step.count > 1 && editor.fuse(step)
  }
}

extension GraphEditor {
  /// The operators that compute each element of their output from the one of their first input, with no others
  /// but constants.
  private static let activations: Set<String> = [
    "Celu", "Clip", "Elu", "Gelu", "HardSigmoid", "HardSwish", "LeakyRelu", "Mish", "PRelu", "Relu", "Selu",
    "Sigmoid", "Softplus", "Softsign", "Swish", "Tanh", "ThresholdedRelu",
  ]

  /// The node that alone reads what a node gives.
  func onlyReader(of node: EditedNode) -> EditedNode? {
    guard let y = node.output(0), let reader = readers(of: y).first, isRead(y, onlyBy: reader) else {
      return nil
    }
    return reader
  }

  /// The function of one value that alone reads what a node gives: one node, or Sigmoid and the product with it.
  func activation(of node: EditedNode) -> [EditedNode] {
    guard let y = node.output(0), !isOutput(y) else { return [] }
    if let reader = onlyReader(of: node) {
      let isFunction =
        reader.attributes != nil && reader.node.domain.isEmpty
        && Self.activations.contains(reader.node.opType)
        && areSame(reader.node.inputs[0], y)
        && reader.node.inputs.dropFirst().allSatisfy { $0.isEmpty || constant($0) != nil }
      return isFunction ? [reader] : []
    }
    let readers = readers(of: y)
    guard readers.count == 2, let gate = readers.first(where: { $0.uses("Sigmoid") }),
      let product = onlyReader(of: gate), product.uses("Mul"),
      readers.contains(where: { $0.id == product.id })
    else { return [] }
    return [gate, product]
  }
}
