/// A matrix of floats by its strides, so that rows and columns may be read either way round.
///
/// A tuple, since a struct would bring functions that copy it, and code that runs anywhere could be linked to those
/// (Scripts/check-flags).
public typealias MatrixView = (elements: Floats, rowStride: Int, columnStride: Int)

/// Rows and columns of C that one micro-kernel computes: 6×16 floats fill twelve of the sixteen vector registers.
let tileRows = 6
let tileColumns = 16
/// Terms of a sum taken at a time; a panel of that depth and `tileColumns` wide stays in the first cache.
let blockDepth = 256
/// Rows of A packed at a time: they stay in the second cache.
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
  let packedA = MutableFloats.allocate(capacity: roundUp(min(m, blockRows), tileRows) * depth)
  let packedB = MutableFloats.allocate(capacity: columns * depth)
  defer {
    packedA.deallocate()
    packedB.deallocate()
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
        packA(a, row: i, column: p, mc, kc, packedA)
        multiplyBlock(mc, nc, kc, packedA, packedB, c + i * stride + j, stride, adding: adding || p > 0)
        i += blockRows
      }
      j += blockColumns
    }
    p += depth
  }
}

@inline(__always)
func roundUp(_ x: Int, _ step: Int) -> Int { (x + step - 1) / step * step }

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

func multiplyBlock(
  _ mc: Int, _ nc: Int, _ kc: Int, _ a: Floats, _ b: Floats, _ c: MutableFloats, _ stride: Int, adding: Bool
) {
  let edge = MutableFloats.allocate(capacity: tileRows * tileColumns)
  defer { edge.deallocate() }
  var j = 0
  while j < nc {
    var i = 0
    while i < mc {
      let (rows, columns) = (min(tileRows, mc - i), min(tileColumns, nc - j))
      let target = c + i * stride + j
      if rows == tileRows && columns == tileColumns {
        multiplyTile(kc, a + i * kc, b + j * kc, target, stride, adding: adding)
      } else {
        if columns > laneWidth {
          multiplyTile(kc, a + i * kc, b + j * kc, edge, tileColumns, adding: false)
        } else {
          multiplyHalfTile(kc, a + i * kc, b + j * kc, edge)
        }
        copyEdge(edge, rows, columns, target, stride, adding: adding)
      }
      i += tileRows
    }
    j += tileColumns
  }
}

private func copyEdge(
  _ edge: Floats, _ rows: Int, _ columns: Int, _ c: MutableFloats, _ stride: Int, adding: Bool
) {
  var i = 0
  while i < rows {
    var j = 0
    while j < columns {
      let value = edge[i &* tileColumns &+ j]
      c[i &* stride &+ j] = adding ? c[i &* stride &+ j] + value : value
      j &+= 1
    }
    i &+= 1
  }
}

/// The micro-kernel: a tile of 6×16 sums in registers, one term at a time.
@inline(never)
private func multiplyTile(
  _ depth: Int, _ a: Floats, _ b: Floats, _ c: MutableFloats, _ stride: Int, adding: Bool
) {
  var (a, b) = (a, b)
  var (s00, s01) = (Lane.zero, Lane.zero)
  var (s10, s11) = (Lane.zero, Lane.zero)
  var (s20, s21) = (Lane.zero, Lane.zero)
  var (s30, s31) = (Lane.zero, Lane.zero)
  var (s40, s41) = (Lane.zero, Lane.zero)
  var (s50, s51) = (Lane.zero, Lane.zero)
  var left = depth
  while left > 0 {
    let (b0, b1) = (load(b), load(b + 8))
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
    let (a4, a5) = (Lane(repeating: a[4]), Lane(repeating: a[5]))
    s40 = fma(a4, b0, s40)
    s41 = fma(a4, b1, s41)
    s50 = fma(a5, b0, s50)
    s51 = fma(a5, b1, s51)
    a += tileRows
    b += tileColumns
    left &-= 1
  }
  storeRow(c, s00, s01, adding: adding)
  storeRow(c + stride, s10, s11, adding: adding)
  storeRow(c + 2 &* stride, s20, s21, adding: adding)
  storeRow(c + 3 &* stride, s30, s31, adding: adding)
  storeRow(c + 4 &* stride, s40, s41, adding: adding)
  storeRow(c + 5 &* stride, s50, s51, adding: adding)
}

/// The left half of a tile, where the other has no column of C.
@inline(never)
private func multiplyHalfTile(_ depth: Int, _ a: Floats, _ b: Floats, _ c: MutableFloats) {
  var (a, b) = (a, b)
  var (s0, s1, s2, s3, s4, s5) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero, Lane.zero, Lane.zero)
  var left = depth
  while left > 0 {
    let row = load(b)
    s0 = fma(Lane(repeating: a[0]), row, s0)
    s1 = fma(Lane(repeating: a[1]), row, s1)
    s2 = fma(Lane(repeating: a[2]), row, s2)
    s3 = fma(Lane(repeating: a[3]), row, s3)
    s4 = fma(Lane(repeating: a[4]), row, s4)
    s5 = fma(Lane(repeating: a[5]), row, s5)
    a += tileRows
    b += tileColumns
    left &-= 1
  }
  s0.store(c)
  s1.store(c + tileColumns)
  s2.store(c + 2 &* tileColumns)
  s3.store(c + 3 &* tileColumns)
  s4.store(c + 4 &* tileColumns)
  s5.store(c + 5 &* tileColumns)
}

@inline(__always)
func storeRow(_ c: MutableFloats, _ x: Lane, _ y: Lane, adding: Bool) {
  (adding ? load(c) + x : x).store(c)
  (adding ? load(c + 8) + y : y).store(c + 8)
}
