import GraphIR
import OperatorSet
import TensorCore

/// Add, Sub, Mul, Div, Pow, And, Or, Xor, Equal, Greater and Less: before 7 they broadcast only where
/// `broadcast` is 1, and only B, which may be aligned at any `axis` of A.
///
/// - Up: 6 → 7: the attributes go; a B that is not aligned at the end gets axes of extent 1 there.
/// - Down: 7 → 6: nothing where both shapes are the same. Where B alone is stretched, axes of extent 1 at its
///   ends are squeezed and the rest is aligned by `axis`. Where A alone is stretched, both change places if
///   the operator allows that, Greater becoming Less.
/// - Refused: shapes that are not known well enough, or of which neither is stretched to the other.
/// - Source: versions 1, 6 and 7 of the definitions.
enum BroadcastingAdapter: Adapter {
  static let operators = [
    "Add", "Sub", "Mul", "Div", "Pow", "And", "Or", "Xor", "Equal", "Greater", "Less",
  ]
  static let adaptations = [Adaptation(since: 7, up: alignByAxes, down: alignByAttribute)]

  /// The operator that means the same with its inputs exchanged.
  private static let exchanged = [
    "Add": "Add", "Mul": "Mul", "And": "And", "Or": "Or", "Xor": "Xor", "Equal": "Equal", "Greater": "Less",
    "Less": "Greater",
  ]

  private static func alignByAxes(_ node: inout NodeConversion) throws {
    let (broadcasts, axis) = (try node.int("broadcast") == 1, try node.int("axis"))
    node.set("broadcast", nil)
    node.set("axis", nil)
    guard broadcasts, let axis, let B = node.input(1) else { return }
    let (a, b) = (try node.rank(0, for: "`axis` counts"), try node.rank(1, for: "`axis` aligns"))
    let missing = a - b - (try resolveAxis(axis, rank: max(a, 1)))
    guard missing > 0 else { return }
    node.setInput(1, node.insert("Unsqueeze", [B], ["axes": .ints(Array(b..<(b + missing)))]))
  }

  private static func alignByAttribute(_ node: inout NodeConversion) throws {
    guard let a = node.inputFact(0).dims, let b = node.inputFact(1).dims else {
      throw Refusal("the shapes of A and B are not both known, and before 7 B is stretched only by name")
    }
    if isSame(a, b) { return }
    if let alignment = Alignment(of: b, in: a) { return align(alignment, rank: b.count, &node) }
    guard let alignment = Alignment(of: a, in: b), let other = exchanged[node.node.opType] else {
      throw Refusal("A and B have the shapes \(a) and \(b), and before 7 only B is stretched")
    }
    node.node.opType = other
    node.node.inputs.swapAt(0, 1)
    align(alignment, rank: a.count, &node)
  }

  private static func align(_ alignment: Alignment, rank: Int, _ node: inout NodeConversion) {
    let dropped = (0..<rank).filter { !alignment.kept.contains($0) }
    if !dropped.isEmpty, let B = node.input(1) {
      node.setInput(1, node.insert("Squeeze", [B], ["axes": .ints(dropped)]))
    }
    node.set("broadcast", .int(1))
    if !alignment.kept.isEmpty { node.set("axis", .int(alignment.axis)) }
  }

  private static func isSame(_ a: [Dim], _ b: [Dim]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0 == $1 && $0 != .unknown }
  }

  /// Where the axes of one shape stand in another one, after those of extent 1 at its ends are dropped.
  private struct Alignment {
    let kept: Range<Int>
    let axis: Int

    init?(of b: [Dim], in a: [Dim]) {
      let first = b.firstIndex { $0 != .value(1) } ?? b.endIndex
      let last = b.lastIndex { $0 != .value(1) } ?? b.endIndex - 1
      kept = first..<max(last + 1, first)
      axis = a.count - b.count + first
      guard b.count <= a.count,
        kept.isEmpty || BroadcastingAdapter.isSame(Array(b[kept]), Array(a[axis...].prefix(kept.count)))
      else { return nil }
    }
  }
}
