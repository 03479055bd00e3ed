// Real numbers as small integers in units of a scale, and back. One scale and zero point serve a whole run of
// elements, or each element has its own.

/// y = (x / scale, rounded, ties to even) + zero point, in bytes; NaN counts as 0. The quotient is limited to
/// `low`…`high`, whole numbers, which is what keeps the sum within the type.
public func quantizeBytes(
  _ x: Floats, _ y: UnsafeMutablePointer<UInt8>, _ count: Int, _ scale: Float, _ low: Float, _ high: Float,
  _ zeroPoint: Int32
) {
  var i = 0
  while i < count {
    y[i] = UInt8(truncatingIfNeeded: steps(x[i], scale, low, high) &+ zeroPoint)
    i &+= 1
  }
}

/// The same in two bytes each.
public func quantizeWords(
  _ x: Floats, _ y: UnsafeMutablePointer<UInt16>, _ count: Int, _ scale: Float, _ low: Float, _ high: Float,
  _ zeroPoint: Int32
) {
  var i = 0
  while i < count {
    y[i] = UInt16(truncatingIfNeeded: steps(x[i], scale, low, high) &+ zeroPoint)
    i &+= 1
  }
}

/// Where each element has a scale and a zero point of its own; `lowest` and `highest` are the ends of the
/// type.
public func quantizeBytesEach(
  _ x: Floats, _ y: UnsafeMutablePointer<UInt8>, _ count: Int, _ scales: Floats,
  _ zeroPoints: UnsafePointer<Int32>, _ lowest: Float, _ highest: Float
) {
  var i = 0
  while i < count {
    let zeroPoint = zeroPoints[i]
    let shift = Float(zeroPoint)
    y[i] = UInt8(
      truncatingIfNeeded: steps(x[i], scales[i], lowest - shift, highest - shift) &+ zeroPoint)
    i &+= 1
  }
}

/// The same in two bytes each.
public func quantizeWordsEach(
  _ x: Floats, _ y: UnsafeMutablePointer<UInt16>, _ count: Int, _ scales: Floats,
  _ zeroPoints: UnsafePointer<Int32>, _ lowest: Float, _ highest: Float
) {
  var i = 0
  while i < count {
    let zeroPoint = zeroPoints[i]
    let shift = Float(zeroPoint)
    y[i] = UInt16(
      truncatingIfNeeded: steps(x[i], scales[i], lowest - shift, highest - shift) &+ zeroPoint)
    i &+= 1
  }
}

/// x / scale limited and rounded. Whole numbers of at most 17 bits added to 1.5·2^23 stand in its last
/// places.
@inline(__always)
func steps(_ x: Float, _ scale: Float, _ low: Float, _ high: Float) -> Int32 {
  let quotient = x / scale
  let raised = quotient < low ? low : quotient
  let limited = raised > high ? high : raised
  let number = limited == limited ? limited : 0
  return Int32(bitPattern: (number + 0x1.8p23).bitPattern)
    &- Int32(bitPattern: (0x1.8p23 as Float).bitPattern)
}

// MARK: - Back

/// y = (x − zero point) · scale: a difference of at most 17 bits, so that only the product is rounded.
@inline(__always)
private func dequantize(
  _ y: MutableFloats, _ count: Int, _ x: (Int) -> Int32, _ zeroPoint: (Int) -> Int32, _ scale: (Int) -> Float
) {
  var i = 0
  while i < count {
    y[i] = Float(x(i) &- zeroPoint(i)) * scale(i)
    i &+= 1
  }
}

public func dequantizeInt8(
  _ x: Bytes, _ y: MutableFloats, _ count: Int, _ scale: Float, _ zeroPoint: Int32
) {
  let x = x.assumingMemoryBound(to: Int8.self)
  dequantize(y, count, { Int32(x[$0]) }, { _ in zeroPoint }, { _ in scale })
}

public func dequantizeUInt8(
  _ x: Bytes, _ y: MutableFloats, _ count: Int, _ scale: Float, _ zeroPoint: Int32
) {
  let x = x.assumingMemoryBound(to: UInt8.self)
  dequantize(y, count, { Int32(x[$0]) }, { _ in zeroPoint }, { _ in scale })
}

public func dequantizeInt16(
  _ x: Bytes, _ y: MutableFloats, _ count: Int, _ scale: Float, _ zeroPoint: Int32
) {
  let x = x.assumingMemoryBound(to: Int16.self)
  dequantize(y, count, { Int32(x[$0]) }, { _ in zeroPoint }, { _ in scale })
}

public func dequantizeUInt16(
  _ x: Bytes, _ y: MutableFloats, _ count: Int, _ scale: Float, _ zeroPoint: Int32
) {
  let x = x.assumingMemoryBound(to: UInt16.self)
  dequantize(y, count, { Int32(x[$0]) }, { _ in zeroPoint }, { _ in scale })
}

public func dequantizeInt8Each(
  _ x: Bytes, _ y: MutableFloats, _ count: Int, _ scales: Floats,
  _ zeroPoints: UnsafePointer<Int32>
) {
  let x = x.assumingMemoryBound(to: Int8.self)
  dequantize(y, count, { Int32(x[$0]) }, { zeroPoints[$0] }, { scales[$0] })
}

public func dequantizeUInt8Each(
  _ x: Bytes, _ y: MutableFloats, _ count: Int, _ scales: Floats,
  _ zeroPoints: UnsafePointer<Int32>
) {
  let x = x.assumingMemoryBound(to: UInt8.self)
  dequantize(y, count, { Int32(x[$0]) }, { zeroPoints[$0] }, { scales[$0] })
}

public func dequantizeInt16Each(
  _ x: Bytes, _ y: MutableFloats, _ count: Int, _ scales: Floats,
  _ zeroPoints: UnsafePointer<Int32>
) {
  let x = x.assumingMemoryBound(to: Int16.self)
  dequantize(y, count, { Int32(x[$0]) }, { zeroPoints[$0] }, { scales[$0] })
}

public func dequantizeUInt16Each(
  _ x: Bytes, _ y: MutableFloats, _ count: Int, _ scales: Floats,
  _ zeroPoints: UnsafePointer<Int32>
) {
  let x = x.assumingMemoryBound(to: UInt16.self)
  dequantize(y, count, { Int32(x[$0]) }, { zeroPoints[$0] }, { scales[$0] })
}

/// The same for 32 bits, whose difference and product need more places: in double, then rounded to float.
public func dequantizeInt32(
  _ x: Bytes, _ y: MutableFloats, _ count: Int, _ scale: Float, _ zeroPoint: Int32
) {
  let x = x.assumingMemoryBound(to: Int32.self)
  let (scale, zeroPoint) = (Double(scale), Double(zeroPoint))
  var i = 0
  while i < count {
    y[i] = Float((Double(x[i]) - zeroPoint) * scale)
    i &+= 1
  }
}

public func dequantizeInt32Each(
  _ x: Bytes, _ y: MutableFloats, _ count: Int, _ scales: Floats,
  _ zeroPoints: UnsafePointer<Int32>
) {
  let x = x.assumingMemoryBound(to: Int32.self)
  var i = 0
  while i < count {
    y[i] = Float((Double(x[i]) - Double(zeroPoints[i])) * Double(scales[i]))
    i &+= 1
  }
}
