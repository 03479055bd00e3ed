import GraphIR
import TensorCore

/// # FuseQuantized
///
/// An operator between DequantizeLinear and QuantizeLinear becomes one call of a function of quantized values.
///
/// - Before: an operator whose values all come from DequantizeLinear but for constants and integers; then, or
///   without it, a function of one value; then QuantizeLinear.
/// - After: a call of a function of domain `touchstone.fused`, whose body these nodes are. A DequantizeLinear that
///   others read too stays besides.
/// - Needs: what the operator gives is read within the step alone.
/// - Promise: same bits.
/// - Source: the functions of models, from IR version 8.
enum FuseQuantized: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["QuantizeLinear"]
  static let fusesInto: Set<String> = [FusedFunctions.domain]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let last = editor.producer(of: node.input(0)), editor.onlyReader(of: last)?.id == node.id else {
      return false
    }
    var step = [last, node]
    if let before = editor.producer(of: last.input(0)), editor.activation(of: before).map(\.id) == [last.id] {
      step.insert(before, at: 0)
    }
    let core = step[0]
    guard core.isDeterministic, !core.hasGraphs else { return false }
    let sources = core.node.inputs.compactMap { editor.producer(of: $0, "DequantizeLinear") }
    let varying = core.node.inputs.filter { name in
      !name.isEmpty && editor.constant(name) == nil && editor.fact(name).elementType?.isFloating ?? true
    }
    guard !sources.isEmpty, varying.count == sources.count else { return false }
    let shared = sources.filter { source in source.output(0).map { !editor.isRead($0, onlyBy: core) } ?? true
    }
    var seen: Set<EditedNode.ID> = []
    return editor.fuse(
      sources.filter { seen.insert($0.id).inserted } + step, copied: Set(shared.map(\.id)),
      named: "Quantized" + step.dropLast().map(\.node.opType).joined())
  }
}
