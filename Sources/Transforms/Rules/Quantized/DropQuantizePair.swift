import GraphIR
import TensorCore

/// # DropQuantizePair
///
/// What is dequantized and quantized again in the same units stays as it is.
///
/// - Before: a = DequantizeLinear(x, s, z), y = QuantizeLinear(a, s, z).
/// - After: what reads y reads x.
/// - Needs: the same constants s and z, finite numbers of type float, each of a magnitude at which no product
///   overflows, none 0; the same axis and block size; x and y of one integer type of at most 16 bits.
/// - Promise: same bits. With n = x − z, |n| ≤ 65,535, the product n · s is rounded by at most 2⁻²⁴ of itself
///   (not at all where it is subnormal, being a multiple of s), and so is its quotient by s, which therefore
///   lies within 2⁻⁷ of n, and is rounded to it.
/// - Source: the definitions of the operators.
enum DropQuantizePair: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["QuantizeLinear"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let pair = QuantizedPair(node, node.input(0), editor), let x = pair.dequantize.input(0),
      let y = node.output(0)
    else { return false }
    return editor.drop(node, reading: x, insteadOf: y)
  }
}

/// A DequantizeLinear and a QuantizeLinear of the same units.
struct QuantizedPair {
  let dequantize: EditedNode

  /// - Parameter name: what the DequantizeLinear gives; nil where it is no such pair.
  init?(_ quantize: EditedNode, _ name: String?, _ editor: GraphEditor) {
    guard quantize.uses("QuantizeLinear"), let dequantize = editor.producer(of: name, "DequantizeLinear"),
      let type = editor.fact(dequantize.input(0)).elementType, type.isInteger, type.bitWidth <= 16,
      editor.fact(quantize.output(0)).elementType == type, Self.areSame(quantize, dequantize, at: 1, editor),
      Self.areSame(quantize, dequantize, at: 2, editor)
    else { return nil }
    for attribute in ["axis", "block_size", "precision", "output_dtype"] {
      let values = [quantize, dequantize].map { $0.attributes?.optionalInt(attribute) ?? 0 }
      guard attribute == "axis" || attribute == "block_size" ? values[0] == values[1] : values == [0, 0]
      else {
        return nil
      }
    }
    guard let scales = editor.constant(quantize.input(1)), scales.elementType == .float,
      scales.doubles().allSatisfy({ $0 != 0 && abs($0) * 65_535 <= Double(Float.greatestFiniteMagnitude) })
    else { return nil }
    self.dequantize = dequantize
  }

  private static func areSame(_ a: EditedNode, _ b: EditedNode, at index: Int, _ editor: GraphEditor) -> Bool
  {
    guard let first = a.input(index), let second = b.input(index) else {
      return a.input(index) == b.input(index)
    }
    guard let first = editor.constant(first), let second = editor.constant(second) else { return false }
    return first.isSame(as: second)
  }
}
