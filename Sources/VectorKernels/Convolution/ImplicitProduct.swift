// Convolution as a product: filters (rows of A, packed once) times the input cells under each output cell (columns of
// B). B is never made as a whole: a block of it is packed from where the cells lie in the padded input.

public typealias Offsets = UnsafePointer<Int>

/// The floats that the filters take when packed: m filters of k weights.
public func packedFiltersCount(m: Int, k: Int) -> Int { roundUp(m, tileRows) * k }

/// The weights of a filter that are taken at a time: parts of equal length.
@inline(__always)
private func partDepth(_ k: Int) -> Int {
  let longest = 320
  let parts = (k + longest - 1) / longest
  return (k + parts - 1) / parts
}

/// Packs filters as parts of as many weights, each as panels [filter / 6][weight][6], padded with zeros.
public func packFilters(_ w: Floats, m: Int, k: Int, into target: MutableFloats) {
  let (height, depth) = (roundUp(m, tileRows), partDepth(k))
  var p = 0
  while p < k {
    packA((w, k, 1), row: 0, column: p, m, min(depth, k - p), target + p * height)
    p += depth
  }
}

/// Output cells whose columns are packed at a time at most.
public let convolutionCells = 192

/// The floats of scratch for `convolveCells`.
public func convolutionScratchCount(k: Int) -> Int {
  convolutionCells * partDepth(k) + edgeCount(partDepth(k))
}

/// The filters `first`..<`last` (`first` a multiple of 6) for `count` ≤ 192 output cells.
///
/// - Parameters:
///   - filters: all m of them, packed.
///   - x: the padded input of one group.
///   - taps: for each of k weights how far its cell lies from the first cell under a filter.
///   - cells: for each output cell where in x the first cell under the filter lies; `count` rounded up to 16 of them.
///   - y: the output cells of filter 0, and `stride` to those of the next.
///   - finish: what happens to the sums; its pointers belong to filter 0.
///   - scratch: `convolutionScratchCount` floats.
public func convolveCells(
  m: Int, k: Int, _ filters: Floats, first: Int, last: Int, _ x: Floats, taps: Offsets, cells: Offsets,
  count: Int, into y: MutableFloats, stride: Int, finish: TileFinish, scratch: MutableFloats
) {
  let (height, depth) = (roundUp(m, tileRows), partDepth(k))
  let panels = scratch + edgeCount(depth)
  var p = 0
  while p < k {
    let kc = min(depth, k - p)
    packCells(x, taps + p, kc, cells, count, panels)
    var i = first
    while i < last {
      let rows = packedRows(filters + p * height + i * kc, kc)
      let own = (finish.shift.map { $0 + i }, finish.addend.map { $0 + i * stride }, finish.low, finish.high)
      multiplyBlock(
        min(blockRows, last - i), count, kc, rows, panels, y + i * stride, stride, adding: p > 0,
        p + kc == k ? own : noFinish, scratch)
      i += blockRows
    }
    p += depth
  }
}

/// Packs the columns of B for `count` output cells and kc weights, as panels [cell / 16][weight][16].
private func packCells(
  _ x: Floats, _ taps: Offsets, _ kc: Int, _ cells: Offsets, _ count: Int, _ panels: MutableFloats
) {
  var j = 0
  while j < count {
    if j + 4 * tileColumns <= count && isLongRun(cells + j) {
      packRun(x + cells[j], taps, kc, panels + j * kc)
      j += 4 * tileColumns
    } else {
      packHalf(x, taps, kc, cells + j, panels + j * kc)
      packHalf(x, taps, kc, cells + j + laneWidth, panels + (j * kc + laneWidth))
      j += tileColumns
    }
  }
}

/// Whether 64 cells lie side by side.
@inline(__always)
private func isLongRun(_ cells: Offsets) -> Bool {
  var i = 1
  while i < 4 &* tileColumns && cells[i] == cells[0] &+ i { i &+= 1 }
  return i == 4 &* tileColumns
}

