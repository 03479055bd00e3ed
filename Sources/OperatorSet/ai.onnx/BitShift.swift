import GraphIR
import TensorCore

/// # BitShift
///
/// The bits of each integer moved left or right, after broadcasting.
///
///     Z[i] = X[i] · 2^Y[i]         direction = LEFT, high bits are lost
///          = ⌊X[i] / 2^Y[i]⌋       direction = RIGHT
///
/// - Inputs: `X` (T): the numbers. `Y` (T): by how many bits each moves; both broadcast to a common shape.
/// - Outputs: `Z` (T): the common shape. By as many bits as T has, or by a negative number, all bits are
///   lost: what remains is 0, or −1 for a negative X to the right.
/// - Attributes: `direction`: `LEFT` or `RIGHT`; to the right, signed numbers keep their sign.
/// - Types: T is an unsigned integer, from 28 also signed integers.
/// - Errors: shapes that do not broadcast; another `direction`.
/// - Versions: 11, 28 (signed integers; amounts out of range have a result).
/// - Source: onnx/defs/logical/defs.cc, old.cc.
/// - Notes: TSN-0061: before 28 the text does not say what amounts out of range give, and the rule of 28 is
///   used.
struct BitShift: BitFunction {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("X", "T"), .single("Y", "T")],
    outputs: [.single("Z", "T")],
    attributes: [.required("direction", .string)],
    types: ["T": .unsignedIntegers])
  private static let version28 = version11.then(
    since: 28, "signed integers; amounts out of range have a result", types: ["T": .integers])
  static let schema = OperatorSchema("BitShift", versions: [version11, version28])

  var rounding: Rounding { .none }

  enum Direction: String, CaseIterable, Sendable {
    case left = "LEFT"
    case right = "RIGHT"
  }

  let direction: Direction

  init(_ node: NodeAttributes) throws { direction = try node.choice("direction") }

  func value(_ x: Int64, _ y: Int64, type: ElementType) -> Int64 {
    // As unsigned numbers, negative amounts are too large as well.
    let isBeyond = UInt64(bitPattern: y) >= UInt64(type.bitWidth)
    switch direction {
    case .left: return isBeyond ? 0 : x << y
    case .right where type.arithmetic == .unsigned:
      return isBeyond ? 0 : Int64(bitPattern: UInt64(bitPattern: x) >> UInt64(bitPattern: y))
    case .right: return isBeyond ? (x < 0 ? -1 : 0) : x >> y
    }
  }
}
