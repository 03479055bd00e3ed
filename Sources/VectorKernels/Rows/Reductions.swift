// Rows folded into a number, and rows folded with each other.

/// Whether `next` takes the place of `best`: where it is larger, or NaN.
@inline(__always)
private func isLarger(_ next: Lane, _ best: Lane) -> SIMDMask<SIMD8<Int32>> {
  (next .> best) .| (next .!= next)
}

@inline(__always)
private func isSmaller(_ next: Lane, _ best: Lane) -> SIMDMask<SIMD8<Int32>> {
  (next .< best) .| (next .!= next)
}

/// The first of the largest of `count` floats, at least one; NaN where one of them is.
public func firstLargest(_ x: Floats, _ count: Int) -> Float {
  let found = best(x, count, isLarger) { $0 > $1 || $0 != $0 }
  return found == 0 ? zero(in: x, count, from: 0, step: 1) : found
}

/// The last of the largest of `count` floats, at least one; NaN where one of them is.
public func lastLargest(_ x: Floats, _ count: Int) -> Float {
  let found = best(x, count, isLarger) { $0 > $1 || $0 != $0 }
  return found == 0 ? zero(in: x, count, from: count &- 1, step: -1) : found
}

/// The first of the smallest of `count` floats, at least one; NaN where one of them is.
public func firstSmallest(_ x: Floats, _ count: Int) -> Float {
  let found = best(x, count, isSmaller) { $0 < $1 || $0 != $0 }
  return found == 0 ? zero(in: x, count, from: 0, step: 1) : found
}

/// The next zero: lanes do not know which of two zeros comes first, and they may differ in sign.
private func zero(in x: Floats, _ count: Int, from start: Int, step: Int) -> Float {
  var i = start
  while i >= 0 && i < count {
    if x[i] == 0 { return x[i] }
    i &+= step
  }
  return 0
}

/// The best in four lanes, so that no comparison waits for the last one.
@inline(__always)
private func best(
  _ x: Floats, _ count: Int, _ isBetter: (Lane, Lane) -> SIMDMask<SIMD8<Int32>>,
  _ isBetterAlone: (Float, Float) -> Bool
) -> Float {
  let first = Lane(repeating: x[0])
  var (b0, b1, b2, b3) = (first, first, first, first)
  var i = 0
  while i &+ 4 &* laneWidth <= count {
    let (x0, x1) = (load(x + i), load(x + (i &+ 8)))
    let (x2, x3) = (load(x + (i &+ 16)), load(x + (i &+ 24)))
    b0 = b0.replacing(with: x0, where: isBetter(x0, b0))
    b1 = b1.replacing(with: x1, where: isBetter(x1, b1))
    b2 = b2.replacing(with: x2, where: isBetter(x2, b2))
    b3 = b3.replacing(with: x3, where: isBetter(x3, b3))
    i &+= 4 &* laneWidth
  }
  b0 = b0.replacing(with: b1, where: isBetter(b1, b0))
  b2 = b2.replacing(with: b3, where: isBetter(b3, b2))
  b0 = b0.replacing(with: b2, where: isBetter(b2, b0))
  var result = b0[0]
  var k = 1
  while k < laneWidth {
    if isBetterAlone(b0[k], result) { result = b0[k] }
    k &+= 1
  }
  while i < count {
    if isBetterAlone(x[i], result) { result = x[i] }
    i &+= 1
  }
  return result
}

/// The sum of the squares of `count` floats; in double where squares leave the range of float at either end.
public func sumOfSquares(_ x: Floats, _ count: Int) -> Double {
  let total = sumOfSquares(x, count, from: 0, 0)
  guard total < 1e-28 else { return total }
  var wide = 0.0
  var i = 0
  while i < count {
    wide += Double(x[i]) * Double(x[i])
    i &+= 1
  }
  return wide
}

/// Columns of rows that are folded with each other at a time.
public let foldedColumns = 64

/// y = the largest of each column of rows `stride` apart, the first of equal ones.
public func largestOfRows(
  _ x: Floats, rows: Int, stride: Int, columns: Int, into y: MutableFloats
) {
  bestOfRows(x, rows, stride, columns, y, isLarger)
}

/// y = the smallest of each column of rows `stride` apart, the first of equal ones.
public func smallestOfRows(
  _ x: Floats, rows: Int, stride: Int, columns: Int, into y: MutableFloats
) {
  bestOfRows(x, rows, stride, columns, y, isSmaller)
}

