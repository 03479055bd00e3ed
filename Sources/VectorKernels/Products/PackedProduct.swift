// Products with a matrix B that is packed once and used many times: blocks of 256 rows of B, each as panels
// [column / 16][row][16], padded with zeros.

/// The floats that a matrix of k×n takes when packed.
public func packedCount(n: Int, k: Int) -> Int { roundUp(n, tileColumns) * k }

/// The rows of B that are packed together, from row `p` on.
@inline(__always)
private func depth(_ p: Int, _ k: Int) -> Int { min(blockDepth, k &- p) }

/// Packs the columns from `first` up to `last` of B, a matrix of k×n; `first` is a multiple of 16.
public func packMatrix(
  _ b: MatrixView, n: Int, k: Int, columns first: Int, _ last: Int, into target: MutableFloats
) {
  let width = roundUp(n, tileColumns)
  var p = 0
  while p < k {
    packB(b, row: p, column: first, depth(p, k), last - first, target + p * width + first * depth(p, k))
    p += blockDepth
  }
}

/// The columns from `first` up to `last` of C = A·B, for A of m×k and a packed B of k×n; `first` is a multiple of 16.
/// Each element is the sum that `multiplyMatrices` takes.
///
/// - Parameters:
///   - c: the first column of C, not that of the part.
///   - scratch: `partScratchCount(k:)` floats.
public func multiplyPacked(
  m: Int, n: Int, k: Int, _ a: Floats, rowStride: Int, _ b: Floats, columns first: Int, _ last: Int,
  into c: MutableFloats, stride: Int, scratch: MutableFloats
) {
  let width = roundUp(n, tileColumns)
  var p = 0
  while p < k {
    let kc = depth(p, k)
    multiplyPart(
      m: m, n: last - first, k: kc, a + p, rowStride: rowStride, b + p * width + first * kc, into: c + first,
      stride: stride, adding: p > 0, scratch: scratch)
    p += blockDepth
  }
}

/// C = A·B, or C + A·B, for A of m×k and k ≤ 256 rows of a packed B of n columns.
///
/// - Parameter scratch: `partScratchCount(k:)` floats.
public func multiplyPart(
  m: Int, n: Int, k: Int, _ a: Floats, rowStride: Int, _ b: Floats, into c: MutableFloats, stride: Int,
  adding: Bool, scratch: MutableFloats
) {
  if m == 1 { return multiplyRowPacked(k, a, b, n, c, adding: adding) }
  var i = 0
  while i < m {
    let rows = rowsAsTheyLie((a, rowStride, 1), row: i, column: 0)
    multiplyBlock(
      min(blockRows, m - i), n, k, rows, b, c + i * stride, stride, adding: adding, noFinish, scratch)
    i += blockRows
  }
}

/// The floats of scratch for products with a packed matrix of k rows.
public func partScratchCount(k: Int) -> Int { edgeCount(min(k, blockDepth)) }

/// One row of C, from panels of B: four panels at a time keep the processor's adders busy.
private func multiplyRowPacked(
  _ kc: Int, _ a: Floats, _ panels: Floats, _ columns: Int, _ c: MutableFloats, adding: Bool
) {
  var j = 0
  while j < columns {
    let panel = panels + j * kc
    if j + 4 * tileColumns <= columns {
      multiplyFourPanels(kc, a, panel, c + j, adding: adding)
      j += 4 * tileColumns
    } else {
      multiplyPanel(kc, a, panel, c + j, min(tileColumns, columns - j), adding: adding)
      j += tileColumns
    }
  }
}

private func multiplyFourPanels(_ kc: Int, _ a: Floats, _ b: Floats, _ c: MutableFloats, adding: Bool) {
  var (s0, s1, s2, s3) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
  var (s4, s5, s6, s7) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
  let (b1, b2, b3) = (b + 16 &* kc, b + 32 &* kc, b + 48 &* kc)
  var p = 0
  while p < kc {
    let (x, q) = (Lane(repeating: a[p]), p &* 16)
    s0 = fma(x, load(b + q), s0)
    s1 = fma(x, load(b + (q &+ 8)), s1)
    s2 = fma(x, load(b1 + q), s2)
    s3 = fma(x, load(b1 + (q &+ 8)), s3)
    s4 = fma(x, load(b2 + q), s4)
    s5 = fma(x, load(b2 + (q &+ 8)), s5)
    s6 = fma(x, load(b3 + q), s6)
    s7 = fma(x, load(b3 + (q &+ 8)), s7)
    p &+= 1
  }
  storeRow(c, s0, s1, adding: adding)
  storeRow(c + 16, s2, s3, adding: adding)
  storeRow(c + 32, s4, s5, adding: adding)
  storeRow(c + 48, s6, s7, adding: adding)
}

/// One panel, of which the first `columns` are wanted.
private func multiplyPanel(
  _ kc: Int, _ a: Floats, _ b: Floats, _ c: MutableFloats, _ columns: Int, adding: Bool
) {
  var (s0, s1) = (Lane.zero, Lane.zero)
  var p = 0
  while p < kc {
    let x = Lane(repeating: a[p])
    s0 = fma(x, load(b + p &* 16), s0)
    s1 = fma(x, load(b + (p &* 16 &+ 8)), s1)
    p &+= 1
  }
  if columns == tileColumns { return storeRow(c, s0, s1, adding: adding) }
  var j = 0
  while j < columns {
    let value = j < 8 ? s0[j] : s1[j &- 8]
    c[j] = adding ? c[j] + value : value
    j &+= 1
  }
}

@inline(__always)
private func storeRow(_ c: MutableFloats, _ x: Lane, _ y: Lane, adding: Bool) {
  (adding ? load(c) + x : x).store(c)
  (adding ? load(c + 8) + y : y).store(c + 8)
}
