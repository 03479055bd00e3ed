import GraphIR
import TensorCore

/// # GlobalLpPool
///
/// The Lp norm of each channel.
///
///     Y[n, c] = (Σ d…  |X[n, c, d…]|^p)^(1/p)
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk].
/// - Outputs: `Y` (T): [N, C, 1, …, 1], of the rank of X.
/// - Attributes: `p`: the order of the norm, by default 2; a float in 1.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: a rank below 2; `p` not positive.
/// - Versions: 1, 2 (`p` is an integer), 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: none.
package struct GlobalLpPool: GlobalPooling {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")], attributes: [.float("p", 2.0)],
    types: ["T": .ieeeFloats])
  private static let version2 = version1.then(since: 2, "p is an integer", attributes: [.int("p", 2)])
  private static let version22 = version2.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("GlobalLpPool", versions: [version1, version2, version22])

  let norm: LpNorm

  package init(_ node: NodeAttributes) throws { norm = try LpNorm(node) }

  package func value(_ x: ArraySlice<Double>) throws -> Double { try norm.value(x) }
}
