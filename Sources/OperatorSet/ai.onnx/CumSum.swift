import GraphIR
import TensorCore

/// # CumSum
///
/// The sums of the elements up to each place along an axis.
///
///     y[i] = Σ x[j]      j ≤ i along the axis; j < i if exclusive; ≥ and > if reverse
///
/// - Inputs: `x` (T): any shape of rank 1 or more. `axis` (T2): one number, negative from the end.
/// - Outputs: `y` (T): the shape of `x`.
/// - Attributes: `exclusive` (default 0): 1 leaves the element itself out. `reverse` (default 0): 1 sums from
///   the end.
/// - Types: T is float, double or an integer of 32 or 64 bits; float16 and bfloat16 from 14. T2 is int32 or
///   int64.
/// - Errors: `axis` out of range or not one number.
/// - Versions: 11, 14 (float16, bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0036 (each sum is taken wide and rounded once), TSN-0050 (a sum of −0 is −0); integers
///   wrap.
package struct CumSum: CumulativeFunction {
  private static let version11 = OperatorVersion(
    since: 11, inputs: [.single("x", "T"), .single("axis", "T2")], outputs: [.single("y", "T")],
    attributes: [.int("exclusive", 0), .int("reverse", 0)],
    types: ["T": .integers32And64 | .tensors(.double, .float), "T2": .indices])
  private static let version14 = version11.then(
    since: 14, "float16 and bfloat16", types: ["T": .floats | .integers32And64])
  package static let schema = OperatorSchema("CumSum", versions: [version11, version14])

  package var rounding: Rounding { .sumOfProducts }

  let direction: CumulativeDirection

  package init(_ node: NodeAttributes) throws { direction = try CumulativeDirection(node) }

  func scan<W: WideNumber>(_ line: [W]) throws -> [W] {
    var sum = WideSum<W>()
    return try [.zero]
      + line.map(spending: 1) { x in
        sum.add(x)
        return sum.value
      }
  }
}
