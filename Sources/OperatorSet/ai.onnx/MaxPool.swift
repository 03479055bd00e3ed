import GraphIR
import TensorCore

/// # MaxPool
///
/// The largest element under a window that slides over each channel; padding never wins.
///
///     Y[n, c, o…] = max k…  X[n, c, o·stride + k·dilation − pad]
///     Indices[n, c, o…] = the flat position in X of the first element that is Y[n, c, o…]
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk].
/// - Outputs: `Y` (T): [N, C, O1, …, Ok]. `Indices` (I), optional, from 8: of the shape of Y, positions in
///   the unpadded X.
/// - Attributes: `kernel_shape`: the extents of the window. `strides`, `dilations` (from 10): by default 1.
///   `pads`: cells before each axis, then after each; by default 0. `auto_pad`: SAME_UPPER and SAME_LOWER
///   compute pads so that O = ⌈D / stride⌉, an odd cell going to the end or to the begin; VALID means none.
///   `ceil_mode` (from 10): 1 lets a last, partial window count unless it would start in the end padding.
///   `storage_order` (from 8): 1 counts `Indices` with the first spatial axis fastest within a channel.
/// - Types: T is float16, float or double; also int8 and uint8 from 12 and bfloat16 from 22. I is int64.
/// - Errors: a rank below 3; a window so large that the number of cells would be negative.
/// - Versions: 1, 8 (`Indices`, `storage_order`), 10 (`ceil_mode`, `dilations`), 11 (defaults of strides and
///   dilations written down), 12 (8-bit integers), 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0003 (`ceil_mode`; a window of nothing but padding gives −∞ or the smallest integer, and
///   index −1); TSN-0015 (the first NaN under a window wins); TSN-0051 (extents of 0); TSN-0053
///   (SAME with a long stride).
package struct MaxPool: WindowedPooling {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
    attributes: [
      .string("auto_pad", "NOTSET"), .required("kernel_shape", .ints), .optional("pads", .ints),
      .optional("strides", .ints),
    ],
    types: ["T": .ieeeFloats])
  private static let version8 = version1.then(
    since: 8, "Indices and storage_order", outputs: [.single("Y", "T"), .optional("Indices", "I")],
    attributes: [.int("storage_order", 0)], types: ["I": .tensors(.int64)])
  private static let version10 = version8.then(
    since: 10, "ceil_mode and dilations",
    attributes: [.int("ceil_mode", 0), .optional("dilations", .ints)])
  private static let version11 = version10.then(since: 11, "strides and dilations default to 1")
  private static let version12 = version11.then(
    since: 12, "8-bit integers", types: ["T": .ieeeFloats | .tensors(.int8, .uint8)])
  private static let version22 = version12.then(
    since: 22, "bfloat16", types: ["T": .floats | .tensors(.int8, .uint8)])
  package static let schema = OperatorSchema(
    "MaxPool", versions: [version1, version8, version10, version11, version12, version22])

  package var rounding: Rounding { .none }

  package var window: WindowAttributes
  package let isColumnMajor: Bool

  package init(_ node: NodeAttributes) throws {
    window = try WindowAttributes(node, trimsForSame: true)
    isColumnMajor = node.optionalInt("storage_order") == 1
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown, .unknown] }
    let dims = try pooledDims(window, X: X)
    return [.tensor(type, dims), .tensor(.int64, dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let planes = try PooledPlanes(window, X: X.shape)
    let winners = try X.elementType.inWideNumbers(WinningCells(X: X, planes: planes))
    let indices = winners.map { Int64(isColumnMajor ? columnMajor($0, planes) : $0) }
    return [
      .tensor(selected(X, winners, shape: planes.output)),
      .tensor(Tensor(.int64, shape: planes.output, wrapping: indices)),
    ]
  }

  /// The elements of X at `winners`; at −1 the number below all others, the maximum of nothing.
  private func selected(_ X: Tensor, _ winners: [Int], shape: [Int]) -> Tensor {
    let least = Tensor(
      X.elementType, shape: [1],
      rounding: [X.elementType.isFloating ? -.infinity : X.elementType == .int8 ? -128 : 0])
    let padded = Tensor.joining([X, least], as: X.elementType, shape: [X.count + 1])
    return padded.selecting(winners.map { $0 < 0 ? X.count : $0 }, shape: shape)
  }

  /// The same cell counted with the first spatial axis fastest; the order of the channels stays.
  private func columnMajor(_ position: Int, _ planes: PooledPlanes) -> Int {
    guard position >= 0, planes.inputSize > 0 else { return position }
    var rest = position % planes.inputSize
    var inner = 0
    for axis in planes.axes.reversed() {
      inner = inner * axis.input + rest % axis.input
      rest /= axis.input
    }
    return position / planes.inputSize * planes.inputSize + inner
  }
}

/// For each output cell the flat position in X of the first largest element under the window, or −1.
private struct WinningCells: WideBody {
  let X: Tensor
  let planes: PooledPlanes

  func run<W: WideNumber>(_: W.Type) throws -> [Int] {
    let x = W.elements(of: X)
    return try planes.map(repeating: -1) { plane, window in
      var best = -1
      for cell in window.cells {
        let i = plane + cell
        if best < 0 || (!x[best].isNaN && (x[i].isNaN || x[i] > x[best])) { best = i }
      }
      return best
    }
  }
}
