import GraphIR
import TensorCore

/// # Conv
///
/// Slides a bank of filters over a tensor; each output cell is the sum of products of a filter and what lies
/// under it (a cross-correlation: the filter is not flipped).
///
///     Y[n, m, o…] = B[m] + Σ c, k…  W[m, c, k…] · X[n, g·C/group + c, o·stride + k·dilation − pad]
///
/// where g = m / (M / group) is the group of filter m, and X counts as 0 in the padding.
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk]. `W` (T): [M, C/group, K1, …, Kk]. `B` (T), optional: [M].
/// - Outputs: `Y` (T): [N, M, O1, …, Ok].
/// - Attributes: `kernel_shape`: K, by default that of W. `strides`, `dilations`: by default 1. `pads`: cells
///   added at the begin of each axis, then at the end of each; by default 0. `auto_pad`: SAME_UPPER and
///   SAME_LOWER compute pads so that O = ⌈D / stride⌉, an odd cell going to the end or to the begin; VALID
///   means none. `group`: into how many parts the channels are split.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: ranks or channels that do not fit together; a kernel so large that the number of
///   cells would be negative.
/// - Versions: 1, 11 (defaults of strides and dilations written down), 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0036 (sums are taken in a wider type and rounded once), TSN-0051 (extents of 0), TSN-0053
///   (SAME with a long stride).
package struct Conv: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T"), .single("W", "T"), .optional("B", "T")],
    outputs: [.single("Y", "T")],
    attributes: [
      .string("auto_pad", "NOTSET"), .optional("dilations", .ints), .int("group", 1),
      .optional("kernel_shape", .ints), .optional("pads", .ints), .optional("strides", .ints),
    ],
    types: ["T": .ieeeFloats])
  private static let version11 = version1.then(since: 11, "strides and dilations default to 1")
  private static let version22 = version11.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("Conv", versions: [version1, version11, version22])

  package var rounding: Rounding { .sumOfProducts }

  package let window: WindowAttributes
  package let group: Int

  package init(_ node: NodeAttributes) throws {
    window = try WindowAttributes(node)
    group = try node.int("group")
    guard group > 0 else { throw OperatorError(.invalidAttribute, "group is \(group), but must be positive") }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, W) = (try inputs.required(0), try inputs.required(1))
    guard let type = X.elementType else { return [.unknown] }
    guard let x = X.dims else { return [.tensor(type, nil)] }
    guard x.count >= 3 else { throw rankError(x.count) }
    let kernel = window.kernelShape.map { $0.map(Dim.value) } ?? W.dims.map { Array($0.dropFirst(2)) }
    guard let kernel else { return [.tensor(type, x.map { _ in .unknown })] }
    if let w = W.dims { try checkChannels(x.map(\.number), w.map(\.number)) }
    let spatial = try window.outputDims(input: Array(x.dropFirst(2)), kernel: kernel)
    return [.tensor(type, [x[0], W.dim(0)] + spatial)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, W) = (try inputs.tensor(0), try inputs.tensor(1))
    let shapes = try shapes(X: X.shape, W: W.shape)
    let bias = try bias(inputs.optionalTensor(2), filters: shapes.filters)
    let y = try shapes.convolve(X.doubles(), W.doubles(), bias: bias)
    return [.tensor(Tensor(X.elementType, shape: shapes.output, rounding: y))]
  }

  private func bias(_ B: Tensor?, filters: Int) throws -> [Double] {
    guard let B else { return [Double](repeating: 0, count: filters) }
    guard B.shape == [filters] else {
      throw OperatorError(.invalidShape, "B has shape \(B.shape), but W has \(filters) filters")
    }
    return B.doubles()
  }

  /// All extents of one convolution, checked against each other.
  package func shapes(X: [Int], W: [Int]) throws -> ConvShapes {
    guard X.count >= 3 else { throw rankError(X.count) }
    try checkChannels(X, W)
    if let kernel = window.kernelShape, kernel != Array(W.dropFirst(2)) {
      throw OperatorError(.invalidShape, "kernel_shape is \(kernel), but W has shape \(W)")
    }
    let axes = try window.axes(input: Array(X.dropFirst(2)), kernel: Array(W.dropFirst(2)))
    let shapes = ConvShapes(
      batch: X[0], filters: W[0], group: group, groupChannels: W[1], axes: axes,
      outputExtents: try axes.map { try $0.outputCount() })
    _ = try elementCount(shapes.output)
    return shapes
  }

  private func rankError(_ rank: Int) -> OperatorError {
    OperatorError(.invalidShape, "X has rank \(rank), but needs [N, C, D1, …], a rank of 3 or more")
  }

  private func checkChannels(_ X: [Int?], _ W: [Int?]) throws {
    guard W.count == X.count else {
      throw OperatorError(.invalidShape, "W has rank \(W.count), but X has rank \(X.count)")
    }
    if let channels = X[1], let groupChannels = W[1] {
      let (wanted, overflow) = groupChannels.multipliedReportingOverflow(by: group)
      guard channels == wanted, !overflow else {
        throw OperatorError(
          .invalidShape,
          "X has \(channels) channels, but W.shape[1]·group = \(groupChannels)·\(group)"
            + (overflow ? "" : " = \(wanted)"))
      }
    }
    if let filters = W[0], filters % group != 0 {
      throw OperatorError(.invalidShape, "W has \(filters) filters, which group = \(group) does not divide")
    }
  }
}

/// The extents of one convolution.
package struct ConvShapes {
  package let batch: Int
  package let filters: Int
  package let group: Int
  /// Channels of one group: C / group.
  package let groupChannels: Int
  package let axes: [WindowAxis]
  package let outputExtents: [Int]

  package var output: [Int] { [batch, filters] + outputExtents }

  /// Y by the formula: n, m, o over the output; c, k over one filter.
  package func convolve(_ x: [Double], _ w: [Double], bias: [Double]) throws -> [Double] {
    let inputSize = axes.reduce(1) { $0 * $1.input }
    let kernelSize = axes.reduce(1) { $0 * $1.kernel }
    var y: [Double] = []
    y.reserveCapacity(output.product)
    for n in 0..<batch {
      for m in 0..<filters {
        let firstChannel = (n * group + m / (filters / group)) * groupChannels
        try forEachIndex(outputExtents, spending: kernelSize * groupChannels) { o in
          var sum = CompensatedSum(bias[m])
          for (k, cell) in coveredCells(o) {
            for c in 0..<groupChannels {
              sum.add(w[(m * groupChannels + c) * kernelSize + k], x[(firstChannel + c) * inputSize + cell])
            }
          }
          y.append(sum.value)
        }
      }
    }
    return y
  }

  /// The kernel cells of output cell `o` that lie on the input, as flat positions in kernel and input; none
  /// without a channel or where the kernel is empty, however far its other axes go.
  func coveredCells(_ o: [Int]) -> [(kernel: Int, input: Int)] {
    guard groupChannels > 0, !axes.contains(where: { $0.kernel == 0 }) else { return [] }
    var cells = [(kernel: 0, input: 0)]
    for (axis, position) in zip(axes, o) {
      cells = cells.flatMap { cell in
        (0..<axis.kernel).compactMap { k in
          let i = axis.inputCell(position, k)
          guard i >= 0, i < axis.input else { return nil }
          return (cell.kernel * axis.kernel + k, cell.input * axis.input + i)
        }
      }
    }
    return cells
  }
}
