import GraphIR
import TensorCore

/// # FoldIntoNormalization
///
/// A constant that multiplies what a normalization gives, or is added to it, goes into its scale and bias.
///
/// - Before: y = LayerNormalization, RMSNormalization, InstanceNormalization, GroupNormalization (opset 21)
///   or BatchNormalization(x, scale, B), z = y · c, y / c, y + c or y − c.
/// - After: z = the same operator with scale · c and B · c, scale / c and B / c, B + c or B − c.
/// - Needs: constants scale, B and c of one type; c a number, or of the shape of scale, along the same axes
///   of y. An RMSNormalization takes factors only. No training; nobody else wants y or other outputs; opset
///   7.
/// - Promise: within rounding, where no number leaves the type's range.
/// - Source: the definitions of the operators.
enum FoldIntoNormalization: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Mul", "Div", "Add", "Sub"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard node.stretchesInputs, let z = node.output(0) else { return false }
    let isCommutative = node.uses("Mul") || node.uses("Add")
    for index in isCommutative ? [0, 1] : [0] {
      guard let normalization = Normalization(before: node, input: index, editor),
        let numbers = normalization.numbers(node.input(1 - index), editor)
      else { continue }
      let (scale, bias) = normalization.changed(by: node.node.opType, numbers)
      if try normalization.replace(node, giving: z, scale: scale, bias: bias, &editor) { return true }
    }
    return false
  }
}

/// A normalization with constant scale and bias.
private struct Normalization {
  let node: EditedNode
  let scale: Tensor
  let bias: Tensor?
  private let rank: Int
  /// Whether scale lies along axis 1, not along the last ones.
  private let isByChannel: Bool

  init?(before reader: EditedNode, input index: Int, _ editor: GraphEditor) {
    guard let name = reader.input(index), let node = editor.producer(of: name),
      editor.isRead(name, onlyBy: reader), reader.node.inputs.count(where: { areSame($0, name) }) == 1,
      node.node.outputs.dropFirst().allSatisfy(\.isEmpty), let rank = editor.fact(node.input(0)).rank,
      let scale = editor.constant(node.input(1)), let attributes = node.attributes
    else { return nil }
    switch node.node.opType {
    case "LayerNormalization", "RMSNormalization": isByChannel = false
    case "InstanceNormalization" where attributes.since >= 6,
      "GroupNormalization" where attributes.since >= 21:
      isByChannel = true
    case "BatchNormalization"
    where attributes.since >= 9 && attributes.optionalInt("training_mode") ?? 0 == 0:
      isByChannel = true
    default: return nil
    }
    (self.node, self.scale, self.rank) = (node, scale, rank)
    guard let name = node.input(2), !node.uses("RMSNormalization") else {
      bias = nil
      return
    }
    guard let constant = editor.constant(name), constant.shape == scale.shape else { return nil }
    bias = constant
  }

  /// The numbers of a constant, one for each of scale.
  func numbers(_ name: String?, _ editor: GraphEditor) -> [Double]? {
    guard let constant = editor.constant(name), constant.elementType == scale.elementType,
      constant.rank <= rank
    else { return nil }
    if constant.count == 1 { return Array(repeating: constant.doubles()[0], count: scale.count) }
    var shape = scale.shape
    if isByChannel { shape += Array(repeating: 1, count: rank - 2) }
    let leading = constant.rank - shape.count
    guard leading >= 0, constant.shape == Array(repeating: 1, count: leading) + shape else { return nil }
    return constant.doubles()
  }

  func changed(by opType: String, _ numbers: [Double]) -> (scale: [Double], bias: [Double]?) {
    let (scale, bias) = (scale.doubles(), bias?.doubles())
    func with(_ old: [Double], _ change: (Double, Double) -> Double) -> [Double] {
      zip(old, numbers).map(change)
    }
    let zeros = Array(repeating: 0.0, count: scale.count)
    switch opType {
    case "Mul": return (with(scale, *), bias.map { with($0, *) })
    case "Div": return (with(scale, /), bias.map { with($0, /) })
    case "Add": return (scale, with(bias ?? zeros, +))
    default: return (scale, with(bias ?? zeros, -))
    }
  }

  /// Puts the normalization in place of `reader`.
  ///
  /// - Returns: false where it has no such bias, or numbers leave the type's range.
  func replace(
    _ reader: EditedNode, giving output: String, scale newScale: [Double], bias newBias: [Double]?,
    _ editor: inout GraphEditor
  ) throws -> Bool {
    guard newBias == nil || !node.uses("RMSNormalization") else { return false }
    var made = node.node
    let changes = [(1, newScale, scale.doubles())] + (newBias.map { [(2, $0, bias?.doubles() ?? [])] } ?? [])
    let tensors = changes.map { Tensor(scale.elementType, shape: scale.shape, rounding: $0.1) }
    guard tensors.allSatisfy(\.isFinite) else { return false }
    for ((index, new, old), tensor) in zip(changes, tensors) where new != old {
      let base = index < made.inputs.count ? made.inputs[index] : "\(output)_bias"
      let name = try editor.addConstant(tensor, named: base, before: reader)
      if index < made.inputs.count { made.inputs[index] = name } else { made.inputs.append(name) }
    }
    made.outputs = [output]
    editor.replace(reader, with: made)
    return true
  }
}
