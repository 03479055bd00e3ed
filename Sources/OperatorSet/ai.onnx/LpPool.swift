import GraphIR
import TensorCore

/// # LpPool
///
/// The Lp norm of the elements under a window that slides over each channel.
///
///     Y[n, c, o…] = (Σ k…  |X[n, c, o·stride + k·dilation − pad]|^p)^(1/p)
///
/// where X counts as 0 in the padding.
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk].
/// - Outputs: `Y` (T): [N, C, O1, …, Ok].
/// - Attributes: `p`: the order of the norm, by default 2; a float in 1. `kernel_shape`: the extents of the
///   window; in 1 it may be left out and is then the whole input. `strides`, `dilations` (from 18): by
///   default 1. `pads`: cells before each axis, then after each; by default 0. `auto_pad`: SAME_UPPER and
///   SAME_LOWER compute pads so that O = ⌈D / stride⌉, an odd cell going to the end or to the begin; VALID
///   means none. `ceil_mode` (from 18): 1 lets a last, partial window count unless it would start in the end
///   padding.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: a rank below 3; a window so large that the number of cells would be negative; `p` not positive.
/// - Versions: 1, 2 (`p` is an integer, `kernel_shape` required), 11 (defaults of strides written down), 18
///   (`ceil_mode`, `dilations`), 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0003 (`ceil_mode`), TSN-0051 (extents of 0), TSN-0053 (SAME with a long stride).
package struct LpPool: WindowedPooling {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
    attributes: [
      .string("auto_pad", "NOTSET"), .optional("kernel_shape", .ints), .float("p", 2.0),
      .optional("pads", .ints), .optional("strides", .ints),
    ],
    types: ["T": .ieeeFloats])
  private static let version2 = version1.then(
    since: 2, "p is an integer, kernel_shape required",
    attributes: [.required("kernel_shape", .ints), .int("p", 2)])
  private static let version11 = version2.then(since: 11, "strides default to 1")
  private static let version18 = version11.then(
    since: 18, "ceil_mode and dilations",
    attributes: [.int("ceil_mode", 0), .optional("dilations", .ints)])
  private static let version22 = version18.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema(
    "LpPool", versions: [version1, version2, version11, version18, version22])

  package var window: WindowAttributes
  let norm: LpNorm

  package init(_ node: NodeAttributes) throws {
    window = try WindowAttributes(node, trimsForSame: true)
    norm = try LpNorm(node)
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown] }
    return [.tensor(type, try pooledDims(window, X: X))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let planes = try PooledPlanes(window, X: X.shape)
    let x = X.doubles()
    let y = try planes.map(repeating: 0.0) { plane, window in
      try norm.value(window.cells.lazy.map { x[plane + $0] })
    }
    return [.tensor(Tensor(X.elementType, shape: planes.output, rounding: y))]
  }
}
