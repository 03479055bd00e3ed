import GraphIR
import TensorCore

/// # GlobalMaxPool
///
/// The largest element of each channel.
///
///     Y[n, c] = max d…  X[n, c, d…]
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk].
/// - Outputs: `Y` (T): [N, C, 1, …, 1], of the rank of X.
/// - Attributes: none.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: a rank below 2.
/// - Versions: 1, 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0015 (a NaN makes its channel NaN); TSN-0025 (the maximum of an empty channel is −∞).
package struct GlobalMaxPool: GlobalPooling {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")], types: ["T": .ieeeFloats])
  private static let version22 = version1.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("GlobalMaxPool", versions: [version1, version22])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: ArraySlice<Double>) throws -> Double {
    try x.reduce(-.infinity, spending: 1) { $0.isNaN ? $0 : $1.isNaN ? $1 : max($0, $1) }
  }
}
