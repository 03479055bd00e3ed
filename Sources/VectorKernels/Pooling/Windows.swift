// A window that slides along a row: y[o] is the fold of x[o·stride + k·dilation − pad] over k in ascending order, where
// that lies on the row.

/// The largest element under each window, the first of equal ones, NaN where there is one; −∞ under none.
public func largestUnderWindow(
  _ x: Floats, width: Int, kernel: Int, stride: Int, dilation: Int, pad: Int, into y: MutableFloats,
  count: Int
) {
  slide(x, width, kernel, stride, dilation, pad, y, count, -.infinity) { best, next in
    best.replacing(with: next, where: (next .> best) .| (next .!= next))
  } _: { best, next in
    next > best || next != next ? next : best
  }
}

/// The sum of the elements under each window; 0 under none.
public func sumUnderWindow(
  _ x: Floats, width: Int, kernel: Int, stride: Int, dilation: Int, pad: Int, into y: MutableFloats,
  count: Int
) {
  slide(x, width, kernel, stride, dilation, pad, y, count, 0) {
    $0 + $1
  } _: {
    $0 + $1
  }
}

@inline(__always)
private func slide(
  _ x: Floats, _ width: Int, _ kernel: Int, _ stride: Int, _ dilation: Int, _ pad: Int, _ y: MutableFloats,
  _ count: Int, _ start: Float, _ combine: (Lane, Lane) -> Lane, _ combineAlone: (Float, Float) -> Float
) {
  @inline(__always)
  func alone(_ first: Int, _ last: Int) {
    var o = first
    while o < last {
      var value = start
      var cell = o &* stride &- pad
      // Of a window much larger than the row, what lies before the row is not even counted.
      var k = cell < 0 ? (dilation &- 1 &- cell) / dilation : 0
      cell &+= k &* dilation
      while k < kernel && cell < width {
        value = combineAlone(value, x[cell])
        cell &+= dilation
        k &+= 1
      }
      y[o] = value
      o &+= 1
    }
  }
  // Windows from `first` up to `last` lie on the row altogether.
  let reach = (kernel &- 1) &* dilation &- pad
  let first = min(count, pad > 0 ? (pad &+ stride &- 1) / stride : 0)
  let last = max(first, min(count, width > reach ? (width &- 1 &- reach) / stride &+ 1 : 0))
  alone(0, first)
  var o = first
  // The last lane of each begins earlier than need be, and computes some windows again.
  let lastLane = last &- laneWidth
  if stride == 1 && lastLane >= first {
    while o < last {
      o = min(o, lastLane)
      combineLane(x + (o &- pad), kernel, dilation, start, combine, { load($0) }).store(y + o)
      o &+= laneWidth
    }
  } else if stride == 2 && lastLane >= first {
    // Sixteen floats are read, of which the last is none of the windows'.
    while o &+ laneWidth <= last && 2 &* o &+ reach &+ 15 < width {
      combineLane(x + (2 &* o &- pad), kernel, dilation, start, combine, { loadEven($0) }).store(y + o)
      o &+= laneWidth
    }
    // At the end of the row it is the first that is none of them.
    if o < last && 2 &* lastLane > pad {
      let cell = x + (2 &* lastLane &- pad &- 1)
      combineLane(cell, kernel, dilation, start, combine, { loadOdd($0) }).store(y + lastLane)
      o = last
    }
  }
  alone(o, count)
}

@inline(__always)
private func combineLane(
  _ x: Floats, _ kernel: Int, _ dilation: Int, _ start: Float, _ combine: (Lane, Lane) -> Lane,
  _ read: (Floats) -> Lane
) -> Lane {
  var value = Lane(repeating: start)
  var cell = x
  var k = 0
  while k < kernel {
    value = combine(value, read(cell))
    cell += dilation
    k &+= 1
  }
  return value
}

/// Every other one of sixteen floats.
@inline(__always)
private func loadEven(_ x: Floats) -> Lane {
  UnsafeRawPointer(x).loadUnaligned(as: SIMD16<Float>.self).evenHalf
}

@inline(__always)
private func loadOdd(_ x: Floats) -> Lane {
  UnsafeRawPointer(x).loadUnaligned(as: SIMD16<Float>.self).oddHalf
}

/// y = sums / (divisors · factor); whether all of them are finite.
public func divideSums(
  _ sums: Floats, by divisors: Floats, _ factor: Float, into y: MutableFloats, _ count: Int
) -> Bool {
  var rest = Lane.zero
  var i = 0
  while i &+ laneWidth <= count {
    let mean = load(sums + i) / (load(divisors + i) * factor)
    mean.store(y + i)
    // 0 of a finite number, else NaN.
    rest += mean * 0
    i &+= laneWidth
  }
  var isFinite = rest.total == 0
  while i < count {
    y[i] = sums[i] / (divisors[i] * factor)
    isFinite = isFinite && y[i].isFinite
    i &+= 1
  }
  return isFinite
}
