import GraphIR
import OperatorSet
import TensorCore

/// # SinkTranspose
///
/// Transposes move behind an operator that works element by element, where fewer are left then.
///
/// - Before: a = Transpose(x, p), b = Transpose(w, p), y = f(a, b), where f is Add, Relu, Clip, Cast, Where,
///   ….
/// - After: y = Transpose(f(x, w), p).
/// - Needs: inputs of f that are transposed alike, or constants, which are transposed back; of the
///   Transposes, of which nobody else wants the results, several, or behind f, perhaps further such operators
///   away, another one.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum SinkTranspose: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = []

  /// How many operators away a Transpose is looked for.
  private static let farthest = 64

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard node.mapsElements || node.broadcastsAll, node.node.outputs.count == 1, let y = node.output(0),
      let operands = Operands(of: node, editor)
    else { return false }
    guard operands.transposeCount > 1 || leadsToTranspose(y, editor) else { return false }
    var made = node.node
    for (index, x) in operands.transposes { made.inputs[index] = x }
    for (index, constant) in operands.constants {
      made.inputs[index] = try editor.addConstant(constant, named: made.inputs[index], before: node)
    }
    made.outputs = [editor.freshName("\(y)_transposed")]
    editor.adopt(made, before: node)
    let transpose = Node(
      "Transpose", inputs: made.outputs, outputs: [y],
      attributes: [NamedAttribute("perm", .ints(operands.perm))])
    editor.replace(node, with: transpose)
    return true
  }

  /// Whether the one thing that becomes of a value is to be transposed, perhaps behind functions of one
  /// input.
  private static func leadsToTranspose(_ name: String, _ editor: GraphEditor) -> Bool {
    var name = name
    for _ in 0..<farthest where !editor.isOutput(name) {
      let readers = editor.readers(of: name)
      guard readers.count == 1, let reader = readers.first, areSame(reader.input(0) ?? "", name),
        let next = reader.output(0)
      else { return false }
      if reader.uses("Transpose") { return true }
      guard reader.mapsElements, reader.node.outputs.count == 1 else { return false }
      name = next
    }
    return false
  }

  /// The inputs of a node whose Transposes may go.
  private struct Operands {
    var perm: [Int] = []
    /// Inputs by position, and what their Transposes read.
    var transposes: [(index: Int, x: String)] = []
    /// Constants by position, transposed back, where that changes them.
    var constants: [(index: Int, tensor: Tensor)] = []

    /// How many Transposes go: several inputs may be one.
    var transposeCount: Int { Set(transposes.map { NameKey($0.x) }).count }

    init?(of node: EditedNode, _ editor: GraphEditor) {
      let indices = node.mapsElements ? [0] : Array(node.node.inputs.indices)
      for index in indices where editor.constant(node.input(index)) == nil {
        guard let name = node.input(index),
          let transpose = editor.producer(of: name, "Transpose", readOnlyBy: node),
          let x = transpose.input(0), let own = editor.permutation(of: transpose),
          perm.isEmpty || own == perm
        else { return nil }
        perm = own
        transposes.append((index, x))
      }
      guard !transposes.isEmpty, perm.count > 1, perm.sorted() == Array(perm.indices) else { return nil }
      for index in indices {
        guard let constant = editor.constant(node.input(index)) else { continue }
        guard constant.rank <= perm.count else { return nil }
        if constant.count == 1 { continue }
        let aligned = Array(repeating: 1, count: perm.count - constant.rank) + constant.shape
        let inverse = perm.indices.map { axis in perm.firstIndex(of: axis) ?? axis }
        constants.append((index, constant.reshaped(aligned).transposed(inverse)))
      }
    }
  }
}
