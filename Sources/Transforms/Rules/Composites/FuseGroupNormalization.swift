import GraphIR
import TensorCore

/// # FuseGroupNormalization
///
/// A normalization of groups of channels that is spelled out becomes the operator.
///
/// - Before: g = Reshape(x) to [N, groups, …], n = InstanceNormalization(g, s, b), y = Reshape(n) to the
///   shape of x.
/// - After: y = GroupNormalization(x) with num_groups and epsilon, and with s and b repeated for each channel
///   of a group; FoldIntoNormalization gives it others.
/// - Needs: opset 21; constants s and b; a number of channels that the groups divide; the same N in x and g,
///   and the extents of x again in y, by extents that are known to be the same; not double, in which the
///   operator need not be as exact. Nobody else wants n.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FuseGroupNormalization: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Reshape"]
  static let fusesInto: Set<String> = ["GroupNormalization"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), let n = node.input(0),
      let normalization = editor.producer(of: n, "InstanceNormalization"), editor.isRead(n, onlyBy: node),
      let grouping = editor.producer(of: normalization.input(0), "Reshape"), let x = grouping.input(0),
      let groups = groups(of: x, grouping.output(0), y, editor),
      editor.version(of: "GroupNormalization")?.since ?? 0 >= 21, editor.fact(x).elementType != .double,
      let epsilon = normalization.attributes?.optionalFloat("epsilon")
    else { return false }
    let parameters = [1, 2].compactMap { editor.constant(normalization.input($0)) }
    guard parameters.count == 2, parameters.allSatisfy({ $0.shape == [groups.count] }),
      editor.has(
        "GroupNormalization", for: ([x] + normalization.node.inputs.dropFirst()).map { editor.fact($0).type })
    else { return false }
    var inputs = [x]
    for (tensor, name) in zip(parameters, ["scale", "bias"]) {
      let channels = tensor.selecting(
        (0..<groups.count * groups.size).map { $0 / groups.size }, shape: [groups.count * groups.size])
      inputs.append(try editor.addConstant(channels, named: "\(y)_\(name)", before: node))
    }
    return editor.replace(
      node,
      byOperator: Node(
        "GroupNormalization", inputs: inputs, outputs: [y],
        attributes: [
          NamedAttribute("epsilon", .float(epsilon)), NamedAttribute("num_groups", .int(groups.count)),
        ]))
  }

  /// The number of groups and the channels of one, where y has the shape of x.
  private static func groups(of x: String, _ grouped: String?, _ y: String, _ editor: GraphEditor)
    -> (count: Int, size: Int)?
  {
    guard let dims = editor.fact(x).dims, dims.count > 2, !dims.contains(.unknown),
      editor.fact(y).dims == dims,
      let inner = editor.fact(grouped).dims, inner.count > 2, inner[0] == dims[0],
      let channels = dims[1].number, let count = inner[1].number, count > 0, channels > 0,
      channels % count == 0
    else { return nil }
    return (count, channels / count)
  }
}
