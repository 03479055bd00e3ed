import GraphIR
import TensorCore

/// A Conv, ConvTranspose, Gemm or MatMul with constant weights, which something behind it scales or shifts by
/// channel.
struct LinearNode {
  let node: EditedNode
  let weights: Tensor
  private var bias: [Double]?
  /// The output's channels, the axis on which they lie, and the number of axes.
  let channels: Int
  let channelAxis: Int
  let rank: Int
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
    var rank = max(shape.count, 2)
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
      guard let inputRank = editor.fact(node.input(0)).rank, inputRank > 1 else { return nil }
      rank = inputRank
      (channels, channelAxis) = (shape[1], rank - 1)
      channel = { $0 % shape[1] }
    default: return nil
    }
    self.rank = rank
    bias = nil
    guard let name = node.input(2) else { return }
    bias = numbersByChannel(name, editor)
    if bias == nil { return nil }
  }

  /// Whether a Gemm adds its bias as it is.
  private static func isPlain(_ node: EditedNode) -> Bool {
    guard node.uses("Gemm"), let attributes = node.attributes, attributes.since >= 7 else { return false }
    return attributes.optionalFloat("beta") == 1
  }

  /// The number that a constant holds for each channel when it is stretched to the output; nil where it is no
  /// constant, or varies along another axis, or adds one. The bias of a Conv lies along its only axis.
  func numbersByChannel(_ name: String?, _ editor: GraphEditor) -> [Double]? {
    guard let constant = editor.constant(name), constant.elementType == weights.elementType,
      constant.rank <= rank
    else { return nil }
    let isBias = name == node.input(2)
    let axis = isBias ? constant.rank - 1 : channelAxis - (rank - constant.rank)
    let extent = axis >= 0 ? constant.shape[axis] : 1
    guard constant.count == extent, extent == 1 || extent == channels else { return nil }
    let numbers = constant.doubles()
    return extent == channels ? numbers : Array(repeating: numbers[0], count: channels)
  }

  /// Puts this operator in place of `reader`, with each channel multiplied by a factor and shifted.
  ///
  /// - Returns: false, and nothing is changed, where it cannot hold a bias that is needed, or where a number
  ///   would leave the range of its type: a bias that is infinite, a channel whose weights all lose digits.
  func replace(
    _ reader: EditedNode, giving output: String, scaledBy factors: [Double], plus shifts: [Double],
    _ editor: inout GraphEditor
  ) throws -> Bool {
    let type = weights.elementType
    let scaled = weights.doubles().enumerated().map { $1 * factors[channel($0)] }
    let old = bias ?? Array(repeating: 0, count: channels)
    let biases = zip(zip(old, factors), shifts).map { $0.0 * $0.1 + $1 }
    let isBiased = bias != nil || biases.contains { $0 != 0 }
    guard !isBiased || node.node.opType != "MatMul" else { return false }
    let (newWeights, newBias) = (
      Tensor(type, shape: weights.shape, rounding: scaled), Tensor(type, shape: [channels], rounding: biases)
    )
    guard newWeights.isFinite, newBias.isFinite, keepsDigits(scaled) else { return false }
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

  /// Whether each channel has a weight that is no subnormal number, unless it had none before.
  private func keepsDigits(_ scaled: [Double]) -> Bool {
    func largest(_ numbers: [Double]) -> [Double] {
      var largest = [Double](repeating: 0, count: channels)
      for (index, number) in numbers.enumerated() {
        largest[channel(index)] = max(largest[channel(index)], abs(number))
      }
      return largest
    }
    let least = weights.elementType.leastNormal
    return zip(largest(weights.doubles()), largest(scaled)).allSatisfy { $0 < least || $1 >= least }
  }
}
