import GraphIR
import TensorCore

/// # FuseGelu
///
/// Gelu that is spelled out becomes the operator.
///
/// - Before: y = ½ · x · (1 + Erf(x / √2)), or ½ · x · (1 + Tanh(√(2/π) · (x + 0.044715 · x³))), where the
///   last may also be √(2/π) · x · (1 + 0.044715 · x²); products and numbers in any order, powers by Mul or
///   Pow.
/// - After: y = Gelu(x), in the second case with approximate = tanh.
/// - Needs: the numbers as near as the type can tell; opset 20. Values on the way may have other readers.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FuseGelu: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Mul", "Div"]
  static let fusesInto: Set<String> = ["Gelu"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), editor.version(of: "Gelu") != nil else { return false }
    for gate in editor.product(y).factors {
      guard let inner = editor.value(plus: 1, is: gate), let gelu = gelu(with: inner, editor) else {
        continue
      }
      let product = editor.product(y, of: [gelu.x, gate])
      guard product.consists(of: gelu.x, gate), editor.isClose(product.number, to: 0.5, typeOf: gelu.x) else {
        continue
      }
      let attributes = gelu.isTanh ? [NamedAttribute("approximate", .string("tanh"))] : []
      return editor.replace(
        node, byOperator: Node("Gelu", inputs: [gelu.x], outputs: [y], attributes: attributes))
    }
    return false
  }

  /// The x of which a value is the Erf or Tanh that Gelu has.
  private static func gelu(with inner: String, _ editor: GraphEditor) -> (x: String, isTanh: Bool)? {
    if let erf = editor.producer(of: inner, "Erf"), let argument = erf.input(0),
      let scaled = editor.producer(of: argument),
      let x = scaled.uses("Mul") || scaled.uses("Div") ? editor.operands(of: scaled)?.value : nil,
      editor.product(argument, of: [x]).consists(of: x),
      editor.isClose(editor.product(argument, of: [x]).number, to: 0.5.squareRoot(), typeOf: x)
    {
      return (x, false)
    }
    guard let tanh = editor.producer(of: inner, "Tanh"), let argument = tanh.input(0) else { return nil }
    return tanhArgument(argument, editor).map { ($0, true) }
  }

  /// The x of √(2/π) · (x + 0.044715 · x³).
  private static func tanhArgument(_ argument: String, _ editor: GraphEditor) -> String? {
    for factor in editor.product(argument).factors {
      guard let sum = editor.producer(of: factor, "Add"), let a = sum.input(0), let b = sum.input(1) else {
        continue
      }
      for (x, power) in [(a, b), (b, a)] where isCubic(power, of: x, editor) {
        let product = editor.product(argument, of: [factor])
        if product.consists(of: factor), isScale(product, x, editor) { return x }
      }
      guard let square = editor.value(plus: 1, is: factor) else { continue }
      for x in editor.product(argument, of: [factor]).factors where isSquare(square, of: x, editor) {
        let product = editor.product(argument, of: [factor, x])
        if product.consists(of: x, factor), isScale(product, x, editor) { return x }
      }
    }
    return nil
  }

  private static func isScale(_ product: Product, _ x: String, _ editor: GraphEditor) -> Bool {
    editor.isClose(product.number, to: (2 / Double.pi).squareRoot(), typeOf: x)
  }

  /// Whether a value is 0.044715 · x³.
  private static func isCubic(_ value: String, of x: String, _ editor: GraphEditor) -> Bool {
    let product = editor.product(value, of: [x])
    guard editor.isClose(product.number, to: 0.044715, typeOf: x) else { return false }
    if product.consists(of: x, x, x) { return true }
    return product.factors.contains { power in
      product.consists(of: power) && editor.isPower(power, 3, of: x)
        || product.consists(of: power, x) && editor.isPower(power, 2, of: x)
    }
  }

  /// Whether a value is 0.044715 · x².
  private static func isSquare(_ value: String, of x: String, _ editor: GraphEditor) -> Bool {
    let product = editor.product(value, of: [x])
    guard editor.isClose(product.number, to: 0.044715, typeOf: x) else { return false }
    return product.consists(of: x, x)
      || product.factors.contains { product.consists(of: $0) && editor.isPower($0, 2, of: x) }
  }
}

extension GraphEditor {
  /// Whether a value is the power of another one, by Pow or, for a square, by Mul.
  func isPower(_ value: String, _ exponent: Double, of x: String) -> Bool {
    guard let node = producer(of: value) else { return false }
    if node.uses("Pow"), node.stretchesInputs, node.input(0) == x {
      return constant(node.input(1)).map { power in
        power.count == 1 && power.doubles()[0] == exponent
          && (power.rank == 0 || fact(x).rank.map { power.rank <= $0 } ?? false)
      } ?? false
    }
    return exponent == 2 && node.uses("Mul") && node.node.inputs == [x, x]
  }
}