@inline(__always)
private func bestOfRows(
  _ x: Floats, _ rows: Int, _ stride: Int, _ columns: Int, _ y: MutableFloats,
  _ isBetter: (Lane, Lane) -> SIMDMask<SIMD8<Int32>>
) {
  var j = 0
  while j &+ 4 &* laneWidth <= columns {
    var row = x + j
    var (b0, b1, b2, b3) = (load(row), load(row + 8), load(row + 16), load(row + 24))
    var p = 1
    while p < rows {
      row += stride
      let (x0, x1, x2, x3) = (load(row), load(row + 8), load(row + 16), load(row + 24))
      b0 = b0.replacing(with: x0, where: isBetter(x0, b0))
      b1 = b1.replacing(with: x1, where: isBetter(x1, b1))
      b2 = b2.replacing(with: x2, where: isBetter(x2, b2))
      b3 = b3.replacing(with: x3, where: isBetter(x3, b3))
      p &+= 1
    }
    b0.store(y + j)
    b1.store(y + (j &+ 8))
    b2.store(y + (j &+ 16))
    b3.store(y + (j &+ 24))
    j &+= 4 &* laneWidth
  }
  while j < columns {
    let count = min(laneWidth, columns &- j)
    var best = load(x + j, first: count)
    var p = 1
    while p < rows {
      let next = load(x + (p &* stride &+ j), first: count)
      best = best.replacing(with: next, where: isBetter(next, best))
      p &+= 1
    }
    best.store(y + j, first: count)
    j &+= laneWidth
  }
}

/// totals = the sum of each of at most 64 columns of rows `stride` apart: short sums of floats, added up in double;
/// where one leaves the range of float, all of its column is taken in double.
public func sumRows(
  _ x: Floats, rows: Int, stride: Int, columns: Int, into totals: UnsafeMutablePointer<Double>
) {
  sumRows(x, rows, stride, columns, totals, { $0 }) { $0 }
  var j = 0
  while j < columns {
    if !totals[j].isFinite { totals[j] = wideColumn(x + j, rows, stride) { $0 } }
    j &+= 1
  }
}

/// The same for the squares; small ones are taken in double too.
public func sumSquaresOfRows(
  _ x: Floats, rows: Int, stride: Int, columns: Int, into totals: UnsafeMutablePointer<Double>
) {
  sumRows(x, rows, stride, columns, totals, { $0 * $0 }) { $0 * $0 }
  var j = 0
  while j < columns {
    if !totals[j].isFinite || totals[j] < 1e-28 {
      totals[j] = wideColumn(x + j, rows, stride) { $0 * $0 }
    }
    j &+= 1
  }
}

@inline(__always)
private func wideColumn(_ x: Floats, _ rows: Int, _ stride: Int, _ f: (Double) -> Double) -> Double {
  var total = -0.0
  var p = 0
  while p < rows {
    total += f(Double(x[p &* stride]))
    p &+= 1
  }
  return total
}

/// Rows whose sum is taken in floats: few enough that each adds up to a handful of roundings.
private let shortSum = 16

@inline(__always)
private func sumRows(
  _ x: Floats, _ rows: Int, _ stride: Int, _ columns: Int, _ totals: UnsafeMutablePointer<Double>,
  _ f: (Lane) -> Lane, _ alone: (Float) -> Float
) {
  var j = 0
  while j < columns {
    // −0 is what changes no number when it is added.
    totals[j] = -0.0
    j &+= 1
  }
  var p = 0
  while p < rows {
    let last = min(rows, p &+ shortSum)
    sumShort(x + p &* stride, last &- p, stride, columns, totals, f, alone)
    p = last
  }
}

@inline(__always)
private func sumShort(
  _ x: Floats, _ rows: Int, _ stride: Int, _ columns: Int, _ totals: UnsafeMutablePointer<Double>,
  _ f: (Lane) -> Lane, _ alone: (Float) -> Float
) {
  var j = 0
  while j &+ 4 &* laneWidth <= columns {
    var row = x + j
    let start = Lane(repeating: -0.0)
    var (s0, s1, s2, s3) = (start, start, start, start)
    var p = 0
    while p < rows {
      s0 += f(load(row))
      s1 += f(load(row + 8))
      s2 += f(load(row + 16))
      s3 += f(load(row + 24))
      row += stride
      p &+= 1
    }
    add(s0, totals + j)
    add(s1, totals + (j &+ 8))
    add(s2, totals + (j &+ 16))
    add(s3, totals + (j &+ 24))
    j &+= 4 &* laneWidth
  }
  while j < columns {
    var sum: Float = -0.0
    var p = 0
    while p < rows {
      sum += alone(x[p &* stride &+ j])
      p &+= 1
    }
    totals[j] += Double(sum)
    j &+= 1
  }
}

@inline(__always)
private func add(_ lane: Lane, _ totals: UnsafeMutablePointer<Double>) {
  var k = 0
  while k < laneWidth {
    totals[k] += Double(lane[k])
    k &+= 1
  }
}
