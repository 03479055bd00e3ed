import Execution
import OperatorSet
import TensorCore

/// The windows of one channel, seen in two dimensions; one-dimensional ones have a height of 1.
struct PoolingGeometry: Sendable {
  let height: WindowAxis
  let width: WindowAxis
  let outHeight: Int
  let outWidth: Int

  init(axes: [WindowAxis], extents: [Int]) {
    let unit = WindowAxis(
      input: 1, kernel: 1, stride: 1, dilation: 1, pads: (0, 0), autoPad: .notSet, roundsUp: false)
    height = axes.count == 2 ? axes[0] : unit
    width = axes[axes.count - 1]
    outHeight = axes.count == 2 ? extents[0] : 1
    outWidth = extents[extents.count - 1]
  }

  var inputCells: Int { height.input * width.input }
  var outputCells: Int { outHeight * outWidth }
}

/// What becomes of the cells under a window: rows are folded along themselves, then with each other, which is the order
/// of the cells.
protocol PoolingRule: Sendable {
  /// What a window over no row begins with.
  var start: Float { get }
  /// Folds along a row.
  func foldRow(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>)
  /// Folds another row into one.
  func foldRows(_ y: UnsafeMutablePointer<Float>, with x: UnsafePointer<Float>)
  /// Makes a row of the output, `o`, of what was folded into `y`; `plane` is the channel's input.
  func finishRow(_ y: UnsafeMutablePointer<Float>, _ o: Int, plane: UnsafePointer<Float>)
}

/// Some rows of the output at a time: rows of the input that several of their windows lie on are folded once.
struct PoolingBands<Rule: PoolingRule>: Sendable {
  private let geometry: PoolingGeometry
  private let rule: Rule
  /// Rows of the output in a band.
  private let rows: Int
  /// Rows of the input under a band.
  private let inputRows: Int
  let count: Int

  /// Cells of the output that are worth a band of their own.
  private static var worthwhile: Int { 1 << 14 }

  init(_ geometry: PoolingGeometry, _ rule: Rule) {
    (self.geometry, self.rule) = (geometry, rule)
    let height = geometry.height
    rows = max(1, min(geometry.outHeight, Self.worthwhile / geometry.outWidth))
    inputRows = min(height.input, (rows - 1) * height.stride + height.extent)
    count = (geometry.outHeight + rows - 1) / rows
  }

  /// A flag and the fold of each row of the input; nil where that is beyond all reason.
  var scratchCount: Int? {
    let (count, overflows) = inputRows.multipliedReportingOverflow(by: 1 + geometry.outWidth)
    return overflows || count > 1 << 24 ? nil : count
  }

  /// The rows of one band of one channel.
  func pool(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, band: Int,
    _ scratch: UnsafeMutablePointer<Float>, _ context: KernelContext
  ) {
    let (height, outWidth) = (geometry.height, geometry.outWidth)
    let (isFolded, folds) = (scratch, scratch + inputRows)
    isFolded.update(repeating: 0, count: inputRows)
    var pace = context.pace
    let first = max(0, height.inputCell(band * rows, 0))
    for o in (band * rows)..<min((band + 1) * rows, geometry.outHeight) {
      guard pace.goesOn(outWidth * (1 + geometry.width.kernel)) else { return }
      let target = y + o * outWidth
      var isFirst = true
      for row in height.coveredCells(o) {
        let fold = folds + (row - first) * outWidth
        if isFolded[row - first] == 0 {
          rule.foldRow(x + row * geometry.width.input, into: fold)
          isFolded[row - first] = 1
        }
        if isFirst { target.update(from: fold, count: outWidth) } else { rule.foldRows(target, with: fold) }
        isFirst = false
      }
      if isFirst { target.update(repeating: rule.start, count: outWidth) }
      rule.finishRow(target, o, plane: x)
    }
  }
}
