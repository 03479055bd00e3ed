import GraphIR
import TensorCore

/// # AveragePool
///
/// The mean of the elements under a window that slides over each channel.
///
///     Y[n, c, o…] = Σ k…  X[n, c, o·stride + k·dilation − pad] / count(o)
///
/// where X counts as 0 in the padding, and count(o) is the number of cells under the window: those on the
/// input, or with `count_include_pad` those on the padded input.
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk].
/// - Outputs: `Y` (T): [N, C, O1, …, Ok].
/// - Attributes: `kernel_shape`: the extents of the window. `strides`, `dilations` (from 19): by default 1.
///   `pads`: cells before each axis, then after each; by default 0. `auto_pad`: SAME_UPPER and SAME_LOWER
///   compute pads so that O = ⌈D / stride⌉, an odd cell going to the end or to the begin; VALID means none.
///   `ceil_mode` (from 10): 1 lets a last, partial window count unless it would start in the end padding.
///   `count_include_pad` (from 7): 1 divides by the padding cells too.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: a rank below 3; a window so large that the number of cells would be negative.
/// - Versions: 1, 7 (`count_include_pad`), 10 (`ceil_mode`), 11 (defaults of strides written down), 19
///   (`dilations`), 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0002 (cells beyond the padded input never count; a mean of no cells is NaN); TSN-0051
///   (extents of 0); TSN-0053 (SAME with a long stride).
package struct AveragePool: WindowedPooling {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
    attributes: [
      .string("auto_pad", "NOTSET"), .required("kernel_shape", .ints), .optional("pads", .ints),
      .optional("strides", .ints),
    ],
    types: ["T": .ieeeFloats])
  private static let version7 = version1.then(
    since: 7, "count_include_pad", attributes: [.int("count_include_pad", 0)])
  private static let version10 = version7.then(since: 10, "ceil_mode", attributes: [.int("ceil_mode", 0)])
  private static let version11 = version10.then(since: 11, "strides default to 1")
  private static let version19 = version11.then(
    since: 19, "dilations", attributes: [.optional("dilations", .ints)])
  private static let version22 = version19.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema(
    "AveragePool", versions: [version1, version7, version10, version11, version19, version22])

  package var window: WindowAttributes
  package let countsPadding: Bool

  package init(_ node: NodeAttributes) throws {
    window = try WindowAttributes(node, trimsForSame: true)
    countsPadding = node.optionalInt("count_include_pad") == 1
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
      var sum = CompensatedSum()
      for cell in window.cells { sum.add(x[plane + cell]) }
      return sum.value / Double(countsPadding ? window.paddedCount : window.cells.count)
    }
    return [.tensor(Tensor(X.elementType, shape: planes.output, rounding: y))]
  }
}
