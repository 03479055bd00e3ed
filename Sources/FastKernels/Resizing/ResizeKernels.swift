import Execution
import OperatorSet
import TensorCore

/// Resize of float tensors whose last two axes alone change, in any mode: which cells an output cell takes, and how much
/// of each, the definition says.
enum ResizeKernels {
  static let all = [Kernel("resize.float", for: Resize.self, resize)]

  private static func resize(_ resize: Resize, _ inputs: Inputs<Value>, _ context: KernelContext) throws
    -> [Value]?
  {
    let X = try inputs.tensor(0)
    guard X.elementType == .float, X.rank >= 2, X.count > 0 else { return nil }
    let axes = try resize.cells(X.shape, inputs)
    let shape = axes.map(\.count)
    let count = try elementCount(shape)
    let spatial = X.rank - 2
    guard count > 0, shape.prefix(spatial) == X.shape.prefix(spatial) else { return nil }
    let taps = try zip(axes, X.shape).map { try AxisTaps($0, extent: $1, isNearest: resize.mode == .nearest) }
    guard taps.prefix(spatial).allSatisfy({ $0?.isIdentity == true }), let rows = taps[spatial],
      let columns = taps[spatial + 1]
    else { return nil }
    let bands = ResizedBands(
      rows: rows, columns: columns, height: X.shape[spatial], width: X.shape[spatial + 1])
    guard let scratchCount = bands.scratchCount else { return nil }
    let storage = Storage(byteCount: count * MemoryLayout<Float>.stride)
    let y = storage.base.assumingMemoryBound(to: Float.self)
    let planes = X.shape.prefix(spatial).product
    let (inputCells, outputCells) = (X.count / planes, count / planes)
    try X.withFloats { x in
      try context.forEachChunk(planes * bands.count, scratch: scratchCount) { chunk, scratch in
        let plane = chunk / bands.count
        bands.resize(
          x + plane * inputCells, y + plane * outputCells, band: chunk % bands.count, scratch, context)
      }
    }
    return [.tensor(Tensor(.float, shape: shape, storage: storage))]
  }
}

/// The cells of one axis that each output cell takes, equally many of each.
struct AxisTaps: Sendable {
  let count: Int
  /// How many an output cell takes.
  let tapCount: Int
  /// [count, tapCount].
  let cells: [Int]
  let weights: [Float]
  /// Whether the axis stays as it is.
  let isIdentity: Bool

  private typealias CellWeight = (cell: Int, weight: Double)

  /// More taps than these are the definition's affair.
  private static let mostTaps = 1 << 22

  /// Nil where an output cell takes no cell, or where there are too many.
  init?(_ axis: ResampledAxis, extent: Int, isNearest: Bool) throws {
    guard axis.count <= Self.mostTaps else { return nil }
    var (taps, isIdentity, all) = ([[CellWeight]](), axis.count == extent, 0)
    for o in 0..<axis.count {
      guard let own = try axis.taps(o), !own.isEmpty else { return nil }
      all += own.count
      guard all <= Self.mostTaps else { return nil }
      let isOwn = own.allSatisfy { $0.cell == o || $0.weight == 0 }
      isIdentity = isIdentity && isOwn && own.reduce(0) { $0 + $1.weight } == 1
      taps.append(own.map { ($0.cell, $0.weight) })
    }
    (count, self.isIdentity, moves) = (axis.count, isIdentity, isNearest || isIdentity)
    // What the definition leaves as it is must not be multiplied by weights of 0.
    if isIdentity { taps = (0..<axis.count).map { [($0, 1)] } }
    let most = taps.reduce(0) { max($0, $1.count) }
    guard most * count <= 2 * Self.mostTaps else { return nil }
    tapCount = most
    let even = taps.map { Self.filled($0, to: most) }
    cells = even.flatMap { $0.map(\.cell) }
    weights = even.flatMap { $0.map { Float($0.weight) } }
  }

  /// As many taps for every cell: the last one is halved, again and again. A weight of 0 besides would make NaN of an
  /// infinite cell.
  private static func filled(_ taps: [CellWeight], to count: Int) -> [CellWeight] {
    var taps = taps
    while taps.count < count {
      var last = taps.removeLast()
      last.weight /= 2
      taps += [last, last]
    }
    return taps
  }

  /// Whether each output cell is one input cell.
  let moves: Bool
}
