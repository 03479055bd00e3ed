import GraphIR
import OperatorSet
import TensorCore

/// # DropZero
///
/// A 0 is not added where nobody can tell −0 from 0.
///
/// - Before: y = x + 0, for floating numbers.
/// - After: what reads y reads x, which may be −0 where y was 0.
/// - Needs: a constant all of whose elements are 0, and which broadcasts into x without a new axis or a
///   larger extent; opset 7. Whatever y becomes may have zeros of the other sign on the way, but comes to
///   operators that make the same of both, as Exp or a sum with a constant, before it comes to an output, to
///   a quotient's divisor, or to an operator that is not listed.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum DropZero: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Add"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let definition = node.definition as? any BroadcastOperator, definition.legacyBroadcast == nil,
      let y = node.output(0)
    else { return false }
    for operand in [1, 0] {
      guard let x = node.input(1 - operand), let zeros = editor.smallConstant(node.input(operand)),
        zeros.elementType.isFloating, zeros.doubles().allSatisfy({ $0 == 0 }),
        editor.broadcasts(zeros.shape, into: x)
      else { continue }
      var search = SignOfZero()
      return search.isLost(y, editor) && editor.drop(node, reading: x, insteadOf: y)
    }
    return false
  }
}

/// Follows a value to where it no longer matters whether its zeros are 0 or −0.
private struct SignOfZero {
  /// How many values and how many of their readers are looked at.
  private static let (mostValues, mostReaders) = (100, 1_000)
  private var seen: Set<NameKey> = []
  private var readerCount = 0

  /// These make the same of 0 and −0.
  private static let blind: Set<String> = ["Abs", "Exp", "Sigmoid", "Softmax", "Shape", "Size"]
  /// These end with adding their third input, or begin with it.
  private static let biased: Set<String> = ["Conv", "InstanceNormalization", "LayerNormalization"]
  /// Of these a zero of the other sign changes nothing but the signs of zeros.
  private static let handingOn: Set<String> = [
    "Add", "Sub", "Mul", "Neg", "Sum", "Mean", "MatMul", "Gemm", "Conv", "ConvTranspose",
    "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "GlobalAveragePool", "AveragePool", "MaxPool",
    "InstanceNormalization", "LayerNormalization", "Relu", "LeakyRelu", "Tanh", "Erf", "Sqrt", "Max", "Min",
    "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Expand", "Tile", "Slice", "Split",
    "Concat", "Pad",
  ]
  /// The same where the value is the first input.
  private static let handingOnFirst: Set<String> = ["Div", "Gather", "GatherElements", "GatherND", "Clip"]

  /// Whether no output, and nothing else that may tell, sees the sign of a zero in this value.
  mutating func isLost(_ name: String, _ editor: GraphEditor) -> Bool {
    guard seen.insert(NameKey(name)).inserted else { return true }
    guard seen.count <= Self.mostValues, !editor.isOutput(name) else { return false }
    let readers = editor.readers(of: name)
    readerCount += readers.count
    guard readerCount <= Self.mostReaders else { return false }
    for reader in readers where !Self.isBlind(reader, to: name, editor) {
      guard Self.handsOn(reader, name, editor) else { return false }
      for output in reader.node.outputs where !output.isEmpty {
        guard isLost(output, editor) else { return false }
      }
    }
    return true
  }

  private static func isBlind(_ reader: EditedNode, to name: String, _ editor: GraphEditor) -> Bool {
    if blind.contains(where: reader.uses) || reader.definition is any Comparison { return true }
    // 0 + c and −0 + c are the same but for c = −0.
    var terms: [String] = []
    if reader.uses("Add") { terms = reader.node.inputs }
    if biased.contains(where: reader.uses), reader.node.outputs.count == 1 {
      terms = Array(reader.node.inputs.dropFirst(2))
    }
    return terms.contains { term in
      editor.smallConstant(term)?.doubles().allSatisfy { $0 != 0 || $0.sign == .plus } ?? false
    }
  }

  private static func handsOn(_ reader: EditedNode, _ name: String, _ editor: GraphEditor) -> Bool {
    if handingOn.contains(where: reader.uses) { return true }
    guard !reader.node.inputs.dropFirst().contains(where: { areSame($0, name) }) else { return false }
    if handingOnFirst.contains(where: reader.uses) { return true }
    // A positive power of a zero is a zero.
    return reader.uses("Pow")
      && editor.smallConstant(reader.input(1))?.doubles().allSatisfy { $0 > 0 } ?? false
  }
}
