import GraphIR
import TensorCore

/// # FuseHardSigmoid
///
/// HardSigmoid that is spelled out becomes the operator.
///
/// - Before: y = Clip(x + 3, 0, 6) / 6 or · ⅙, or y = Clip(α · x + β, 0, 1), where α may be missing.
/// - After: y = HardSigmoid(x) with alpha ⅙ and beta ½, or α and β.
/// - Needs: constant bounds and numbers, which attributes hold as well as the type does: not ⅙ in double;
///   opset 7. Values on the way may have other readers.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FuseHardSigmoid: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Mul", "Div", "Clip"]
  static let fusesInto: Set<String> = ["HardSigmoid"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), let gate = editor.hardSigmoid(y),
      [gate.alpha, gate.beta].allSatisfy({ editor.isClose(Double(Float($0)), to: $0, typeOf: gate.x) })
    else { return false }
    let attributes = [
      NamedAttribute("alpha", .float(Float(gate.alpha))), NamedAttribute("beta", .float(Float(gate.beta))),
    ]
    return editor.replace(
      node, byOperator: Node("HardSigmoid", inputs: [gate.x], outputs: [y], attributes: attributes))
  }
}

/// What HardSigmoid is told.
struct HardSigmoidGate {
  let x: String
  let alpha: Double
  let beta: Double
}

extension GraphEditor {
  /// What a value is the HardSigmoid of, where it is spelled out.
  func hardSigmoid(_ name: String) -> HardSigmoidGate? {
    guard let node = producer(of: name) else { return nil }
    if node.uses("Clip") { return clipped(node, to: 1) }
    guard node.uses("Mul") || node.uses("Div"), let (value, number) = operands(of: node),
      let clip = producer(of: value, "Clip"),
      isClose(node.uses("Mul") ? number : 1 / number, to: 1 / 6.0, typeOf: value),
      let gate = clipped(clip, to: 6), gate.alpha == 1, gate.beta == 3
    else { return nil }
    return HardSigmoidGate(x: gate.x, alpha: 1 / 6.0, beta: 0.5)
  }

  /// The α · x + β that is clipped to 0…`top`.
  func clipped(_ clip: EditedNode, to top: Double) -> HardSigmoidGate? {
    guard let bounds = clipBounds(of: clip), bounds == (0, top), let sum = producer(of: clip.input(0), "Add"),
      let (scaled, beta) = operands(of: sum)
    else { return nil }
    if let node = producer(of: scaled), node.uses("Mul") || node.uses("Div"),
      let (x, number) = operands(of: node)
    {
      return HardSigmoidGate(x: x, alpha: node.uses("Mul") ? number : 1 / number, beta: beta)
    }
    return HardSigmoidGate(x: scaled, alpha: 1, beta: beta)
  }

  /// The bounds of a Clip that has two constant ones.
  private func clipBounds(of clip: EditedNode) -> (Double, Double)? {
    guard let attributes = clip.attributes else { return nil }
    if attributes.since < 11 {
      guard let low = attributes.optionalFloat("min"), let high = attributes.optionalFloat("max") else {
        return nil
      }
      return (Double(low), Double(high))
    }
    guard let low = constant(clip.input(1))?.doubles().first,
      let high = constant(clip.input(2))?.doubles().first
    else { return nil }
    return (low, high)
  }
}
