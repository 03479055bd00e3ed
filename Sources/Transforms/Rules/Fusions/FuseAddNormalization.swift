import GraphIR
import TensorCore

/// # FuseAddNormalization
///
/// A sum that is normalized at once becomes one call of a function.
///
/// - Before: h = a + b, y = LayerNormalization(h, …) or RMSNormalization(h, …).
/// - After: (h, y) = a call of a function of domain `touchstone.fused`, whose body these nodes are; only y, where
///   nobody else reads h.
/// - Needs: others that read h stand behind the normalization.
/// - Promise: same bits.
/// - Source: the functions of models, from IR version 8.
enum FuseAddNormalization: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["LayerNormalization", "RMSNormalization"]
  static let fusesInto: Set<String> = [FusedFunctions.domain]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let sum = editor.producer(of: node.input(0), "Add"), sum.stretchesInputs else { return false }
    return editor.fuse([sum, node])
  }
}
