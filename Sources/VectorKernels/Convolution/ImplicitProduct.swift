// Convolution as a product: filters (rows of A, packed once) times the input cells under each output cell (columns of
// B). B is never made as a whole: a block of it is packed from where the cells lie in the padded input.

public typealias Offsets = UnsafePointer<Int>

/// The floats that the filters take when packed: m filters of k weights.
public func packedFiltersCount(m: Int, k: Int) -> Int { roundUp(m, tileRows) * k }

/// Packs filters as blocks of 256 weights, each as panels [filter / 6][weight][6], padded with zeros.
public func packFilters(_ w: Floats, m: Int, k: Int, into target: MutableFloats) {
  let height = roundUp(m, tileRows)
  var p = 0
  while p < k {
    let kc = min(blockDepth, k - p)
    packA((w, k, 1), row: 0, column: p, m, kc, target + p * height)
    p += blockDepth
  }
}

/// Output cells whose columns are packed at a time at most.
public let convolutionCells = 192

/// The floats of scratch for `convolveCells`.
public func convolutionScratchCount(k: Int) -> Int { convolutionCells * min(k, blockDepth) }

/// The filters `first`..<`last` (`first` a multiple of 6) for `count` ≤ 192 output cells.
///
/// - Parameters:
///   - filters: all m of them, packed.
///   - x: the padded input of one group.
///   - taps: for each of k weights how far its cell lies from the first cell under a filter.
///   - cells: for each output cell where in x the first cell under the filter lies; `count` rounded up to 16 of them.
///   - y: the output cells of filter 0, and `stride` to those of the next.
public func convolveCells(
  m: Int, k: Int, _ filters: Floats, first: Int, last: Int, _ x: Floats, taps: Offsets, cells: Offsets,
  count: Int, into y: MutableFloats, stride: Int, scratch: MutableFloats
) {
  let height = roundUp(m, tileRows)
  var p = 0
  while p < k {
    let kc = min(blockDepth, k - p)
    var j = 0
    while j < count {
      if j + 4 * tileColumns <= count && isLongRun(cells + j) {
        packRun(x + cells[j], taps + p, kc, scratch + j * kc)
        j += 4 * tileColumns
      } else {
        packCells(x, taps + p, kc, cells + j, scratch + j * kc)
        j += tileColumns
      }
    }
    multiplyBlock(
      last - first, count, kc, filters + p * height + first * kc, scratch, y + first * stride, stride,
      adding: p > 0)
    p += blockDepth
  }
}

/// Whether 64 cells lie side by side.
@inline(__always)
private func isLongRun(_ cells: Offsets) -> Bool {
  var i = 0
  while i < 4 &* tileColumns {
    if cells[i] != cells[0] &+ i { return false }
    i &+= 1
  }
  return true
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

/// One panel [weight][16] of the columns of B.
private func packCells(_ x: Floats, _ taps: Offsets, _ kc: Int, _ cells: Offsets, _ panel: MutableFloats) {
  packHalf(x, taps, kc, cells, panel)
  packHalf(x, taps, kc, cells + laneWidth, panel + laneWidth)
}

/// Eight columns of a panel: cells beside each other, at every second place, or anywhere.
private func packHalf(_ x: Floats, _ taps: Offsets, _ kc: Int, _ cells: Offsets, _ panel: MutableFloats) {
  let first = x + cells[0]
  var p = 0
  if isRun(cells, step: 1) {
    while p < kc {
      load(first + taps[p]).store(panel + p &* tileColumns)
      p &+= 1
    }
  } else if isRun(cells, step: 2) {
    while p < kc {
      loadEverySecond(first + taps[p]).store(panel + p &* tileColumns)
      p &+= 1
    }
  } else {
    let (c0, c1, c2, c3) = (cells[0], cells[1], cells[2], cells[3])
    let (c4, c5, c6, c7) = (cells[4], cells[5], cells[6], cells[7])
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
}

@inline(__always)
private func isRun(_ cells: Offsets, step: Int) -> Bool {
  var i = 1
  while i < laneWidth {
    if cells[i] != cells[0] &+ i &* step { return false }
    i &+= 1
  }
  return true
}

/// The floats at 0, 2, …, 14, without reading beyond the last.
@inline(__always)
private func loadEverySecond(_ x: Floats) -> Lane {
  let (a, b) = (load(x), load(x + 7))
  return Lane(lowHalf: a.evenHalf, highHalf: b.oddHalf)
}
