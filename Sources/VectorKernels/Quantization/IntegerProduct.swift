import CVectors

// Exact products of matrices of whole numbers of at most 10 bits, as bytes less their zero points are. Two
// neighbours along the sum stand as 16 bits each in one lane: an instruction multiplies and adds both.

public typealias Pairs = UnsafePointer<Int32>
public typealias MutablePairs = UnsafeMutablePointer<Int32>

/// The pairs along a sum that are multiplied at a time: a panel of B stays in the first cache.
private let blockPairs = 256

private typealias PairLane = SIMD8<Int32>

@inline(__always)
private func loadPairs(_ pointer: Pairs) -> PairLane {
  UnsafeRawPointer(pointer).loadUnaligned(as: PairLane.self)
}

/// sum + the products of both halves of each lane; 32 bits wrap.
@inline(__always)
private func addPairs(_ a: PairLane, _ b: PairLane, _ sum: PairLane) -> PairLane {
  #if AVX2
    sum &+ touchstone_multiply_pairs(a, b)
  #else
    sum &+ ((a &<< 16) &>> 16) &* ((b &<< 16) &>> 16) &+ (a &>> 16) &* (b &>> 16)
  #endif
}

@inline(__always)
private func pair(_ low: Int32, _ high: Int32) -> Int32 { (low & 0xFFFF) | (high &<< 16) }

/// The pairs that `k` numbers make; the last may have one number only.
public func pairCount(_ k: Int) -> Int { (k &+ 1) / 2 }

// MARK: - Packing

/// Rows of A as panels [block][row / 6][pair][6], padded with zeros; each row less its zero point.
///
/// - Parameters:
///   - a: signed or unsigned bytes, rows of k.
///   - zeroPoints: of each row, or one at `step` 0.
///   - target: `packedIntegerRowsCount(m:k:)` pairs.
public func packIntegerRows(
  _ a: Bytes, isSigned: Bool, stride: Int, m: Int, k: Int, zeroPoints: Pairs, step: Int,
  into target: MutablePairs
) {
  if isSigned {
    let a = a.assumingMemoryBound(to: Int8.self)
    packRows(m, k, zeroPoints, step, target) { Int32(a[$0 &* stride &+ $1]) }
  } else {
    let a = a.assumingMemoryBound(to: UInt8.self)
    packRows(m, k, zeroPoints, step, target) { Int32(a[$0 &* stride &+ $1]) }
  }
}

public func packedIntegerRowsCount(m: Int, k: Int) -> Int { roundUp(m, tileRows) * pairCount(k) }

@inline(__always)
private func packRows(
  _ m: Int, _ k: Int, _ zeroPoints: Pairs, _ step: Int, _ target: MutablePairs, _ element: (Int, Int) -> Int32
) {
  let (pairs, height) = (pairCount(k), roundUp(m, tileRows))
  var block = 0
  while block < pairs {
    let depth = min(blockPairs, pairs &- block)
    var i = 0
    while i < height {
      let panel = target + (block &* height &+ i &* depth)
      var r = 0
      while r < tileRows {
        let row = i &+ r
        let zeroPoint = row < m ? zeroPoints[row &* step] : 0
        var p = 0
        while p < depth {
          let column = (block &+ p) &* 2
          let low = row < m ? element(row, column) &- zeroPoint : 0
          let high = row < m && column &+ 1 < k ? element(row, column &+ 1) &- zeroPoint : 0
          panel[p &* tileRows &+ r] = pair(low, high)
          p &+= 1
        }
        r &+= 1
      }
      i &+= tileRows
    }
    block &+= blockPairs
  }
}

/// The columns from `first` up to `last` of B, of k×n, as panels [block][column / 16][pair][16], padded with
/// zeros; each column less its zero point. `first` is a multiple of 16.
///
/// - Parameters:
///   - zeroPoints: of each column, or one at `step` 0.
///   - target: `packedIntegersCount(n:k:)` pairs.
public func packIntegers(
  _ b: Bytes, isSigned: Bool, n: Int, k: Int, columns first: Int, _ last: Int, zeroPoints: Pairs, step: Int,
  into target: MutablePairs
) {
  if isSigned {
    let b = b.assumingMemoryBound(to: Int8.self)
    packColumns(n, k, first, last, zeroPoints, step, target) { Int32(b[$0 &* n &+ $1]) }
  } else {
    let b = b.assumingMemoryBound(to: UInt8.self)
    packColumns(n, k, first, last, zeroPoints, step, target) { Int32(b[$0 &* n &+ $1]) }
  }
}

