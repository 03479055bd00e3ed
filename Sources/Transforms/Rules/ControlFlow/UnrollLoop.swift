import GraphIR
import OperatorSet
import TensorCore

/// # UnrollLoop
///
/// A Loop of no iteration, or of one, becomes what it carries, or its body.
///
/// - Before: y = Loop(M, cond, v, body), with a constant M of 0 or 1, or a constant cond that is false.
/// - After: y = Identity(v), or the nodes of the body with the iteration number 0.
/// - Needs: cond omitted or constant; carried values that are tensors, and no scan outputs.
/// - Promise: same bits.
/// - Source: the definition of Loop.
enum UnrollLoop: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Loop"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let loop = node.definition as? Loop, loop.scanOutputs.isEmpty,
      let body = try node.attributes?.graph("body"), let count = iterations(of: node, editor), count <= 1
    else { return false }
    let initial = node.node.inputs.dropFirst(2)
    guard initial.count == loop.carriedCount, node.node.outputs.count <= initial.count,
      initial.allSatisfy({ editor.fact($0).elementType != nil })
    else { return false }
    let outputs = node.node.outputs + Array(repeating: "", count: initial.count - node.node.outputs.count)
    guard count == 1 else {
      for (v, y) in zip(initial, outputs) where !y.isEmpty {
        editor.adopt(Node("Identity", inputs: [v], outputs: [y]), before: node)
      }
      editor.remove(node)
      return true
    }
    return try unroll(body, of: loop, Array(initial), giving: outputs, at: node, &editor)
  }

  /// How often the body runs; nil where that is not known, or open.
  private static func iterations(of node: EditedNode, _ editor: GraphEditor) -> Int? {
    if let name = node.input(1) {
      guard let condition = editor.constant(name)?.bools().first else { return nil }
      if !condition { return 0 }
    }
    return editor.integers(node.input(0))?.first.map { max($0, 0) }
  }

  private static func unroll(
    _ body: Graph, of loop: Loop, _ initial: [String], giving outputs: [String], at node: EditedNode,
    _ editor: inout GraphEditor
  ) throws -> Bool {
    guard body.sparseInitializers.isEmpty, body.inputs.count == 2 + initial.count,
      body.inputs.dropFirst(2).allSatisfy({ !$0.isOptional })
    else { return false }
    let head = [
      Tensor(int64: [0], shape: loop.iterationShape), Tensor(bools: [true], shape: loop.conditionShape),
    ]
    let constants = try zip(head, body.inputs).map { tensor, input in
      try editor.addConstant(tensor, named: input.name, before: node)
    }
    let inputs = zip(body.inputs.map(\.name), constants + initial).map { (name: $0, value: $1) }
    return try editor.replace(node, by: body, inputs: inputs, giving: [""] + outputs)
  }
}

extension ValueInfo {
  /// Whether a value is declared to be an optional one.
  fileprivate var isOptional: Bool {
    guard case .optional? = type else { return false }
    return true
  }
}
