import CVectors

/// A matrix of floats by its strides, so that rows and columns may be read either way round.
///
/// A tuple, since a struct would bring functions that copy it, and code that runs anywhere could be linked to those
/// (Scripts/check-flags).
public typealias MatrixView = (elements: Floats, rowStride: Int, columnStride: Int)

/// Rows of a matrix by panels of six, where a micro-kernel finds them: as they lie in the matrix, or packed.
typealias RowPanels = (elements: Floats, rowStep: Int, columnStep: Int, panelStep: Int)

/// What happens to elements of C as soon as their sums are complete: they are raised by their row's `shift` and by what
/// lies in `addend` where they lie in C, and limited to `low`…`high`.
public typealias TileFinish = (shift: Floats?, addend: Floats?, low: Float, high: Float)

/// Nothing happens to them.
var noFinish: TileFinish { (nil, nil, -.infinity, .infinity) }

/// Rows and columns of C that one micro-kernel computes: 6×16 floats fill twelve of the sixteen vector registers.
let tileRows = 6
let tileColumns = 16
/// Terms of a sum taken at a time; a panel of that depth and `tileColumns` wide stays in the first cache.
let blockDepth = 256
/// Rows of A taken at a time: they stay in the second cache.
let blockRows = 120
/// Columns of B packed at a time: they stay in the third cache.
private let blockColumns = 2_048

/// C = A·B, or C + A·B, with A of m×k, B of k×n and rows of C `stride` apart.
///
/// Each element is a sum over k in ascending order, in blocks of 256 terms, wherever in the matrix it lies: equal rows
/// and columns give equal results, and neither tiles nor threads change a bit.
///
/// - Parameter goesOn: asked every few milliseconds; where it says no, the rest of C is left as it is.
public func multiplyMatrices(
  m: Int, n: Int, k: Int, _ a: MatrixView, _ b: MatrixView, into c: MutableFloats, stride: Int, adding: Bool,
  goesOn: () -> Bool
) {
  let depth = min(k, blockDepth)
  let columns = roundUp(min(n, blockColumns), tileColumns)
  let isDirect = a.columnStride == 1
  let packedA = MutableFloats.allocate(
    capacity: isDirect ? 0 : roundUp(min(m, blockRows), tileRows) * depth)
  let packedB = MutableFloats.allocate(capacity: columns * depth)
  let edge = MutableFloats.allocate(capacity: edgeCount(depth))
  defer {
    packedA.deallocate()
    packedB.deallocate()
    edge.deallocate()
  }
  var p = 0
  while p < k {
    let kc = min(depth, k - p)
    var j = 0
    while j < n {
      let nc = min(blockColumns, n - j)
      packB(b, row: p, column: j, kc, nc, packedB)
      var i = 0
      while i < m {
        guard goesOn() else { return }
        let mc = min(blockRows, m - i)
        if !isDirect { packA(a, row: i, column: p, mc, kc, packedA) }
        let rows = isDirect ? rowsAsTheyLie(a, row: i, column: p) : packedRows(packedA, kc)
        multiplyBlock(
          mc, nc, kc, rows, packedB, c + i * stride + j, stride, adding: adding || p > 0, noFinish, edge)
        i += blockRows
      }
      j += blockColumns
    }
    p += depth
  }
}

@inline(__always)
func roundUp(_ x: Int, _ step: Int) -> Int { (x + step - 1) / step * step }

/// The rows from `row` on of a matrix whose columns lie side by side.
@inline(__always)
func rowsAsTheyLie(_ a: MatrixView, row: Int, column: Int) -> RowPanels {
  (a.elements + row * a.rowStride + column, a.rowStride, 1, tileRows * a.rowStride)
}

/// Rows that `packA` packed.
@inline(__always)
func packedRows(_ panels: Floats, _ kc: Int) -> RowPanels { (panels, 1, tileRows, tileRows * kc) }

