import Execution
import OperatorSet
import TensorCore

/// A convolution of bytes with one or two spatial axes, in exact sums; one-dimensional ones have a height of 1.
struct IntegerConvolution {
  let shapes: ConvShapes
  private let X: Tensor
  private let W: Tensor
  private let zeroPoint: Int32
  private let filterZeroPoints: [Int32]
  private let height: WindowAxis
  private let width: WindowAxis
  private let outWidth: Int
  /// Cells of one output channel.
  let cells: Int

  /// - Returns: nil for more axes, empty tensors, and zero points that fit nothing.
  init?(_ conv: Conv, _ X: Tensor, _ W: Tensor, _ zeroPoint: Tensor?, _ filterZeroPoint: Tensor?) throws {
    guard X.isBytes, W.isBytes, X.rank == 3 || X.rank == 4 else { return nil }
    shapes = try conv.shapes(X: X.shape, W: W.shape)
    guard !shapes.output.contains(0), X.count > 0, W.count > 0,
      let zeroPoints = Tensor.zeroPoints(zeroPoint, of: X, each: 1),
      let filterZeroPoints = Tensor.zeroPoints(filterZeroPoint, of: W, each: shapes.filters)
    else { return nil }
    (self.X, self.W, self.zeroPoint, self.filterZeroPoints) = (X, W, zeroPoints[0], filterZeroPoints)
    let unit = WindowAxis(
      input: 1, kernel: 1, stride: 1, dilation: 1, pads: (0, 0), autoPad: .notSet, roundsUp: false)
    height = shapes.axes.count == 2 ? shapes.axes[0] : unit
    width = shapes.axes[shapes.axes.count - 1]
    outWidth = shapes.outputExtents[shapes.outputExtents.count - 1]
    cells = shapes.outputExtents.product
  }

  /// The terms of each sum.
  var depth: Int { shapes.groupChannels * height.kernel * width.kernel }
  private var inputCells: Int { height.input * width.input }
  private var groupFilters: Int { shapes.filters / shapes.group }
  private var isDepthwise: Bool { groupFilters == 1 && shapes.groupChannels == 1 }

  /// Numbers of columns that are made at a time: what the second cache holds.
  private static let blockLength = 1 << 16

  /// Calls `body` with sums of neighbouring cells of an output channel: the channel among all of all images, the cells,
  /// and where their sums lie. Several may come at a time.
  func forEachRow(
    _ packed: PackedIntegers?, _ context: KernelContext,
    _ body: (Int, Range<Int>, UnsafeMutablePointer<Int32>) -> Void
  ) throws {
    if isDepthwise { return try forEachDepthwiseRow(context, body) }
    let pack = { PackedIntegers.rows(W, matrices: shapes.group, m: groupFilters, k: depth, filterZeroPoints) }
    let filters = packed?.storage(pack) ?? pack()
    let width = max(16, min(512, Self.blockLength / depth / 16 * 16))
    let parts = (cells + width - 1) / width
    // The columns as they are gathered, as they are packed, and the sums.
    let gathered = (depth * width + 1) / 2
    let columnsCount = IntegerLoops.columnsCount(width, depth)
    let filterCount = IntegerLoops.rowsCount(groupFilters, depth)
    try withExtendedLifetime(filters) {
      let a: UnsafeMutablePointer<Int32> = filters.base.cast()
      try context.forEachChunk(
        shapes.batch * shapes.group * parts,
        scratch: gathered + columnsCount + IntegerLoops.edgeCount + groupFilters * width
      ) { chunk, room in
        let (group, first) = (chunk / parts, chunk % parts * width)
        let cells = first..<min(first + width, cells)
        let room = UnsafeMutableRawPointer(room)
        let words: UnsafeMutablePointer<Int16> = room.cast()
        let columns: UnsafeMutablePointer<Int32> = (room + gathered * 4).cast()
        gather(group, cells, into: words)
        IntegerLoops.packWords(words, cells.count, cells.count, depth, columns)
        let edge = columns + columnsCount
        let sums = edge + IntegerLoops.edgeCount
        IntegerLoops.multiply(
          groupFilters, cells.count, depth, a + group % shapes.group * filterCount, columns, 0, cells.count,
          sums, cells.count, edge)
        for row in 0..<groupFilters { body(group * groupFilters + row, cells, sums + row * cells.count) }
      }
    }
  }

