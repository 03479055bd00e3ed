import GraphIR
import TensorCore

/// # CumProd
///
/// The products of the elements up to each place along an axis.
///
///     y[i] = Π x[j]      j ≤ i along the axis; j < i if exclusive; ≥ and > if reverse
///
/// - Inputs: `x` (T): any shape of rank 1 or more. `axis` (T2): one number, negative from the end.
/// - Outputs: `y` (T): the shape of `x`.
/// - Attributes: `exclusive` (default 0): 1 leaves the element itself out. `reverse` (default 0): 1 starts
///   from the end.
/// - Types: T is a float type or an integer of 32 or 64 bits. T2 is int32 or int64.
/// - Errors: `axis` out of range or not one number.
/// - Versions: 26.
/// - Source: onnx/defs/math/defs.cc.
/// - Notes: TSN-0036 (each product is taken wide and rounded once); integers wrap.
struct CumProd: CumulativeFunction {
  private static let version26 = OperatorVersion(
    since: 26, inputs: [.single("x", "T"), .single("axis", "T2")], outputs: [.single("y", "T")],
    attributes: [.int("exclusive", 0), .int("reverse", 0)],
    types: ["T": .floats | .integers32And64, "T2": .indices])
  static let schema = OperatorSchema("CumProd", versions: [version26])

  let direction: CumulativeDirection

  init(_ node: NodeAttributes) throws { direction = try CumulativeDirection(node) }

  func scan<W: WideNumber>(_ line: [W]) throws -> [W] {
    var products = [W.one]
    try line.forEach(spending: 1) { products.append((products.last ?? .one) &* $0) }
    return products
  }
}
