import GraphIR
import TensorCore

/// # MergeEqualExtents
///
/// Of two values that are the same extents of the model's inputs, the later one is left out.
///
/// - Before: y and z are integers computed from extents, as Gather(Shape(x), 0) and Gather(Shape(Relu(x)), 0)
///   are.
/// - After: what reads z reads y.
/// - Needs: every element of both as a number or as the same dim of the same input, one type and one shape; z
///   is no output, and computed after y.
/// - Promise: same bits.
/// - Source: the definition of Shape.
enum MergeEqualExtents: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = []

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard node.node.outputs.count == 1, let z = node.output(0), !editor.isOutput(z),
      !editor.readers(of: z).isEmpty, let extents = Extents(editor.fact(z)),
      let y = firstValue(with: extents, before: node, editor)
    else { return false }
    guard editor.redirect(z, to: y), let node = editor[node.id] else { return false }
    editor.remove(node)
    return true
  }

  private static func firstValue(with extents: Extents, before node: EditedNode, _ editor: GraphEditor)
    -> String?
  {
    for id in editor.ids {
      guard id != node.id else { return nil }
      if let y = editor[id]?.output(0), Extents(editor.fact(y)) == extents { return y }
    }
    return nil
  }

  /// What is known of a value that is made of extents, some of them open.
  private struct Extents: Equatable {
    let type: ValueType
    let elements: [Dim]

    init?(_ fact: Fact) {
      guard let type = fact.type, let dims = fact.dims, dims.allSatisfy({ $0.number != nil }),
        let elements = fact.elements, !elements.contains(.unknown), fact.integers == nil
      else { return nil }
      (self.type, self.elements) = (type, elements)
    }
  }
}
