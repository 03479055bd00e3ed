import Avx2Kernels
import OperatorSet
import TensorCore
import VectorKernels

/// Where the cells of a convolution lie in the padded input.
struct ConvGeometry: Sendable {
  let shapes: ConvShapes
  /// Extents of the padded input's spatial axes: as far as filters reach.
  let padded: [Int]
  /// Whether a padded copy is needed; else the input serves as it lies.
  let needsCopy: Bool
  /// For each weight of a filter how far its cell lies from the first one under the filter.
  let taps: [Int]
  /// For each output cell where the first cell under the filter lies, in the first channel; the last one is repeated up
  /// to a multiple of 16.
  let cells: [Int]
  /// For filters of one channel each.
  let channel: ChannelGeometry?

  /// Nil where filters reach so far beyond the input that a padded copy would be mostly zeros.
  ///
  /// - Precondition: neither the output nor a filter is empty.
  init?(_ shapes: ConvShapes) {
    self.shapes = shapes
    let reach = zip(shapes.axes, shapes.outputExtents).map { axis, count in
      (count - 1) * axis.stride + (axis.kernel - 1) * axis.dilation + 1
    }
    needsCopy = zip(shapes.axes, reach).contains { $0.padBegin != 0 || $1 > $0.input }
    padded = needsCopy ? reach : shapes.axes.map(\.input)
    let sizes = zip(zip(shapes.axes, shapes.outputExtents), reach)
    guard sizes.allSatisfy({ $1 <= 4 * ($0.0.input + $0.1 * $0.0.stride) + 64 }),
      let plane = try? elementCount(padded), (try? elementCount([shapes.groupChannels, plane])) != nil
    else { return nil }
    channel = shapes.groupChannels == 1 ? ChannelGeometry(shapes) : nil
    guard channel == nil else {
      (taps, cells) = ([], [])
      return
    }
    let strides = rowMajorStrides(padded)
    let window = Self.positions(shapes.axes.map(\.kernel), zip(shapes.axes, strides).map { $0.dilation * $1 })
    taps = (0..<shapes.groupChannels).flatMap { channel in window.map { channel * plane + $0 } }
    var cells = Self.positions(shapes.outputExtents, zip(shapes.axes, strides).map { $0.stride * $1 })
    while cells.count % 16 != 0, let last = cells.last { cells.append(last) }
    self.cells = cells
  }

  /// Σ index·step for all indices below `extents`, in row-major order.
  private static func positions(_ extents: [Int], _ steps: [Int]) -> [Int] {
    zip(extents, steps).reduce([0]) { positions, axis in
      positions.flatMap { position in (0..<axis.0).map { position + $0 * axis.1 } }
    }
  }

  /// The addresses of `taps` and `cells`.
  func withTables(_ body: (UnsafePointer<Int>, UnsafePointer<Int>) -> Void) {
    taps.withUnsafeBufferPointer { taps in
      cells.withUnsafeBufferPointer { cells in
        if let taps = taps.baseAddress, let cells = cells.baseAddress { body(taps, cells) }
      }
    }
  }

  /// Output cells of one channel.
  var outputCells: Int { shapes.outputExtents.product }

  /// Copies one channel of the input to `target`, with zeros around it.
  func pad(_ x: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
    let row = padded[padded.count - 1]
    let rows = padded.dropLast().product
    for index in 0..<rows { padRow(index, x, target + index * row) }
  }

  /// One row of the padded input, of all rows in order.
  private func padRow(_ index: Int, _ x: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
    let (last, width) = (shapes.axes[shapes.axes.count - 1], padded[padded.count - 1])
    var (rest, source, step) = (index, 0, last.input)
    var isInside = true
    for axis in stride(from: padded.count - 2, through: 0, by: -1) {
      let cell = rest % padded[axis] - shapes.axes[axis].padBegin
      rest /= padded[axis]
      isInside = isInside && cell >= 0 && cell < shapes.axes[axis].input
      source += cell * step
      step *= shapes.axes[axis].input
    }
    let first = min(max(last.padBegin, 0), width)
    let count = isInside ? max(0, min(width, last.input + last.padBegin) - first) : 0
    target.update(repeating: 0, count: count == 0 ? width : first)
    guard count > 0 else { return }
    (target + first).update(from: x + source + first - last.padBegin, count: count)
    (target + first + count).update(repeating: 0, count: width - first - count)
  }
}

/// One channel of the padded input, taken apart by the strides: with strides of 2 there are four planes, of the even and
/// the odd rows and columns.
struct ChannelGeometry: Sendable {
  let rows: WindowAxis
  let columns: WindowAxis
  let outputRows: Int
  let outputColumns: Int
  /// Extents of one plane.
  let planeRows: Int
  let planeColumns: Int
  /// Where in the planes the cells under each weight begin.
  let taps: [Int]

  /// Nil where there are more than two spatial axes.
  init?(_ shapes: ConvShapes) {
    guard shapes.axes.count <= 2, let last = shapes.axes.last, shapes.axes.allSatisfy({ $0.stride <= 4 })
    else { return nil }
    let isPlanar = shapes.axes.count == 2
    rows =
      isPlanar
      ? shapes.axes[0]
      : WindowAxis(
        input: 1, kernel: 1, stride: 1, dilation: 1, pads: (0, 0), autoPad: .notSet, roundsUp: false)
    columns = last
    outputRows = isPlanar ? shapes.outputExtents[0] : 1
    outputColumns = shapes.outputExtents[shapes.outputExtents.count - 1]
    func extent(_ axis: WindowAxis, _ count: Int) -> Int {
      count + (axis.kernel - 1) * axis.dilation / axis.stride
    }
    planeRows = extent(rows, outputRows)
    planeColumns = extent(columns, outputColumns)
    let (rows, columns, plane) = (rows, columns, planeRows * planeColumns)
    let planeColumns = planeColumns
    taps = (0..<rows.kernel).flatMap { i in
      (0..<columns.kernel).map { j in
        let (r, c) = (i * rows.dilation, j * columns.dilation)
        let phase = r % rows.stride * columns.stride + c % columns.stride
        return phase * plane + r / rows.stride * planeColumns + c / columns.stride
      }
    }
  }

  /// The floats of all planes, and those behind that a lane may read.
  var planesCount: Int { rows.stride * columns.stride * planeRows * planeColumns + 16 }

  /// Fills the planes, which hold zeros around it, with one channel of the input.
  func fillPlanes(_ x: UnsafePointer<Float>, _ planes: UnsafeMutablePointer<Float>) {
    let plane = planeRows * planeColumns
    // A negative pad leaves out the first cells.
    let first = max(0, -columns.padBegin)
    let last = min(columns.input, planeColumns * columns.stride - columns.padBegin)
    guard first < last else { return }
    for h in 0..<rows.input {
      let r = h + rows.padBegin
      guard r >= 0, r / rows.stride < planeRows else { continue }
      let row = planes + r % rows.stride * columns.stride * plane + r / rows.stride * planeColumns
      let source = x + h * columns.input + first
      if columns.stride == 1 {
        (row + first + columns.padBegin).update(from: source, count: last - first)
      } else {
        Self.splitRow(source, last - first, first + columns.padBegin, columns.stride, row, plane)
      }
    }
  }

  private static let splitRow = variant(
    VectorKernels.splitRow(_:count:pad:step:into:plane:),
    avx2: Avx2Kernels.splitRow(_:count:pad:step:into:plane:))
}
