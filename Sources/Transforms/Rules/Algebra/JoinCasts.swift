import GraphIR
import TensorCore

/// # JoinCasts
///
/// Of two casts the first one is left out where it loses nothing.
///
/// - Before: y = Cast(x), z = Cast(y).
/// - After: z = Cast(x); or what reads z reads x, where z has the type of x.
/// - Needs: a type of y that holds every value of the type of x: from double to float to float16 a number is
///   rounded twice, and that may be meant. z holds no strings, which are spelled by the type of what is cast.
/// - Promise: same bits.
/// - Source: the definition of Cast.
enum JoinCasts: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Cast"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let z = node.output(0), let first = editor.producer(of: node.input(0)), first.uses("Cast"),
      let x = first.input(0), let from = editor.fact(x).elementType,
      let middle = editor.fact(first.output(0)).elementType, let to = editor.fact(z).elementType,
      middle.holdsEveryValue(of: from), to != .string
    else { return false }
    if from == to { return editor.drop(node, reading: x, insteadOf: z) }
    var joined = node.node
    joined.inputs = [x]
    editor.replace(node, with: joined)
    return true
  }
}

extension ElementType {
  private static let floats: [ElementType: (precision: Int, exponentBits: Int)] = [
    .double: (53, 11), .float: (24, 8), .float16: (11, 5), .bfloat16: (8, 8),
  ]

  /// Whether every value of another type is one of this type too.
  fileprivate func holdsEveryValue(of other: ElementType) -> Bool {
    if self == other { return true }
    if let own = Self.floats[self] {
      if let float = Self.floats[other] {
        return own.precision >= float.precision && own.exponentBits >= float.exponentBits
      }
      return other == .bool || other.isInteger && other.magnitudeBits <= own.precision
    }
    guard isInteger else { return false }
    if other == .bool { return true }
    guard other.isInteger, arithmetic == .signed || other.arithmetic == .unsigned else { return false }
    return magnitudeBits >= other.magnitudeBits
  }

  /// The bits of an integer's magnitude; the smallest negative number needs no more than the others.
  private var magnitudeBits: Int { arithmetic == .signed ? bitWidth - 1 : bitWidth }
}
