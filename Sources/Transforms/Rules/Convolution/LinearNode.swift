import GraphIR
import TensorCore

/// A Conv, ConvTranspose, Gemm or MatMul with constant weights, which something behind it scales or shifts by
/// channel.
struct LinearNode {
  let node: EditedNode
  let weights: Tensor
  private let bias: Tensor?
  /// The output's channels, and the axis on which they lie.
  let channels: Int
  let channelAxis: Int
  /// The channel of each element of the weights.
  private let channel: (Int) -> Int

  /// What computes input `index` of `reader`; nil where that is no linear operator, or where others want its
  /// result.
  init?(before reader: EditedNode, input index: Int, _ editor: GraphEditor) {
    guard let name = reader.input(index), let node = editor.producer(of: name),
      editor.isRead(name, onlyBy: reader), reader.node.inputs.count(where: { areSame($0, name) }) == 1,
      let weights = editor.constant(node.input(1)), weights.elementType.isFloating, weights.count > 0
    else { return nil }
    (self.node, self.weights) = (node, weights)
    let shape = weights.shape
    switch node.node.opType {
    case "Conv" where node.uses("Conv") && shape.count > 2:
      (channels, channelAxis) = (shape[0], 1)
      let size = shape.dropFirst().product
      channel = { $0 / size }
    case "ConvTranspose" where node.uses("ConvTranspose") && shape.count > 2:
      guard let group = try? node.attributes?.int("group"), group > 0, shape[0] % group == 0 else {
        return nil
      }
      (channels, channelAxis) = (shape[1] * group, 1)
      let (perGroup, size) = (shape[0] / group, shape.dropFirst(2).product)
      channel = { $0 / size / shape[1] / perGroup * shape[1] + $0 / size % shape[1] }
    case "Gemm" where Self.isPlain(node):
      let isTransposed = node.attributes?.optionalInt("transB") != 0
      (channels, channelAxis) = (shape[isTransposed ? 0 : 1], 1)
      channel = { isTransposed ? $0 / shape[1] : $0 % shape[1] }
    case "MatMul" where node.uses("MatMul") && shape.count == 2:
      guard let rank = editor.fact(node.input(0)).rank, rank > 1 else { return nil }
      (channels, channelAxis) = (shape[1], rank - 1)
      channel = { $0 % shape[1] }
    default: return nil
    }
    guard let name = node.input(2) else {
      bias = nil
      return
    }
    guard let bias = editor.constant(name), bias.shape == [channels], bias.elementType == weights.elementType
    else { return nil }
    self.bias = bias
  }

  /// Whether a Gemm is x · W + b, with nothing scaled.
  private static func isPlain(_ node: EditedNode) -> Bool {
    guard node.uses("Gemm"), let attributes = node.attributes, attributes.since >= 7 else { return false }
    return attributes.optionalFloat("alpha") == 1 && attributes.optionalFloat("beta") == 1
  }

  /// Puts this operator in place of `reader`, with each channel multiplied by a factor and shifted.
  ///
  /// - Returns: false, and nothing is changed, where it cannot hold a bias that is needed, or where a number
  ///   would leave the range of its type.
  func replace(
    _ reader: EditedNode, giving output: String, scaledBy factors: [Double], plus shifts: [Double],
    _ editor: inout GraphEditor
  ) throws -> Bool {
    let type = weights.elementType
    let scaled = weights.doubles().enumerated().map { $1 * factors[channel($0)] }
    let old = bias?.doubles() ?? Array(repeating: 0, count: channels)
    let biases = zip(zip(old, factors), shifts).map { $0.0 * $0.1 + $1 }
    let isBiased = bias != nil || biases.contains { $0 != 0 }
    guard !isBiased || node.node.opType != "MatMul" else { return false }
    let (newWeights, newBias) = (
      Tensor(type, shape: weights.shape, rounding: scaled), Tensor(type, shape: [channels], rounding: biases)
    )
    guard newWeights.isFinite, newBias.isFinite else { return false }
    var made = node.node
    made.inputs[1] = try editor.addConstant(newWeights, named: made.inputs[1], before: reader)
    if isBiased {
      let name = try editor.addConstant(newBias, named: node.input(2) ?? "\(output)_bias", before: reader)
      made.inputs = made.inputs.prefix(2) + [name]
    }
    made.outputs = [output]
    editor.replace(reader, with: made)
    return true
  }
}

extension Tensor {
  /// Whether no element is infinite or NaN.
  var isFinite: Bool { doubles().allSatisfy(\.isFinite) }
}
