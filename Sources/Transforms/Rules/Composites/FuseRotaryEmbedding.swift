import GraphIR
import TensorCore

/// # FuseRotaryEmbedding
///
/// Pairs of features that are turned by angles become the operator.
///
/// - Before: a = Concat(f, f) along the last axis; c and s are Cos(a) and Sin(a) with a new axis for the heads; y =
///   x · c + Concat(−x₂, x₁) · s, where x₁ and x₂ are the halves of x along the last axis, by Slice or Split; sums and
///   products in any order.
/// - After: y = RotaryEmbedding(x, Cos(f), Sin(f)).
/// - Needs: opset 23; x with axes batch, heads, sequence and features, f with batch, sequence and half of the features,
///   known to be the same as those of x.
/// - Promise: within rounding.
/// - Source: the definitions of the operators.
enum FuseRotaryEmbedding: Rule {
  static let promise = Promise.withinRounding
  static let operators: Set<String> = ["Add"]
  static let fusesInto: Set<String> = ["RotaryEmbedding"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let y = node.output(0), node.stretchesInputs else { return false }
    for (plain, turned) in editor.orders(of: node) {
      for (x, cosine) in editor.orders(ofProduct: plain) {
        for (pair, sine) in editor.orders(ofProduct: turned) where isTurned(pair, x, editor) {
          guard let f = angles(of: cosine, "Cos", editor), let g = angles(of: sine, "Sin", editor),
            areSame(f, g),
            fits(f, x, editor), editor.has("RotaryEmbedding", for: [x, f, f].map { editor.fact($0).type })
          else { continue }
          let cache = try ["Cos", "Sin"].map { function in
            let name = editor.freshName("\(f)_\(function)")
            try editor.insert(Node(function, inputs: [f], outputs: [name]), before: node)
            return name
          }
          return editor.replace(node, byOperator: Node("RotaryEmbedding", inputs: [x] + cache, outputs: [y]))
        }
      }
    }
    return false
  }

  /// Whether a value is x with its halves exchanged, the second one negated.
  private static func isTurned(_ name: String, _ x: String, _ editor: GraphEditor) -> Bool {
    guard let concat = editor.producer(of: name, "Concat"), concat.node.inputs.count == 2,
      editor.isAlongLastAxis(concat, of: x), let negated = editor.producer(of: concat.input(0), "Neg"),
      let second = half(negated.input(0), of: x, editor), let first = half(concat.input(1), of: x, editor)
    else { return false }
    return first == 0 && second == 1
  }

  /// Which half of x along its last axis a value is.
  private static func half(_ name: String?, of x: String, _ editor: GraphEditor) -> Int? {
    guard let name, let node = editor.producer(of: name), node.input(0).map({ areSame($0, x) }) == true,
      let dims = editor.fact(x).dims, let extent = dims.last?.number,
      editor.fact(name).dims?.last?.number.map({ 2 * $0 }) == extent
    else { return nil }
    if node.uses("Split") {
      guard editor.isAlongLastAxis(node, of: x), node.node.outputs.count == 2 else { return nil }
      return node.node.outputs.firstIndex { areSame($0, name) }
    }
    guard node.uses("Slice"), let ranges = editor.ranges(of: node), ranges.steps == [1],
      ranges.axes == [-1] || ranges.axes == [dims.count - 1]
    else { return nil }
    let start = ranges.starts[0] < 0 ? ranges.starts[0] + extent : ranges.starts[0]
    return [0: 0, extent / 2: 1][start]
  }

  /// The f whose Cos or Sin, with f twice along the last axis and a new axis for the heads, a value is.
  private static func angles(of name: String, _ function: String, _ editor: GraphEditor) -> String? {
    guard let unsqueeze = editor.producer(of: name, "Unsqueeze"),
      let axes = editor.integers(of: unsqueeze, attribute: "axes", input: 1), axes == [1] || axes == [-3],
      let node = editor.producer(of: unsqueeze.input(0), function),
      let concat = editor.producer(of: node.input(0), "Concat"), concat.node.inputs.count == 2,
      let f = concat.input(0), let again = concat.input(1), areSame(f, again),
      editor.isAlongLastAxis(concat, of: f)
    else { return nil }
    return f
  }

  private static func fits(_ f: String, _ x: String, _ editor: GraphEditor) -> Bool {
    guard let angles = editor.fact(f).dims, let dims = editor.fact(x).dims, angles.count == 3,
      dims.count == 4,
      !angles.contains(.unknown)
    else { return false }
    return angles[0] == dims[0] && angles[1] == dims[2]
      && angles[2].number.map { .value(2 * $0) } == dims[3]
  }
}

extension GraphEditor {
  /// Both inputs of a node, in either order.
  fileprivate func orders(of node: EditedNode?) -> [(String, String)] {
    guard let a = node?.input(0), let b = node?.input(1) else { return [] }
    return [(a, b), (b, a)]
  }

  /// The factors of a product, in either order.
  fileprivate func orders(ofProduct name: String) -> [(String, String)] {
    orders(of: producer(of: name, "Mul").flatMap { $0.stretchesInputs ? $0 : nil })
  }

  /// Whether a node's attribute `axis` is the last axis of a value.
  fileprivate func isAlongLastAxis(_ node: EditedNode, of name: String) -> Bool {
    guard let axis = node.attributes?.optionalInt("axis"), let rank = fact(name).rank else { return false }
    return axis == -1 || axis == rank - 1
  }
}