/// Rows of A as panels [row / 6][k][6], padded with zeros.
func packA(_ a: MatrixView, row: Int, column: Int, _ mc: Int, _ kc: Int, _ target: MutableFloats) {
  var next = target
  var i = 0
  while i < mc {
    let rows = min(tileRows, mc - i)
    let start = a.elements + (row + i) * a.rowStride + column * a.columnStride
    var p = 0
    while p < kc {
      var r = 0
      while r < tileRows {
        next[r] = r < rows ? start[r &* a.rowStride &+ p &* a.columnStride] : 0
        r &+= 1
      }
      next += tileRows
      p &+= 1
    }
    i += tileRows
  }
}

/// Columns of B as panels [column / 16][k][16], padded with zeros.
func packB(_ b: MatrixView, row: Int, column: Int, _ kc: Int, _ nc: Int, _ target: MutableFloats) {
  var next = target
  var j = 0
  while j < nc {
    let columns = min(tileColumns, nc - j)
    var source = b.elements + row * b.rowStride + (column + j) * b.columnStride
    var p = 0
    if columns == tileColumns && b.rowStride == 1 {
      packTransposed(source, b.columnStride, kc, next)
      p = kc
      next += kc * tileColumns
    }
    while p < kc {
      if columns == tileColumns && b.columnStride == 1 {
        load(source).store(next)
        load(source + 8).store(next + 8)
      } else {
        var q = 0
        while q < tileColumns {
          next[q] = q < columns ? source[q &* b.columnStride] : 0
          q &+= 1
        }
      }
      next += tileColumns
      source += b.rowStride
      p &+= 1
    }
    j += tileColumns
  }
}

/// Sixteen columns whose elements lie side by side, as one panel [k][16].
private func packTransposed(_ columns: Floats, _ stride: Int, _ kc: Int, _ panel: MutableFloats) {
  var p = 0
  while p &+ laneWidth <= kc {
    transpose(columns + p, stride, panel + p &* tileColumns, tileColumns)
    transpose(columns + (p &+ 8 &* stride), stride, panel + (p &* tileColumns &+ 8), tileColumns)
    p &+= laneWidth
  }
  while p < kc {
    var q = 0
    while q < tileColumns {
      panel[p &* tileColumns &+ q] = columns[q &* stride &+ p]
      q &+= 1
    }
    p &+= 1
  }
}

/// The floats that `multiplyBlock` needs: for a tile, and for a panel of A.
@inline(__always)
func edgeCount(_ kc: Int) -> Int { tileRows * tileColumns + tileRows * kc }

/// mc rows and nc columns of C, the sums of kc terms. B is packed.
///
/// - Parameters:
///   - finish: what happens to them then; its pointers belong to the first row and column.
///   - edge: `edgeCount` floats.
func multiplyBlock(
  _ mc: Int, _ nc: Int, _ kc: Int, _ a: RowPanels, _ b: Floats, _ c: MutableFloats, _ stride: Int,
  adding: Bool, _ finish: TileFinish, _ edge: MutableFloats
) {
  // Rows that fill no panel are packed, so that nobody reads behind them.
  let whole = mc / tileRows * tileRows
  let (tile, rest) = (edge, edge + tileRows * tileColumns)
  if whole < mc {
    let view = (a.elements + whole / tileRows * a.panelStep, rowStride: a.rowStep, columnStride: a.columnStep)
    packA(view, row: 0, column: 0, mc - whole, kc, rest)
  }
  var j = 0
  while j < nc {
    let (panel, columns) = (b + j * kc, min(tileColumns, nc - j))
    var i = 0
    while i < mc {
      let rows = min(tileRows, mc - i)
      let left = rows == tileRows ? a.elements + i / tileRows * a.panelStep : Floats(rest)
      let (rowStep, columnStep) = rows == tileRows ? (a.rowStep, a.columnStep) : (1, tileRows)
      prefetchTile(c + (i * stride + j), stride, rows)
      if columns <= laneWidth {
        multiplyHalfTile(kc, left, rowStep, columnStep, panel, tile)
      } else if rows <= 4 {
        multiplyLowTile(kc, left, panel, tile)
      } else {
        multiplyTile(kc, left, rowStep, columnStep, panel, tile)
      }
      let own = (
        finish.shift.map { $0 + i }, finish.addend.map { $0 + (i * stride + j) }, finish.low, finish.high
      )
      storeTile(tile, rows, columns, c + (i * stride + j), stride, adding: adding, own)
      i += tileRows
    }
    j += tileColumns
  }
}

