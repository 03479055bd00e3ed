import GraphIR
import TensorCore

/// # FlattenReduction
///
/// A reduction whose axes are dropped by a change of shape drops them itself.
///
/// - Before: a = ReduceMean, ReduceSum, …(x) with keepdims 1, GlobalAveragePool(x) or GlobalMaxPool(x); y =
///   Flatten, Reshape or Squeeze of a, which only drops the axes of extent 1 that a has kept.
/// - After: y = the same reduction with keepdims 0; ReduceMean or ReduceMax for the poolings.
/// - Needs: constant axes and a rank of x that is known; a constant shape. For Flatten, one axis that is left
///   on each of its sides. Nobody else wants a; a type that the reduction takes.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FlattenReduction: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Flatten", "Reshape", "Squeeze"]

  private static let poolings = ["GlobalAveragePool": "ReduceMean", "GlobalMaxPool": "ReduceMax"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let a = node.input(0), let reduction = editor.producer(of: a), editor.isRead(a, onlyBy: node),
      let x = reduction.input(0), let dims = editor.fact(x).dims,
      let axes = axes(of: reduction, rank: dims.count, editor)
    else { return false }
    let kept = dims.indices.filter { !axes.contains($0) }
    guard dropsAxes(node, axes, kept: kept, dims, editor) else { return false }
    if let opType = poolings[reduction.node.opType] {
      return try replace(node, by: opType, of: x, axes, editor: &editor)
    }
    var made = reduction.node.giving("keepdims", .int(0))
    made.outputs = node.node.outputs
    editor.replace(node, with: made)
    return true
  }

  /// The axes that the operator folds and keeps with extent 1.
  private static func axes(of node: EditedNode, rank: Int, _ editor: GraphEditor) -> [Int]? {
    if poolings.keys.contains(where: node.uses) { return rank > 2 ? Array(2..<rank) : nil }
    guard node.node.opType.hasPrefix("Reduce"), node.attributes?.optionalInt("keepdims") == 1 else {
      return nil
    }
    return editor.foldedAxes(of: node)
  }

  /// Whether what a change of shape does to the result of a reduction is to drop these axes.
  private static func dropsAxes(
    _ node: EditedNode, _ axes: [Int], kept: [Int], _ dims: [Dim], _ editor: GraphEditor
  ) -> Bool {
    guard let attributes = node.attributes else { return false }
    switch node.node.opType {
    case "Flatten":
      let axis = attributes.optionalInt("axis") ?? 1
      let boundary = axis < 0 ? axis + dims.count : axis
      return kept.count == 2 && kept[0] < boundary && boundary <= kept[1]
    case "Squeeze":
      let given = attributes.optionalInts("axes") ?? editor.constant(node.input(1))?.ints()
      return given.map { $0.map { $0 < 0 ? $0 + dims.count : $0 }.sorted() == axes } ?? false
    default:
      guard let shape = attributes.optionalInts("shape") ?? editor.constant(node.input(1))?.ints(),
        shape.count == kept.count
      else { return false }
      let copies = attributes.optionalInt("allowzero") ?? 0 == 0
      return zip(shape, kept).enumerated().allSatisfy { index, pair in
        let (extent, axis) = pair
        return extent == -1 || extent == 0 && copies && axis == index
          || extent > 0 && dims[axis] == .value(extent)
      }
    }
  }

  private static func replace(
    _ node: EditedNode, by opType: String, of x: String, _ axes: [Int], editor: inout GraphEditor
  ) throws -> Bool {
    guard let version = editor.version(of: opType), editor.has(opType, for: [editor.fact(x).type]) else {
      return false
    }
    var made = Node(
      opType, inputs: [x], outputs: node.node.outputs, attributes: [NamedAttribute("keepdims", .int(0))])
    if version.attributes.contains(where: { $0.name == "axes" }) {
      made = made.giving("axes", .ints(axes))
    } else {
      made.inputs.append(try editor.addConstant(Tensor(int64: axes), named: "\(x)_axes", before: node))
    }
    editor.replace(node, with: made)
    return true
  }
}
