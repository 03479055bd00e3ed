import GraphIR
import TensorCore

/// # FuseGatedUnit
///
/// A value times a function of it that is an operator of its own becomes that operator.
///
/// - Before: y = x · HardSigmoid(x) with alpha ⅙ and beta ½, or x · Clip(x + 3, 0, 6) / 6 in any order; y = x
///   · Sigmoid(x) or x · Sigmoid(α · x); y = x · Tanh(Softplus(x)).
/// - After: y = HardSwish(x); y = Swish(x), with alpha where there is α; y = Mish(x).
/// - Needs: opset 14 for HardSwish, 24 for Swish, 18 for Mish; numbers as near as the type can tell. Values
///   on the way may have other readers.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FuseGatedUnit: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Mul", "Div"]
  static let fusesInto: Set<String> = ["HardSwish", "Swish", "Mish"]

  /// What a gate makes of the value that it is multiplied with.
  private struct Unit {
    let x: String
    let opType: String
    var attributes: [NamedAttribute] = []
    /// What the product of both is to be multiplied by.
    var number = 1.0
  }

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0) else { return false }
    for gate in editor.product(y).factors {
      for unit in units(of: gate, editor) {
        let product = editor.product(y, of: [unit.x, gate])
        guard product.consists(of: unit.x, gate),
          editor.isClose(product.number, to: unit.number, typeOf: gate)
        else { continue }
        let made = Node(unit.opType, inputs: [unit.x], outputs: [y], attributes: unit.attributes)
        if editor.replace(node, byOperator: made) { return true }
      }
    }
    return false
  }

  /// What a value may be the gate of.
  private static func units(of gate: String, _ editor: GraphEditor) -> [Unit] {
    guard let node = editor.producer(of: gate), let argument = node.input(0) else { return [] }
    if node.uses("HardSigmoid"), let attributes = node.attributes {
      let (alpha, beta) = (attributes.optionalFloat("alpha") ?? 0, attributes.optionalFloat("beta") ?? 0)
      let isUnit = editor.isClose(Double(alpha), to: 1 / 6.0, typeOf: argument) && beta == 0.5
      return isUnit ? [Unit(x: argument, opType: "HardSwish")] : []
    }
    if node.uses("Clip"), let gate = editor.clipped(node, to: 6), gate.alpha == 1, gate.beta == 3 {
      return [Unit(x: gate.x, opType: "HardSwish", number: 1 / 6.0)]
    }
    if node.uses("Sigmoid") { return swishes(of: argument, editor) }
    guard node.uses("Tanh"), let softplus = editor.producer(of: argument, "Softplus"),
      let x = softplus.input(0)
    else { return [] }
    return [Unit(x: x, opType: "Mish")]
  }

  /// Of a value, and where that is α · x, of x.
  private static func swishes(of argument: String, _ editor: GraphEditor) -> [Unit] {
    let plain = Unit(x: argument, opType: "Swish")
    guard let scaled = editor.producer(of: argument, "Mul"), let (x, alpha) = editor.operands(of: scaled),
      editor.isClose(Double(Float(alpha)), to: alpha, typeOf: x)
    else { return [plain] }
    return [plain, Unit(x: x, opType: "Swish", attributes: [NamedAttribute("alpha", .float(Float(alpha)))])]
  }
}