  /// words[c, kh, kw][cell] = X[c, oh·stride + kh·dilation − pad, …] less its zero point, 0 in the padding.
  private func gather(_ group: Int, _ cells: Range<Int>, into words: UnsafeMutablePointer<Int16>) {
    var row = words
    X.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      for c in 0..<shapes.groupChannels {
        let channel = base + (group * shapes.groupChannels + c) * inputCells
        for kh in 0..<height.kernel {
          for kw in 0..<width.kernel {
            gatherRow(channel, kh, kw, cells, row)
            row += cells.count
          }
        }
      }
    }
  }

  private var isPointwise: Bool {
    [height, width].allSatisfy { $0.kernel == 1 && $0.stride == 1 && $0.padBegin == 0 && $0.padEnd == 0 }
  }

  private func gatherRow(
    _ channel: UnsafeRawPointer, _ kh: Int, _ kw: Int, _ cells: Range<Int>, _ row: UnsafeMutablePointer<Int16>
  ) {
    if isPointwise { return shift(channel + cells.lowerBound, 1, row, cells.count) }
    var target = row
    var cell = cells.lowerBound
    while cell < cells.upperBound {
      let (oh, ow) = (cell / outWidth, cell % outWidth)
      let count = min(outWidth - ow, cells.upperBound - cell)
      let h = height.inputCell(oh, kh)
      if h >= 0 && h < height.input {
        gatherCells(channel + h * width.input, kw, ow..<(ow + count), target)
      } else {
        target.update(repeating: 0, count: count)
      }
      target += count
      cell += count
    }
  }

  private func gatherCells(
    _ line: UnsafeRawPointer, _ kw: Int, _ columns: Range<Int>, _ target: UnsafeMutablePointer<Int16>
  ) {
    let inside = columnsInside(kw).clamped(to: columns)
    let before = inside.lowerBound - columns.lowerBound
    target.update(repeating: 0, count: before)
    shift(line + width.inputCell(inside.lowerBound, kw), width.stride, target + before, inside.count)
    (target + before + inside.count).update(repeating: 0, count: columns.upperBound - inside.upperBound)
  }

  private func shift(
    _ x: UnsafeRawPointer, _ step: Int, _ target: UnsafeMutablePointer<Int16>, _ count: Int
  ) {
    if count > 0 { IntegerLoops.shift(x, X.elementType == .int8, step, target, count, zeroPoint) }
  }

  /// The output columns whose input cell under kernel column `kw` is no padding.
  private func columnsInside(_ kw: Int) -> Range<Int> {
    let shift = width.padBegin - kw * width.dilation
    let first = shift <= 0 ? 0 : min(outWidth, (shift + width.stride - 1) / width.stride)
    let room = width.input - 1 + shift
    let last = room < 0 ? 0 : min(outWidth, room / width.stride + 1)
    return first..<max(first, last)
  }

  // MARK: - One filter for each channel

  /// One filter over one channel: a sum of shifted rows.
  private func forEachDepthwiseRow(
    _ context: KernelContext, _ body: (Int, Range<Int>, UnsafeMutablePointer<Int32>) -> Void
  ) throws {
    let plane = (inputCells + 1) / 2
    let weights = W.integers().map { Int32(truncatingIfNeeded: $0) }
    let kernelSize = height.kernel * width.kernel
    try context.forEachChunk(shapes.batch * shapes.filters, scratch: plane + cells) { channel, room in
      let room = UnsafeMutableRawPointer(room)
      let words: UnsafeMutablePointer<Int16> = room.cast()
      let sums: UnsafeMutablePointer<Int32> = (room + plane * 4).cast()
      X.withUnsafeBytes { bytes in
        if let base = bytes.baseAddress { shift(base + channel * inputCells, 1, words, inputCells) }
      }
      let filter = channel % shapes.filters
      let zeroPoint = filterZeroPoints[filterZeroPoints.count > 1 ? filter : 0]
      sums.update(repeating: 0, count: cells)
      for kh in 0..<height.kernel {
        for kw in 0..<width.kernel {
          let weight = weights[filter * kernelSize + kh * width.kernel + kw] - zeroPoint
          addRows(words, kh, kw, weight, sums)
        }
      }
      body(channel, 0..<cells, sums)
    }
  }

  private func addRows(
    _ words: UnsafeMutablePointer<Int16>, _ kh: Int, _ kw: Int, _ weight: Int32,
    _ sums: UnsafeMutablePointer<Int32>
  ) {
    let inside = columnsInside(kw)
    guard !inside.isEmpty else { return }
    for oh in 0..<(cells / outWidth) {
      let h = height.inputCell(oh, kh)
      guard h >= 0, h < height.input else { continue }
      let source = words + h * width.input + width.inputCell(inside.lowerBound, kw)
      IntegerLoops.addWeighted(
        source, width.stride, weight, sums + oh * outWidth + inside.lowerBound, inside.count)
    }
  }
}