/// Asks for the lines of C that are written next, while their sums are computed.
@inline(__always)
private func prefetchTile(_ c: MutableFloats, _ stride: Int, _ rows: Int) {
  var i = 0
  while i < rows {
    touchstone_prefetch_for_writing(c + i &* stride)
    touchstone_prefetch_for_writing(c + (i &* stride &+ tileColumns &- 1))
    i &+= 1
  }
}

/// Puts the sums in `tile` where they belong, with what `finish` says.
@inline(__always)
private func storeTile(
  _ tile: Floats, _ rows: Int, _ columns: Int, _ c: MutableFloats, _ stride: Int, adding: Bool,
  _ finish: TileFinish
) {
  var i = 0
  while i < rows {
    let (source, target) = (tile + i &* tileColumns, c + i &* stride)
    // Adding −0 changes no number.
    let shift = Lane(repeating: finish.shift.map { $0[i] } ?? -0.0)
    let addend = finish.addend.map { $0 + i &* stride }
    if columns == tileColumns {
      storeRow(source, target, adding: adding, shift, addend, finish.low, finish.high)
    } else {
      storePartOfRow(source, columns, target, adding: adding, shift, addend, finish.low, finish.high)
    }
    i &+= 1
  }
}

@inline(__always)
private func storeRow(
  _ sums: Floats, _ c: MutableFloats, adding: Bool, _ shift: Lane, _ addend: Floats?, _ low: Float,
  _ high: Float
) {
  var (x, y) = (load(sums), load(sums + laneWidth))
  if adding { (x, y) = (load(c) + x, load(c + laneWidth) + y) }
  (x, y) = (x + shift, y + shift)
  if let addend { (x, y) = (x + load(addend), y + load(addend + laneWidth)) }
  x.limited(low, high).store(c)
  y.limited(low, high).store(c + laneWidth)
}

@inline(never)
private func storePartOfRow(
  _ sums: Floats, _ columns: Int, _ c: MutableFloats, adding: Bool, _ shift: Lane, _ addend: Floats?,
  _ low: Float,
  _ high: Float
) {
  var j = 0
  while j < columns {
    let count = min(laneWidth, columns &- j)
    var lane = load(sums + j)
    if adding { lane = load(c + j, first: count) + lane }
    lane += shift
    if let addend { lane += load(addend + j, first: count) }
    lane.limited(low, high).store(c + j, first: count)
    j &+= laneWidth
  }
}

/// The micro-kernel: a tile of 6×16 sums in registers, one term at a time.
@inline(never)
private func multiplyTile(
  _ depth: Int, _ a: Floats, _ rowStep: Int, _ columnStep: Int, _ b: Floats, _ tile: MutableFloats
) {
  var (upper, lower, b) = (a, a + 3 &* rowStep, b)
  let twoRows = 2 &* rowStep
  var (s00, s01) = (Lane.zero, Lane.zero)
  var (s10, s11) = (Lane.zero, Lane.zero)
  var (s20, s21) = (Lane.zero, Lane.zero)
  var (s30, s31) = (Lane.zero, Lane.zero)
  var (s40, s41) = (Lane.zero, Lane.zero)
  var (s50, s51) = (Lane.zero, Lane.zero)
  var left = depth
  while left > 0 {
    let (b0, b1) = (load(b), load(b + laneWidth))
    let (a0, a1) = (Lane(repeating: upper[0]), Lane(repeating: upper[rowStep]))
    s00 = fma(a0, b0, s00)
    s01 = fma(a0, b1, s01)
    s10 = fma(a1, b0, s10)
    s11 = fma(a1, b1, s11)
    let (a2, a3) = (Lane(repeating: upper[twoRows]), Lane(repeating: lower[0]))
    s20 = fma(a2, b0, s20)
    s21 = fma(a2, b1, s21)
    s30 = fma(a3, b0, s30)
    s31 = fma(a3, b1, s31)
    let (a4, a5) = (Lane(repeating: lower[rowStep]), Lane(repeating: lower[twoRows]))
    s40 = fma(a4, b0, s40)
    s41 = fma(a4, b1, s41)
    s50 = fma(a5, b0, s50)
    s51 = fma(a5, b1, s51)
    upper += columnStep
    lower += columnStep
    b += tileColumns
    left &-= 1
  }
  storePair(tile + 0 &* tileColumns, s00, s01)
  storePair(tile + 1 &* tileColumns, s10, s11)
  storePair(tile + 2 &* tileColumns, s20, s21)
  storePair(tile + 3 &* tileColumns, s30, s31)
  storePair(tile + 4 &* tileColumns, s40, s41)
  storePair(tile + 5 &* tileColumns, s50, s51)
}