/// Four panels of cells side by side: they are read as they lie, since rows of the input may be far apart.
private func packRun(_ x: Floats, _ taps: Offsets, _ kc: Int, _ panels: MutableFloats) {
  let next = tileColumns &* kc
  var p = 0
  while p < kc {
    let (row, target) = (x + taps[p], panels + p &* tileColumns)
    load(row).store(target)
    load(row + 8).store(target + 8)
    load(row + 16).store(target + next)
    load(row + 24).store(target + (next &+ 8))
    load(row + 32).store(target + 2 &* next)
    load(row + 40).store(target + (2 &* next &+ 8))
    load(row + 48).store(target + 3 &* next)
    load(row + 56).store(target + (3 &* next &+ 8))
    p &+= 1
  }
}

/// Eight columns of a panel: cells beside each other or at every second place, of one row of the output or of two, or
/// anywhere.
private func packHalf(_ x: Floats, _ taps: Offsets, _ kc: Int, _ cells: Offsets, _ panel: MutableFloats) {
  let step = min(cells[1] &- cells[0], cells[7] &- cells[6])
  let head = runLength(cells, step: step)
  let first = x + cells[0]
  if head == laneWidth && step == 1 {
    var p = 0
    while p < kc {
      load(first + taps[p]).store(panel + p &* tileColumns)
      p &+= 1
    }
  } else if (step == 1 || step == 2) && isTail(cells, from: head, step: step) {
    packTwoRuns(first, first + (cells[7] &- cells[0] &- 7 &* step), taps, kc, head, step, panel)
  } else {
    packAnyCells(x, taps, kc, cells, panel)
  }
}

/// How many cells go on in steps of `step`.
@inline(__always)
private func runLength(_ cells: Offsets, step: Int) -> Int {
  var i = 1
  while i < laneWidth && cells[i] == cells[0] &+ i &* step { i &+= 1 }
  return i
}

/// Whether the cells from `first` on go on in steps of `step`, and those before them, gone on, stay among them.
@inline(__always)
private func isTail(_ cells: Offsets, from first: Int, step: Int) -> Bool {
  if cells[7] &- cells[0] < 7 &* step { return false }
  var i = first
  while i < laneWidth {
    if cells[i] != cells[7] &- (7 &- i) &* step { return false }
    i &+= 1
  }
  return true
}

/// The first `head` cells of one run and the others of another. Both are read as if they were eight long.
private func packTwoRuns(
  _ a: Floats, _ b: Floats, _ taps: Offsets, _ kc: Int, _ head: Int, _ step: Int, _ panel: MutableFloats
) {
  let isSecond = SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7) .>= Int32(truncatingIfNeeded: head)
  let mask = unsafeBitCast(isSecond, to: SIMD8<UInt32>.self)
  var p = 0
  while p < kc {
    let (first, second) = (a + taps[p], b + taps[p])
    let lane = step == 1 ? load(first) : loadEverySecond(first)
    let other = step == 1 ? load(second) : loadEverySecond(second)
    let bits = unsafeBitCast(lane, to: SIMD8<UInt32>.self) & ~mask
    unsafeBitCast(bits | unsafeBitCast(other, to: SIMD8<UInt32>.self) & mask, to: Lane.self)
      .store(panel + p &* tileColumns)
    p &+= 1
  }
}

private func packAnyCells(_ x: Floats, _ taps: Offsets, _ kc: Int, _ cells: Offsets, _ panel: MutableFloats) {
  let (c0, c1, c2, c3) = (cells[0], cells[1], cells[2], cells[3])
  let (c4, c5, c6, c7) = (cells[4], cells[5], cells[6], cells[7])
  var p = 0
  while p < kc {
    let (tap, row) = (x + taps[p], panel + p &* tileColumns)
    row[0] = tap[c0]
    row[1] = tap[c1]
    row[2] = tap[c2]
    row[3] = tap[c3]
    row[4] = tap[c4]
    row[5] = tap[c5]
    row[6] = tap[c6]
    row[7] = tap[c7]
    p &+= 1
  }
}

/// The floats at 0, 2, …, 14, without reading beyond the last.
@inline(__always)
private func loadEverySecond(_ x: Floats) -> Lane {
  let (a, b) = (load(x), load(x + 7))
  return Lane(lowHalf: a.evenHalf, highHalf: b.oddHalf)
}
