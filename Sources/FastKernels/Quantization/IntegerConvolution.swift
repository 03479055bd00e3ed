import Execution
import OperatorSet
import TensorCore

/// A convolution of bytes with one or two spatial axes, in exact sums.
struct IntegerConvolution {
  let plane: ConvolutionPlane
  private let X: Tensor
  private let W: Tensor
  private let zeroPoint: Int32
  private let filterZeroPoints: [Int32]

  /// - Returns: nil for more axes, empty tensors, and zero points that fit nothing.
  init?(_ conv: Conv, _ X: Tensor, _ W: Tensor, _ zeroPoint: Tensor?, _ filterZeroPoint: Tensor?) throws {
    guard X.isBytes, W.isBytes, X.rank == 3 || X.rank == 4 else { return nil }
    let shapes = try conv.shapes(X: X.shape, W: W.shape)
    guard !shapes.output.contains(0), X.count > 0, W.count > 0,
      let zeroPoints = Tensor.zeroPoints(zeroPoint, of: X, each: 1),
      let filterZeroPoints = Tensor.zeroPoints(filterZeroPoint, of: W, each: shapes.filters)
    else { return nil }
    (self.X, self.W, self.zeroPoint, self.filterZeroPoints) = (X, W, zeroPoints[0], filterZeroPoints)
    plane = ConvolutionPlane(shapes)
  }

  /// Numbers of columns that are made at a time: what the second cache holds, but enough columns to be worth
  /// a walk through the filters.
  private static let blockLength = 1 << 16
  private static let worthwhileColumns = 64
  private static let mostScratch = 1 << 21

  /// Calls `body` with sums of neighbouring cells of an output channel: the channel among all of all images,
  /// the cells, and where their sums lie. Several may come at a time.
  func forEachRow(
    _ packed: KeptStorage?, _ context: KernelContext,
    _ body: (Int, Range<Int>, UnsafeMutablePointer<Int32>) -> Void
  ) throws {
    if plane.isDepthwise { return try forEachDepthwiseRow(context, body) }
    let (depth, filters, groups) = (plane.depth, plane.groupFilters, plane.shapes.group)
    let pack = { PackedIntegers.rows(W, matrices: groups, m: filters, k: depth, filterZeroPoints) }
    let packedFilters = try packed?.storage(pack) ?? pack()
    let wanted = min(
      max(Self.worthwhileColumns, Self.blockLength / depth), Self.mostScratch / depth, 512)
    let width = max(16, wanted / 16 * 16)
    let parts = (plane.cells + width - 1) / width
    // The columns as they are gathered, as they are packed, and the sums.
    let gathered = (depth * width + 1) / 2
    let columnsCount = IntegerLoops.columnsCount(width, depth)
    let filterCount = IntegerLoops.rowsCount(filters, depth)
    try withExtendedLifetime(packedFilters) {
      let a: UnsafeMutablePointer<Int32> = packedFilters.base.cast()
      try context.forEachChunk(
        plane.shapes.batch * groups * parts,
        scratch: gathered + columnsCount + IntegerLoops.edgeCount + filters * width
      ) { chunk, room in
        let (group, first) = (chunk / parts, chunk % parts * width)
        let cells = first..<min(first + width, plane.cells)
        let room = UnsafeMutableRawPointer(room)
        let words: UnsafeMutablePointer<Int16> = room.cast()
        let columns: UnsafeMutablePointer<Int32> = (room + gathered * 4).cast()
        gather(group, cells, into: words)
        IntegerLoops.packWords(words, cells.count, cells.count, depth, columns)
        let edge = columns + columnsCount
        let sums = edge + IntegerLoops.edgeCount
        IntegerLoops.multiply(
          filters, cells.count, depth, a + group % groups * filterCount, columns, 0, cells.count, sums,
          cells.count, edge)
        for row in 0..<filters { body(group * filters + row, cells, sums + row * cells.count) }
      }
    }
  }

  /// The cells under a kernel less their zero point, 0 in the padding.
  private func gather(_ group: Int, _ cells: Range<Int>, into words: UnsafeMutablePointer<Int16>) {
    X.withUnsafeBytes { bytes in
      guard let x = bytes.baseAddress else { return }
      plane.gather(group, cells, zero: 0, into: words) { cell, step, target, count in
        IntegerLoops.shift(x + cell, X.elementType == .int8, step, target, count, zeroPoint)
      }
    }
  }

  /// One filter over one channel: a sum of shifted rows.
  private func forEachDepthwiseRow(
    _ context: KernelContext, _ body: (Int, Range<Int>, UnsafeMutablePointer<Int32>) -> Void
  ) throws {
    let (inputCells, filters) = (plane.inputCells, plane.shapes.filters)
    let room = (inputCells + 1) / 2
    let weights = W.integers().map { Int32(truncatingIfNeeded: $0) }
    try context.forEachChunk(plane.shapes.batch * filters, scratch: room + plane.cells) { channel, scratch in
      let words: UnsafeMutablePointer<Int16> = UnsafeMutableRawPointer(scratch).cast()
      let sums: UnsafeMutablePointer<Int32> = UnsafeMutableRawPointer(scratch + room).cast()
      X.withUnsafeBytes { bytes in
        guard let x = bytes.baseAddress else { return }
        IntegerLoops.shift(
          x + channel * inputCells, X.elementType == .int8, 1, words, inputCells, zeroPoint)
      }
      let filter = channel % filters
      let filterZeroPoint = filterZeroPoints[filterZeroPoints.count > 1 ? filter : 0]
      sums.update(repeating: 0, count: plane.cells)
      plane.forEachTapRow { tap, cell, step, target, count in
        let weight = weights[filter * plane.depth + tap] - filterZeroPoint
        IntegerLoops.addWeighted(words + cell, step, weight, sums + target, count)
      }
      body(channel, 0..<plane.cells, sums)
    }
  }
}
