// The elements of `x` converted to another type, as Cast converts them. All have one signature, so that a
// table holds them; what the bytes are, the name says. Booleans are bytes of 0 and 1.

public typealias Bytes = UnsafeRawPointer
public typealias MutableBytes = UnsafeMutableRawPointer

@inline(__always)
private func each(_ count: Int, _ body: (Int) -> Void) {
  var i = 0
  while i < count {
    body(i)
    i &+= 1
  }
}

// MARK: - To float

public func castHalfToFloat(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: UInt16.self), y.assumingMemoryBound(to: Float.self))
  each(count) { y[$0] = float(half: x[$0]) }
}

public func castBFloatToFloat(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: UInt16.self), y.assumingMemoryBound(to: Float.self))
  each(count) { y[$0] = float(bfloat: x[$0]) }
}

public func castDoubleToFloat(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Double.self), y.assumingMemoryBound(to: Float.self))
  each(count) { y[$0] = Float(x[$0]) }
}

public func castInt8ToFloat(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int8.self), y.assumingMemoryBound(to: Float.self))
  each(count) { y[$0] = Float(x[$0]) }
}

public func castUInt8ToFloat(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: UInt8.self), y.assumingMemoryBound(to: Float.self))
  each(count) { y[$0] = Float(x[$0]) }
}

public func castBoolToFloat(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: UInt8.self), y.assumingMemoryBound(to: Float.self))
  each(count) { y[$0] = x[$0] == 0 ? 0 : 1 }
}

public func castInt32ToFloat(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int32.self), y.assumingMemoryBound(to: Float.self))
  each(count) { y[$0] = Float(x[$0]) }
}

public func castInt64ToFloat(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int64.self), y.assumingMemoryBound(to: Float.self))
  each(count) { y[$0] = Float(x[$0]) }
}

// MARK: - From float

public func castFloatToHalf(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Float.self), y.assumingMemoryBound(to: UInt16.self))
  each(count) { y[$0] = half(x[$0]) }
}

public func castFloatToBFloat(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Float.self), y.assumingMemoryBound(to: UInt16.self))
  each(count) { y[$0] = bfloat(x[$0]) }
}

public func castFloatToDouble(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Float.self), y.assumingMemoryBound(to: Double.self))
  each(count) { y[$0] = Double(x[$0]) }
}

public func castFloatToBool(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Float.self), y.assumingMemoryBound(to: UInt8.self))
  each(count) { y[$0] = x[$0] == 0 ? 0 : 1 }
}

/// To int8 and uint8: the low bits.
public func castFloatToByte(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Float.self), y.assumingMemoryBound(to: UInt8.self))
  each(count) { y[$0] = UInt8(truncatingIfNeeded: wholeNumber(Double(x[$0]))) }
}

public func castFloatToInt32(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Float.self), y.assumingMemoryBound(to: Int32.self))
  each(count) { y[$0] = Int32(truncatingIfNeeded: wholeNumber(Double(x[$0]))) }
}

public func castFloatToInt64(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Float.self), y.assumingMemoryBound(to: Int64.self))
  each(count) { y[$0] = wholeNumber(Double(x[$0])) }
}

/// A number truncated toward zero, of which the low 64 bits are kept; 0 for what is not finite.
@inline(__always)
private func wholeNumber(_ x: Double) -> Int64 {
  x.magnitude < 0x1p62 ? Int64(x) : lowBits(x)
}

private func lowBits(_ x: Double) -> Int64 {
  guard x.magnitude < .infinity else { return 0 }
  // From 2^62 on there are no places behind the point: 53 bits, and zeros below them.
  let shift = Int((x.bitPattern &>> 52) & 0x7FF) &- 1075
  guard shift < 64 else { return 0 }
  let magnitude = Int64(
    bitPattern: ((x.bitPattern & 0xF_FFFF_FFFF_FFFF) | 0x10_0000_0000_0000) &<< UInt64(shift))
  return x < 0 ? 0 &- magnitude : magnitude
}

// MARK: - Double and whole numbers

public func castDoubleToInt32(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Double.self), y.assumingMemoryBound(to: Int32.self))
  each(count) { y[$0] = Int32(truncatingIfNeeded: wholeNumber(x[$0])) }
}

public func castDoubleToInt64(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Double.self), y.assumingMemoryBound(to: Int64.self))
  each(count) { y[$0] = wholeNumber(x[$0]) }
}

public func castInt32ToDouble(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int32.self), y.assumingMemoryBound(to: Double.self))
  each(count) { y[$0] = Double(x[$0]) }
}

public func castInt64ToDouble(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int64.self), y.assumingMemoryBound(to: Double.self))
  each(count) { y[$0] = Double(x[$0]) }
}

public func castInt64ToInt32(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int64.self), y.assumingMemoryBound(to: Int32.self))
  each(count) { y[$0] = Int32(truncatingIfNeeded: x[$0]) }
}

public func castInt64ToByte(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int64.self), y.assumingMemoryBound(to: UInt8.self))
  each(count) { y[$0] = UInt8(truncatingIfNeeded: x[$0]) }
}

public func castInt64ToBool(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int64.self), y.assumingMemoryBound(to: UInt8.self))
  each(count) { y[$0] = x[$0] == 0 ? 0 : 1 }
}

public func castInt32ToInt64(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int32.self), y.assumingMemoryBound(to: Int64.self))
  each(count) { y[$0] = Int64(x[$0]) }
}

public func castInt32ToByte(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int32.self), y.assumingMemoryBound(to: UInt8.self))
  each(count) { y[$0] = UInt8(truncatingIfNeeded: x[$0]) }
}

public func castInt32ToBool(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int32.self), y.assumingMemoryBound(to: UInt8.self))
  each(count) { y[$0] = x[$0] == 0 ? 0 : 1 }
}

public func castInt8ToInt32(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int8.self), y.assumingMemoryBound(to: Int32.self))
  each(count) { y[$0] = Int32(x[$0]) }
}

public func castUInt8ToInt32(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: UInt8.self), y.assumingMemoryBound(to: Int32.self))
  each(count) { y[$0] = Int32(x[$0]) }
}

public func castInt8ToInt64(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: Int8.self), y.assumingMemoryBound(to: Int64.self))
  each(count) { y[$0] = Int64(x[$0]) }
}

public func castUInt8ToInt64(_ x: Bytes, _ y: MutableBytes, _ count: Int) {
  let (x, y) = (x.assumingMemoryBound(to: UInt8.self), y.assumingMemoryBound(to: Int64.self))
  each(count) { y[$0] = Int64(x[$0]) }
}
