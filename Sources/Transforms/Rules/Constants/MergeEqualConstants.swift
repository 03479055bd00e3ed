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
    let replaceable = Set(editor.graph.inputs.map { NameKey($0.name) })
    let constants = editor.graph.initializers.filter { !replaceable.contains(NameKey($0.name)) }
    let headers = constants.map { Header($0.tensor) }
    let counts = Dictionary(headers.map { ($0, 1) }, uniquingKeysWith: +)
    var kept: [Int: Initializer] = [:]
    var isChanged = false
    // Large tensors that share no header with others are not read to their end.
    for (constant, header) in zip(constants, headers) where counts[header] ?? 0 > 1 {
      let content = hash(of: constant.tensor, header)
      guard let first = kept[content] else {
        kept[content] = constant
        continue
      }
      guard !editor.readers(of: constant.name).isEmpty, first.tensor.isSame(as: constant.tensor) else {
        continue
      }
      isChanged = editor.redirect(constant.name, to: first.name) || isChanged
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

  private static func hash(of tensor: Tensor, _ header: Header) -> Int {
    var hasher = Hasher()
    hasher.combine(header)
    if tensor.elementType == .string {
      for text in tensor.strings { hasher.combine(NameKey(text)) }
    } else {
      tensor.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
    return hasher.finalize()
  }
}
