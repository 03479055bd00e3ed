import GraphIR
import TensorCore

/// # MergeEqualConstants
///
/// Of several equal initializers the first one stays.
///
/// - Before: c and d are initializers of one type and shape, with the same bits.
/// - After: what reads d reads c.
/// - Needs: that d is no output, and that no caller may replace either.
/// - Promise: same bits.
/// - Source: none: a value is what it is under any name.
enum MergeEqualConstants: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = []

  /// Looks at all initializers at once, at the first node.
  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard editor.isFirst(node) else { return false }
    var kept: [Header: [Initializer]] = [:]
    var isChanged = false
    for initializer in editor.graph.initializers where editor.isUnchanging(initializer) {
      let header = Header(initializer.tensor)
      if let equal = kept[header]?.first(where: { $0.tensor.isSame(as: initializer.tensor) }) {
        guard !editor.readers(of: initializer.name).isEmpty else { continue }
        isChanged = editor.redirect(initializer.name, to: equal.name) || isChanged
      } else {
        kept[header, default: []].append(initializer)
      }
    }
    return isChanged
  }

  /// What equal tensors share: type, shape and their first bytes.
  private struct Header: Hashable {
    let type: ElementType
    let shape: [Int]
    let start: [UInt8]

    init(_ tensor: Tensor) {
      (type, shape) = (tensor.elementType, tensor.shape)
      start = type == .string ? [] : tensor.withUnsafeBytes { Array($0.prefix(64)) }
    }
  }
}

extension GraphEditor {
  /// Whether no caller may give another value instead.
  fileprivate func isUnchanging(_ initializer: Initializer) -> Bool {
    !graph.inputs.contains { areSame($0.name, initializer.name) }
  }
}
