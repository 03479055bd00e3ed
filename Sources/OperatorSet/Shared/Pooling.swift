import GraphIR
import TensorCore

/// A window sliding over the spatial axes of each channel by itself: what the poolings share.
package struct PooledPlanes {
  /// N and C, and their product: the planes that are pooled one by one.
  package let leading: [Int]
  package let axes: [WindowAxis]
  package let outputExtents: [Int]

  /// - Throws: `OperatorError` where X has no spatial axis or the window does not fit.
  package init(_ window: WindowAttributes, X: [Int]) throws {
    try checkPoolingRank(X.count)
    let spatial = Array(X.dropFirst(2))
    leading = Array(X.prefix(2))
    axes = try window.axes(input: spatial, kernel: window.kernelShape ?? spatial)
    outputExtents = try axes.map { try $0.outputCount() }
    _ = try elementCount(output)
  }

  package var output: [Int] { leading + outputExtents }
  package var planes: Int { leading.product }
  package var inputSize: Int { axes.reduce(1) { $0 * $1.input } }
  package var outputSize: Int { outputExtents.product }

  /// Y with Y[plane, o] = `value` of where the plane begins in X and of the window of output cell o.
  package func map<Y>(repeating initial: Y, _ value: (_ plane: Int, _ window: PooledWindow) throws -> Y)
    throws -> [Y]
  {
    var y = [Y](repeating: initial, count: planes * outputSize)
    let (inputSize, outputSize) = (inputSize, outputSize)
    var (o, work) = (0, Work())
    try forEachIndex(outputExtents) { position in
      let window = window(position)
      for plane in 0..<planes {
        try work.spend(1 + window.cells.count)
        y[plane * outputSize + o] = try value(plane * inputSize, window)
      }
      o += 1
    }
    return y
  }

  /// The cells of the input under output cell `o`, in row-major order.
  private func window(_ o: [Int]) -> PooledWindow {
    var window = PooledWindow(cells: [0], paddedCount: 1)
    for (axis, position) in zip(axes, o) {
      let covered = axis.coveredCells(position)
      window.cells = window.cells.flatMap { cell in covered.map { cell * axis.input + $0 } }
      window.paddedCount *= axis.paddedCount(position)
    }
    return window
  }
}

/// An operator that pools. Pads for SAME follow the text's formula, also where it takes cells away; other
/// runtimes leave those (TSN-0053).
package protocol WindowedPooling: HasOtherReadings {
  var window: WindowAttributes { get set }
}

extension WindowedPooling {
  package var otherReadings: [(note: String, definition: Self)] {
    var other = self
    other.window.trimsForSame = false
    return [("TSN-0053", other)]
  }
}

/// What lies under a window.
package struct PooledWindow {
  /// The covered cells of the input, as flat positions within their plane.
  package var cells: [Int]
  /// The number of covered cells of the padded input; cells beyond it, which rounding up lets a window
  /// reach, do not count (TSN-0002).
  package var paddedCount: Int
}

extension WindowAxis {
  /// The input cells under output cell `o`, ascending; kernel cells in the padding have none.
  package func coveredCells(_ o: Int) -> StrideTo<Int> {
    let kernel = kernelCells(o, from: 0, to: input)
    return Swift.stride(
      from: inputCell(o, kernel.lowerBound), to: inputCell(o, kernel.upperBound), by: dilation)
  }

  /// How many kernel cells of output cell `o` lie on the input or its padding.
  package func paddedCount(_ o: Int) -> Int {
    kernelCells(o, from: -padBegin, to: input + max(padEnd, 0)).count
  }

  /// The kernel cells k of output cell `o` whose input cell lies in `lower`..<`upper`.
  private func kernelCells(_ o: Int, from lower: Int, to upper: Int) -> Range<Int> {
    let origin = inputCell(o, 0)
    let first = min(max(0, (lower - origin + dilation - 1) / dilation), kernel)
    let end = min(max(first, (upper - origin + dilation - 1) / dilation), kernel)
    return first..<max(first, end)
  }
}

/// Refuses an input without spatial axes.
package func checkPoolingRank(_ rank: Int) throws {
  guard rank >= 3 else {
    throw OperatorError(.invalidShape, "X has rank \(rank), but needs [N, C, D1, …], a rank of 3 or more")
  }
}

/// The dims of a pooling's output; nil where the rank of X is unknown.
package func pooledDims(_ window: WindowAttributes, X: Fact) throws -> [Dim]? {
  guard let x = X.dims else { return nil }
  try checkPoolingRank(x.count)
  let spatial = Array(x.dropFirst(2))
  let kernel = window.kernelShape.map { $0.map(Dim.value) } ?? spatial
  return Array(x.prefix(2)) + (try window.outputDims(input: spatial, kernel: kernel))
}

/// An operator that reduces each channel of [N, C, D1, …] to one number: Y[n, c] = f(X[n, c, …]), of shape
/// [N, C, 1, …].
package protocol GlobalPooling: Operator {
  /// f of the elements of one channel.
  func value(_ x: ArraySlice<Double>) throws -> Double
}

extension GlobalPooling {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown] }
    guard let x = X.dims else { return [.tensor(type, nil)] }
    try checkGlobalRank(x.count)
    return [.tensor(type, x.prefix(2) + x.dropFirst(2).map { _ in 1 })]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    try checkGlobalRank(X.rank)
    let x = X.doubles()
    let size = X.shape.dropFirst(2).product
    let planes = X.shape[0] * X.shape[1]
    let y = try (0..<planes).map(spending: 1) { try value(x[($0 * size)..<(($0 + 1) * size)]) }
    let shape = X.shape.prefix(2) + X.shape.dropFirst(2).map { _ in 1 }
    return [.tensor(Tensor(X.elementType, shape: Array(shape), rounding: y))]
  }

  private func checkGlobalRank(_ rank: Int) throws {
    guard rank >= 2 else {
      throw OperatorError(.invalidShape, "X has rank \(rank), but needs [N, C, D1, …], a rank of 2 or more")
    }
  }
}