@inline(__always)
private func storePair(_ y: MutableFloats, _ left: Lane, _ right: Lane) {
  left.store(y)
  right.store(y + laneWidth)
}

/// Four rows of a packed panel, where C has no more.
@inline(never)
private func multiplyLowTile(_ depth: Int, _ a: Floats, _ b: Floats, _ tile: MutableFloats) {
  var (a, b) = (a, b)
  var (s00, s01) = (Lane.zero, Lane.zero)
  var (s10, s11) = (Lane.zero, Lane.zero)
  var (s20, s21) = (Lane.zero, Lane.zero)
  var (s30, s31) = (Lane.zero, Lane.zero)
  var left = depth
  while left > 0 {
    let (b0, b1) = (load(b), load(b + laneWidth))
    let (a0, a1) = (Lane(repeating: a[0]), Lane(repeating: a[1]))
    s00 = fma(a0, b0, s00)
    s01 = fma(a0, b1, s01)
    s10 = fma(a1, b0, s10)
    s11 = fma(a1, b1, s11)
    let (a2, a3) = (Lane(repeating: a[2]), Lane(repeating: a[3]))
    s20 = fma(a2, b0, s20)
    s21 = fma(a2, b1, s21)
    s30 = fma(a3, b0, s30)
    s31 = fma(a3, b1, s31)
    a += tileRows
    b += tileColumns
    left &-= 1
  }
  storePair(tile, s00, s01)
  storePair(tile + tileColumns, s10, s11)
  storePair(tile + 2 &* tileColumns, s20, s21)
  storePair(tile + 3 &* tileColumns, s30, s31)
}

/// The left half of a tile, where C has no more columns.
@inline(never)
private func multiplyHalfTile(
  _ depth: Int, _ a: Floats, _ rowStep: Int, _ columnStep: Int, _ b: Floats, _ tile: MutableFloats
) {
  var (upper, lower, b) = (a, a + 3 &* rowStep, b)
  let twoRows = 2 &* rowStep
  var (s0, s1, s2, s3, s4, s5) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero, Lane.zero, Lane.zero)
  var left = depth
  while left > 0 {
    let lane = load(b)
    s0 = fma(Lane(repeating: upper[0]), lane, s0)
    s1 = fma(Lane(repeating: upper[rowStep]), lane, s1)
    s2 = fma(Lane(repeating: upper[twoRows]), lane, s2)
    s3 = fma(Lane(repeating: lower[0]), lane, s3)
    s4 = fma(Lane(repeating: lower[rowStep]), lane, s4)
    s5 = fma(Lane(repeating: lower[twoRows]), lane, s5)
    upper += columnStep
    lower += columnStep
    b += tileColumns
    left &-= 1
  }
  s0.store(tile)
  s1.store(tile + tileColumns)
  s2.store(tile + 2 &* tileColumns)
  s3.store(tile + 3 &* tileColumns)
  s4.store(tile + 4 &* tileColumns)
  s5.store(tile + 5 &* tileColumns)
}
