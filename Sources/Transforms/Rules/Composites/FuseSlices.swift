import GraphIR
import TensorCore

/// # FuseSlices
///
/// Slices that cut one value into consecutive parts become a Split.
///
/// - Before: y₁ = x[…, 0 : a, …], y₂ = x[…, a : b, …], … up to the last index of one axis, each by a Slice.
/// - After: y₁, y₂, … = Split(x, axis, [a, b − a, …]).
/// - Needs: at least two Slices, each along one axis with constant bounds in steps of 1, none empty; together
///   they hold each index of that axis once; its extent is known.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum FuseSlices: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Slice"]

  private struct Part {
    let node: EditedNode
    let axis: Int
    let range: Range<Int>
  }

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let x = node.input(0), let dims = editor.fact(x).dims, let first = part(node, dims, editor),
      let extent = dims[first.axis].number
    else { return false }
    let parts = editor.readers(of: x).compactMap { part($0, dims, editor) }
      .filter { $0.axis == first.axis && $0.node.input(0).map { areSame($0, x) } == true }
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
    guard parts.count > 1, parts.first?.range.lowerBound == 0, parts.last?.range.upperBound == extent,
      zip(parts, parts.dropFirst()).allSatisfy({ $0.range.upperBound == $1.range.lowerBound }),
      parts.allSatisfy({ $0.node.id == node.id || editor.comes(node, before: $0.node) })
    else { return false }
    let split = try editor.split(
      x, axis: first.axis, into: parts.map(\.range.count), named: parts.map { $0.node.output(0) ?? "" },
      before: node)
    for part in parts where part.node.id != node.id { editor.remove(part.node) }
    editor.replace(node, with: split)
    return true
  }

  /// What a Slice cuts out; nil where it is not known, empty, or along several axes.
  private static func part(_ node: EditedNode, _ dims: [Dim], _ editor: GraphEditor) -> Part? {
    guard node.uses("Slice"), let attributes = node.attributes else { return nil }
    func numbers(_ name: String, _ input: Int) -> [Int]? {
      attributes.since < 10 ? attributes.optionalInts(name) : editor.constant(node.input(input))?.ints()
    }
    guard let starts = numbers("starts", 1), let ends = numbers("ends", 2), starts.count == 1,
      ends.count == 1,
      node.input(4) == nil || editor.constant(node.input(4))?.ints() == [1]
    else { return nil }
    let hasAxes = attributes.since < 10 ? attributes.has("axes") : node.input(3) != nil
    guard let axis = hasAxes ? numbers("axes", 3)?.first : 0,
      dims.indices.contains(axis < 0 ? axis + dims.count : axis)
    else { return nil }
    let resolved = axis < 0 ? axis + dims.count : axis
    guard let extent = dims[resolved].number else { return nil }
    func index(_ number: Int) -> Int { min(max(number < 0 ? number + extent : number, 0), extent) }
    let (begin, end) = (index(starts[0]), index(ends[0]))
    return begin < end ? Part(node: node, axis: resolved, range: begin..<end) : nil
  }
}
