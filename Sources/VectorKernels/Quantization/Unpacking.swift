import CVectors

// Sixteen columns of a matrix of bytes as floats, y = (x − zero point) · scale, in the order in which products read them:
// the difference has at most 9 bits, so that only the product is rounded.

/// - Parameters:
///   - x: the first of `rows` rows, which lie `stride` bytes apart; signed.
///   - scales: sixteen, one for each column, as are the zero points.
///   - panel: [row][16].
public func unpackInt8(
  _ x: Bytes, stride: Int, rows: Int, _ scales: Floats, _ zeroPoints: UnsafePointer<Int32>,
  into panel: MutableFloats
) {
  let x = x.assumingMemoryBound(to: Int8.self)
  unpack(rows, scales, zeroPoints, panel) { row, column in loadBytes(x + (row &* stride &+ column)) }
}

/// The same for bytes without a sign.
public func unpackUInt8(
  _ x: Bytes, stride: Int, rows: Int, _ scales: Floats, _ zeroPoints: UnsafePointer<Int32>,
  into panel: MutableFloats
) {
  let x = x.assumingMemoryBound(to: UInt8.self)
  unpack(rows, scales, zeroPoints, panel) { row, column in loadBytes(x + (row &* stride &+ column)) }
}

@inline(__always)
private func unpack(
  _ rows: Int, _ scales: Floats, _ zeroPoints: UnsafePointer<Int32>, _ panel: MutableFloats,
  _ bytes: (_ row: Int, _ column: Int) -> SIMD8<Int32>
) {
  let zeros = UnsafeRawPointer(zeroPoints)
  let left = zeros.loadUnaligned(as: SIMD8<Int32>.self)
  let right = (zeros + 32).loadUnaligned(as: SIMD8<Int32>.self)
  let (leftScale, rightScale) = (load(scales), load(scales + laneWidth))
  var row = 0
  while row < rows {
    let target = panel + row &* tileColumns
    (floats(bytes(row, 0) &- left) * leftScale).store(target)
    (floats(bytes(row, laneWidth) &- right) * rightScale).store(target + laneWidth)
    row &+= 1
  }
}

@inline(__always)
private func loadBytes(_ x: UnsafePointer<Int8>) -> SIMD8<Int32> {
  #if AVX2
    touchstone_load_int8(x)
  #else
    SIMD8<Int32>(
      Int32(x[0]), Int32(x[1]), Int32(x[2]), Int32(x[3]), Int32(x[4]), Int32(x[5]), Int32(x[6]), Int32(x[7]))
  #endif
}

@inline(__always)
private func loadBytes(_ x: UnsafePointer<UInt8>) -> SIMD8<Int32> {
  #if AVX2
    touchstone_load_uint8(x)
  #else
    SIMD8<Int32>(
      Int32(x[0]), Int32(x[1]), Int32(x[2]), Int32(x[3]), Int32(x[4]), Int32(x[5]), Int32(x[6]), Int32(x[7]))
  #endif
}

/// Integers of at most 24 bits as floats.
@inline(__always)
private func floats(_ x: SIMD8<Int32>) -> Lane {
  #if AVX2
    touchstone_floats(x)
  #else
    Lane(
      Float(x[0]), Float(x[1]), Float(x[2]), Float(x[3]), Float(x[4]), Float(x[5]), Float(x[6]), Float(x[7]))
  #endif
}
