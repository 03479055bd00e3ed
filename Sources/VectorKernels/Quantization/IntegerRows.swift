// What quantized convolutions and products do with rows of bytes and of sums.

/// Bytes less their zero point, every `step`-th, as numbers of 16 bits.
public func shiftBytes(
  _ x: Bytes, isSigned: Bool, step: Int, _ y: UnsafeMutablePointer<Int16>, _ count: Int, zeroPoint: Int32
) {
  if isSigned {
    let x = x.assumingMemoryBound(to: Int8.self)
    shift(y, count, step, zeroPoint) { Int32(x[$0]) }
  } else {
    let x = x.assumingMemoryBound(to: UInt8.self)
    shift(y, count, step, zeroPoint) { Int32(x[$0]) }
  }
}

@inline(__always)
private func shift(
  _ y: UnsafeMutablePointer<Int16>, _ count: Int, _ step: Int, _ zeroPoint: Int32, _ x: (Int) -> Int32
) {
  var i = 0
  if step == 1 {
    while i < count {
      y[i] = Int16(truncatingIfNeeded: x(i) &- zeroPoint)
      i &+= 1
    }
  } else {
    while i < count {
      y[i] = Int16(truncatingIfNeeded: x(i &* step) &- zeroPoint)
      i &+= 1
    }
  }
}

/// sums += weight · x, every `step`-th of x.
public func addWeighted(
  _ x: UnsafePointer<Int16>, step: Int, weight: Int32, _ sums: MutablePairs, _ count: Int
) {
  var i = 0
  if step == 1 {
    while i < count {
      sums[i] = sums[i] &+ Int32(x[i]) &* weight
      i &+= 1
    }
  } else {
    while i < count {
      sums[i] = sums[i] &+ Int32(x[i &* step]) &* weight
      i &+= 1
    }
  }
}

/// y = ((sum + bias) · factor, rounded, ties to even) + zero point, in bytes; NaN counts as 0. Products are
/// limited to `low`…`high`, whole numbers, which is what keeps the result within the type.
public func requantize(
  _ sums: Pairs, _ y: UnsafeMutablePointer<UInt8>, _ count: Int, bias: Double, factor: Double, low: Double,
  high: Double, zeroPoint: Int32
) {
  var i = 0
  while i < count {
    y[i] = UInt8(
      truncatingIfNeeded: wideSteps((Double(sums[i]) + bias) * factor, low, high) &+ zeroPoint)
    i &+= 1
  }
}

/// Where each element has a factor of its own.
public func requantizeEach(
  _ sums: Pairs, _ y: UnsafeMutablePointer<UInt8>, _ count: Int, factors: UnsafePointer<Double>, low: Double,
  high: Double, zeroPoint: Int32
) {
  var i = 0
  while i < count {
    y[i] = UInt8(truncatingIfNeeded: wideSteps(Double(sums[i]) * factors[i], low, high) &+ zeroPoint)
    i &+= 1
  }
}

/// A number limited and rounded. Small whole numbers added to 1.5·2^52 stand in its last places.
@inline(__always)
private func wideSteps(_ x: Double, _ low: Double, _ high: Double) -> Int32 {
  let raised = x < low ? low : x
  let limited = raised > high ? high : raised
  let number = limited == limited ? limited : 0
  return Int32(truncatingIfNeeded: (number + 0x1.8p52).bitPattern)
}

/// The smallest and the largest of `count` floats and 0; false where one is NaN.
public func range(_ x: Floats, _ count: Int, _ smallest: MutableFloats, _ largest: MutableFloats) -> Bool {
  var (low, high, strange) = (Lane.zero, Lane.zero, Lane.zero)
  var i = 0
  while i < count {
    let next = i &+ laneWidth <= count ? load(x + i) : load(x + i, first: count &- i)
    low = low.replacing(with: next, where: next .< low)
    high = high.replacing(with: next, where: next .> high)
    strange = strange.replacing(with: 1, where: next .!= next)
    i &+= laneWidth
  }
  smallest.pointee = -largestOf(low.negated)
  largest.pointee = largestOf(high)
  return strange.total == 0
}

@inline(__always)
private func largestOf(_ lane: Lane) -> Float {
  var best = lane[0]
  var k = 1
  while k < laneWidth {
    best = lane[k] > best ? lane[k] : best
    k &+= 1
  }
  return best
}