public func packedIntegersCount(n: Int, k: Int) -> Int { roundUp(n, tileColumns) * pairCount(k) }

/// The same for rows of k numbers of 16 bits, `stride` apart, that are shifted already.
public func packWords(
  _ b: UnsafePointer<Int16>, stride: Int, n: Int, k: Int, into target: MutablePairs
) {
  packColumns(n, k, 0, n, Pairs(target), 0, target, shifts: false) { Int32(b[$0 &* stride &+ $1]) }
}

@inline(__always)
private func packColumns(
  _ n: Int, _ k: Int, _ first: Int, _ last: Int, _ zeroPoints: Pairs, _ step: Int, _ target: MutablePairs,
  shifts: Bool = true, _ element: (Int, Int) -> Int32
) {
  let (pairs, width) = (pairCount(k), roundUp(n, tileColumns))
  var block = 0
  while block < pairs {
    let depth = min(blockPairs, pairs &- block)
    var j = first
    while j < last {
      var next = target + (block &* width &+ j &* depth)
      let columns = min(tileColumns, last &- j)
      var p = 0
      while p < depth {
        let row = (block &+ p) &* 2
        let hasTwo = row &+ 1 < k
        var q = 0
        if columns == tileColumns && hasTwo {
          while q < tileColumns {
            let shift = shifts ? zeroPoints[(j &+ q) &* step] : 0
            next[q] = pair(element(row, j &+ q) &- shift, element(row &+ 1, j &+ q) &- shift)
            q &+= 1
          }
        } else {
          while q < tileColumns {
            let shift = shifts && q < columns ? zeroPoints[(j &+ q) &* step] : 0
            let low = q < columns ? element(row, j &+ q) &- shift : 0
            let high = q < columns && hasTwo ? element(row &+ 1, j &+ q) &- shift : 0
            next[q] = pair(low, high)
            q &+= 1
          }
        }
        next += tileColumns
        p &+= 1
      }
      j &+= tileColumns
    }
    block &+= blockPairs
  }
}

// MARK: - Product

/// The columns from `first` up to `last` of C = A·B, both packed; `first` is a multiple of 16.
///
/// - Parameters:
///   - c: the first column of C, not that of the part.
///   - edge: scratch for a tile, 96 numbers.
public func multiplyIntegers(
  m: Int, n: Int, k: Int, _ a: Pairs, _ b: Pairs, columns first: Int, _ last: Int, into c: MutablePairs,
  stride: Int, edge: MutablePairs
) {
  let (pairs, height, width) = (pairCount(k), roundUp(m, tileRows), roundUp(n, tileColumns))
  var block = 0
  while block < pairs {
    let depth = min(blockPairs, pairs &- block)
    var j = first
    while j < last {
      let panel = b + (block &* width &+ j &* depth)
      let columns = min(tileColumns, last &- j)
      var i = 0
      while i < m {
        let rows = min(tileRows, m &- i)
        let target = c + (i &* stride &+ j)
        let left = a + (block &* height &+ i &* depth)
        if rows == tileRows && columns == tileColumns {
          multiplyIntegerTile(depth, left, panel, target, stride, adding: block > 0)
        } else {
          if rows == 1 {
            multiplyIntegerRow(depth, left, panel, edge)
          } else {
            multiplyIntegerTile(depth, left, panel, edge, tileColumns, adding: false)
          }
          copyIntegerEdge(edge, rows, columns, target, stride, adding: block > 0)
        }
        i &+= tileRows
      }
      j &+= tileColumns
    }
    block &+= blockPairs
  }
}

