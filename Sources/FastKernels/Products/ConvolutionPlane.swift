import OperatorSet

/// A convolution with one or two spatial axes, seen in two dimensions: which cells of the input lie under
/// which of the output. One-dimensional ones have a height of 1.
struct ConvolutionPlane: Sendable {
  let shapes: ConvShapes
  private let height: WindowAxis
  private let width: WindowAxis
  private let outWidth: Int
  /// Cells of one output channel.
  let cells: Int

  init(_ shapes: ConvShapes) {
    self.shapes = shapes
    let unit = WindowAxis(
      input: 1, kernel: 1, stride: 1, dilation: 1, pads: (0, 0), autoPad: .notSet, roundsUp: false)
    height = shapes.axes.count == 2 ? shapes.axes[0] : unit
    width = shapes.axes[shapes.axes.count - 1]
    outWidth = shapes.outputExtents[shapes.outputExtents.count - 1]
    cells = shapes.outputExtents.product
  }

  /// The terms of each sum.
  var depth: Int { shapes.groupChannels * height.kernel * width.kernel }
  var inputCells: Int { height.input * width.input }
  var groupFilters: Int { shapes.filters / shapes.group }
  var isDepthwise: Bool { groupFilters == 1 && shapes.groupChannels == 1 }

  /// Reads neighbours of the input, or each `step`-th: from where, the step, to where, and how many.
  typealias Reader<Element> = (Int, Int, UnsafeMutablePointer<Element>, Int) -> Void

  /// target[c, kh, kw][cell] = X[c, oh·stride + kh·dilation − pad, …], `zero` in the padding.
  ///
  /// - Parameter group: counts groups through all images.
  func gather<Element>(
    _ group: Int, _ cells: Range<Int>, zero: Element, into target: UnsafeMutablePointer<Element>,
    _ read: Reader<Element>
  ) {
    var row = target
    for c in 0..<shapes.groupChannels {
      let channel = (group * shapes.groupChannels + c) * inputCells
      for kh in 0..<height.kernel {
        for kw in 0..<width.kernel {
          if isPointwise {
            read(channel + cells.lowerBound, 1, row, cells.count)
          } else {
            gatherRow(channel, kh, kw, cells, zero, row, read)
          }
          row += cells.count
        }
      }
    }
  }

  /// A 1×1 kernel that visits every cell reads the input as it lies.
  private var isPointwise: Bool {
    [height, width].allSatisfy { $0.kernel == 1 && $0.stride == 1 && $0.padBegin == 0 && $0.padEnd == 0 }
  }

  private func gatherRow<Element>(
    _ channel: Int, _ kh: Int, _ kw: Int, _ cells: Range<Int>, _ zero: Element,
    _ row: UnsafeMutablePointer<Element>, _ read: Reader<Element>
  ) {
    var target = row
    var cell = cells.lowerBound
    while cell < cells.upperBound {
      let (oh, ow) = (cell / outWidth, cell % outWidth)
      let columns = ow..<(ow + min(outWidth - ow, cells.upperBound - cell))
      let h = height.inputCell(oh, kh)
      let isInside = h >= 0 && h < height.input
      let inside = isInside ? columnsInside(kw).clamped(to: columns) : ow..<ow
      let before = inside.lowerBound - ow
      target.update(repeating: zero, count: before)
      if !inside.isEmpty {
        let source = channel + h * width.input + width.inputCell(inside.lowerBound, kw)
        read(source, width.stride, target + before, inside.count)
      }
      (target + before + inside.count).update(repeating: zero, count: columns.upperBound - inside.upperBound)
      target += columns.count
      cell += columns.count
    }
  }

  /// The output columns whose input cell under kernel column `kw` is no padding.
  private func columnsInside(_ kw: Int) -> Range<Int> {
    let shift = width.padBegin - kw * width.dilation
    let first = shift <= 0 ? 0 : min(outWidth, (shift + width.stride - 1) / width.stride)
    let room = width.input - 1 + shift
    let last = room < 0 ? 0 : min(outWidth, room / width.stride + 1)
    return first..<max(first, last)
  }

  /// Calls `body` for each kernel cell and each row of one output channel with the cells of it that have an
  /// input cell: the kernel cell, the first input cell, the step to the next, the first output cell, and how
  /// many.
  func forEachTapRow(_ body: (Int, Int, Int, Int, Int) -> Void) {
    for kh in 0..<height.kernel {
      for kw in 0..<width.kernel {
        let inside = columnsInside(kw)
        guard !inside.isEmpty else { continue }
        for oh in 0..<(cells / outWidth) {
          let h = height.inputCell(oh, kh)
          guard h >= 0, h < height.input else { continue }
          body(
            kh * width.kernel + kw, h * width.input + width.inputCell(inside.lowerBound, kw), width.stride,
            oh * outWidth + inside.lowerBound, inside.count)
        }
      }
    }
  }
}
