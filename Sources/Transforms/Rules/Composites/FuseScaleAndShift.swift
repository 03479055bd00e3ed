import GraphIR
import TensorCore

/// # FuseScaleAndShift
///
/// A factor and an addend for each channel become one BatchNormalization.
///
/// - Before: a = x · γ, y = a + β.
/// - After: y = BatchNormalization(x) with scale γ, B β, means of 0, variances of 1 and epsilon 0.
/// - Needs: constants γ and β of x's type, which vary along axis 1 of x alone, and do not stretch x; a number
///   of channels that is known; nobody else wants a; opset 9, and a type that BatchNormalization takes.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FuseScaleAndShift: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Add"]
  static let fusesInto: Set<String> = ["BatchNormalization"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), editor.version(of: "BatchNormalization")?.since ?? 0 >= 9 else {
      return false
    }
    for index in [0, 1] {
      guard let a = node.input(index), let product = editor.producer(of: a, "Mul"),
        editor.isRead(a, onlyBy: node), let shift = editor.channels(node.input(1 - index), of: a)
      else { continue }
      for factor in [1, 0] {
        guard let x = product.input(1 - factor), let scale = editor.channels(product.input(factor), of: x),
          scale.shape == shift.shape,
          editor.has(
            "BatchNormalization", for: [editor.fact(x).type] + [scale, shift, scale, scale].map(\.type))
        else { continue }
        let (count, type) = (scale.count, scale.elementType)
        func all(_ number: Double) -> Tensor {
          Tensor(type, shape: [count], rounding: Array(repeating: number, count: count))
        }
        var inputs = [x]
        for (tensor, name) in [(scale, "scale"), (shift, "B"), (all(0), "mean"), (all(1), "var")] {
          inputs.append(try editor.addConstant(tensor, named: "\(y)_\(name)", before: node))
        }
        let made = Node(
          "BatchNormalization", inputs: inputs, outputs: [y],
          attributes: [NamedAttribute("epsilon", .float(0))])
        if editor.replace(node, byOperator: made) { return true }
      }
    }
    return false
  }
}

extension Tensor {
  fileprivate var type: ValueType { .tensor(elementType, nil) }
}

extension GraphEditor {
  /// A constant with one element for each channel of a value, axis 1, and none elsewhere, as a list.
  fileprivate func channels(_ name: String?, of x: String) -> Tensor? {
    guard let constant = constant(name), let dims = fact(x).dims, dims.count >= 2,
      fact(x).elementType == constant.elementType, constant.elementType.isFloating
    else { return nil }
    let ones = Array(repeating: 1, count: dims.count - 2)
    guard let count = dims[1].number, count > 1,
      constant.shape == [count] + ones || constant.shape == [1, count] + ones
    else { return nil }
    return constant.reshaped([count])
  }
}