private func copyIntegerEdge(
  _ edge: Pairs, _ rows: Int, _ columns: Int, _ c: MutablePairs, _ stride: Int, adding: Bool
) {
  var i = 0
  while i < rows {
    var j = 0
    while j < columns {
      let value = edge[i &* tileColumns &+ j]
      c[i &* stride &+ j] = adding ? c[i &* stride &+ j] &+ value : value
      j &+= 1
    }
    i &+= 1
  }
}

/// One row of a panel of A, in two sums for each column.
@inline(never)
private func multiplyIntegerRow(_ depth: Int, _ a: Pairs, _ b: Pairs, _ c: MutablePairs) {
  var (s0, s1, t0, t1) = (PairLane.zero, PairLane.zero, PairLane.zero, PairLane.zero)
  var p = 0
  while p &+ 2 <= depth {
    let row = b + p &* tileColumns
    let x = PairLane(repeating: a[p &* tileRows])
    s0 = addPairs(x, loadPairs(row), s0)
    s1 = addPairs(x, loadPairs(row + 8), s1)
    let y = PairLane(repeating: a[(p &+ 1) &* tileRows])
    t0 = addPairs(y, loadPairs(row + 16), t0)
    t1 = addPairs(y, loadPairs(row + 24), t1)
    p &+= 2
  }
  if p < depth {
    let x = PairLane(repeating: a[p &* tileRows])
    s0 = addPairs(x, loadPairs(b + p &* tileColumns), s0)
    s1 = addPairs(x, loadPairs(b + (p &* tileColumns &+ 8)), s1)
  }
  storePairs(c, s0 &+ t0, s1 &+ t1, adding: false)
}

/// The micro-kernel: a tile of 6×16 sums in registers, one pair of terms at a time.
@inline(never)
private func multiplyIntegerTile(
  _ depth: Int, _ a: Pairs, _ b: Pairs, _ c: MutablePairs, _ stride: Int, adding: Bool
) {
  var (a, b) = (a, b)
  var (s00, s01) = (PairLane.zero, PairLane.zero)
  var (s10, s11) = (PairLane.zero, PairLane.zero)
  var (s20, s21) = (PairLane.zero, PairLane.zero)
  var (s30, s31) = (PairLane.zero, PairLane.zero)
  var (s40, s41) = (PairLane.zero, PairLane.zero)
  var (s50, s51) = (PairLane.zero, PairLane.zero)
  var left = depth
  while left > 0 {
    let (b0, b1) = (loadPairs(b), loadPairs(b + 8))
    let (a0, a1) = (PairLane(repeating: a[0]), PairLane(repeating: a[1]))
    s00 = addPairs(a0, b0, s00)
    s01 = addPairs(a0, b1, s01)
    s10 = addPairs(a1, b0, s10)
    s11 = addPairs(a1, b1, s11)
    let (a2, a3) = (PairLane(repeating: a[2]), PairLane(repeating: a[3]))
    s20 = addPairs(a2, b0, s20)
    s21 = addPairs(a2, b1, s21)
    s30 = addPairs(a3, b0, s30)
    s31 = addPairs(a3, b1, s31)
    let (a4, a5) = (PairLane(repeating: a[4]), PairLane(repeating: a[5]))
    s40 = addPairs(a4, b0, s40)
    s41 = addPairs(a4, b1, s41)
    s50 = addPairs(a5, b0, s50)
    s51 = addPairs(a5, b1, s51)
    a += tileRows
    b += tileColumns
    left &-= 1
  }
  storePairs(c, s00, s01, adding: adding)
  storePairs(c + stride, s10, s11, adding: adding)
  storePairs(c + 2 &* stride, s20, s21, adding: adding)
  storePairs(c + 3 &* stride, s30, s31, adding: adding)
  storePairs(c + 4 &* stride, s40, s41, adding: adding)
  storePairs(c + 5 &* stride, s50, s51, adding: adding)
}

@inline(__always)
private func storePairs(_ c: MutablePairs, _ x: PairLane, _ y: PairLane, adding: Bool) {
  let (x, y) = adding ? (loadPairs(c) &+ x, loadPairs(c + 8) &+ y) : (x, y)
  UnsafeMutableRawPointer(c).storeBytes(of: x, as: PairLane.self)
  UnsafeMutableRawPointer(c + 8).storeBytes(of: y, as: PairLane.self)
}
