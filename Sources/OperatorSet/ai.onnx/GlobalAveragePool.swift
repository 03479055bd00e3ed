import GraphIR
import TensorCore

/// # GlobalAveragePool
///
/// The mean of each channel.
///
///     Y[n, c] = Σ d…  X[n, c, d…] / (D1 · … · Dk)
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk].
/// - Outputs: `Y` (T): [N, C, 1, …, 1], of the rank of X.
/// - Attributes: none.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: a rank below 2.
/// - Versions: 1, 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0025 (the mean of an empty channel is NaN).
package struct GlobalAveragePool: GlobalPooling {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")], types: ["T": .ieeeFloats])
  private static let version22 = version1.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("GlobalAveragePool", versions: [version1, version22])

  package init(_ node: NodeAttributes) throws {}

  package func value(_ x: ArraySlice<Double>) throws -> Double {
    var sum = CompensatedSum()
    try x.forEach(spending: 1) { sum.add($0) }
    return sum.value / Double(x.count)
  }
}
