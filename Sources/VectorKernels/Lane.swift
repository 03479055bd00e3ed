// Two targets are made of this folder: `VectorKernels` for every processor, and `Avx2Kernels`, with the condition AVX2,
// for those that have AVX2 and FMA. The text uses concrete types and pointers alone: a generic function or an array
// specialised here could be linked into code that runs anywhere (Scripts/check-flags).

import CVectors

public typealias Floats = UnsafePointer<Float>
public typealias MutableFloats = UnsafeMutablePointer<Float>

/// Eight floats at a time.
typealias Lane = SIMD8<Float>

/// The floats in a lane.
let laneWidth = 8

@inline(__always)
func load(_ pointer: Floats) -> Lane { UnsafeRawPointer(pointer).loadUnaligned(as: Lane.self) }

/// The first `count` floats, at least one; zeros behind them.
@inline(__always)
func load(_ pointer: Floats, first count: Int) -> Lane {
  var lane = Lane.zero
  var i = 0
  while i < count {
    lane[i] = pointer[i]
    i &+= 1
  }
  return lane
}

/// a·b + c, rounded once where the processor can.
@inline(__always)
func fma(_ a: Lane, _ b: Lane, _ c: Lane) -> Lane {
  #if AVX2
    c.addingProduct(a, b)
  #else
    a * b + c
  #endif
}

/// a·b + c, rounded once where the processor can.
@inline(__always)
func fma(_ a: Float, _ b: Float, _ c: Float) -> Float {
  #if AVX2
    c.addingProduct(a, b)
  #else
    a * b + c
  #endif
}

extension SIMD8<Float> {
  @inline(__always)
  func store(_ pointer: MutableFloats) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Lane.self)
  }

  /// Stores the first `count` floats.
  @inline(__always)
  func store(_ pointer: MutableFloats, first count: Int) {
    var i = 0
    while i < count {
      pointer[i] = self[i]
      i &+= 1
    }
  }

  /// Limited to `low`…`high`; NaN stays NaN.
  @inline(__always)
  func limited(_ low: Float, _ high: Float) -> Lane {
    #if AVX2
      return touchstone_limit(self, low, high)
    #else
      let raised = replacing(with: Lane(repeating: low), where: self .< low)
      return raised.replacing(with: Lane(repeating: high), where: raised .> high)
    #endif
  }

  /// |x|.
  @inline(__always)
  var magnitude: Lane {
    unsafeBitCast(unsafeBitCast(self, to: SIMD8<UInt32>.self) & 0x7FFF_FFFF, to: Lane.self)
  }

  /// −x, −0 for 0 too.
  @inline(__always)
  var negated: Lane {
    unsafeBitCast(unsafeBitCast(self, to: SIMD8<UInt32>.self) ^ 0x8000_0000, to: Lane.self)
  }

  /// This number, which is not negative, with the sign of `other`.
  @inline(__always)
  func signed(as other: Lane) -> Lane {
    let sign = unsafeBitCast(other, to: SIMD8<UInt32>.self) & 0x8000_0000
    return unsafeBitCast(unsafeBitCast(self, to: SIMD8<UInt32>.self) | sign, to: Lane.self)
  }

  /// The sum of all eight, in pairs.
  @inline(__always)
  var total: Float {
    let half = lowHalf + highHalf
    return (half.x + half.z) + (half.y + half.w)
  }

  /// The polynomial Σ coefficients[k]·x^k, by Horner's rule.
  @inline(__always)
  static func polynomial(_ x: Lane, _ c: (Float, Float, Float, Float, Float, Float)) -> Lane {
    var sum = fma(Lane(repeating: c.5), x, Lane(repeating: c.4))
    sum = fma(sum, x, Lane(repeating: c.3))
    sum = fma(sum, x, Lane(repeating: c.2))
    sum = fma(sum, x, Lane(repeating: c.1))
    return fma(sum, x, Lane(repeating: c.0))
  }
}

/// Eight rows of eight floats, written as columns.
@inline(__always)
func transpose(_ x: Floats, _ stride: Int, _ y: MutableFloats, _ target: Int) {
  let (a, b) = (transposedHalves(x, stride), transposedHalves(x + 4 &* stride, stride))
  Lane(lowHalf: a.0.lowHalf, highHalf: b.0.lowHalf).store(y)
  Lane(lowHalf: a.1.lowHalf, highHalf: b.1.lowHalf).store(y + target)
  Lane(lowHalf: a.2.lowHalf, highHalf: b.2.lowHalf).store(y + 2 &* target)
  Lane(lowHalf: a.3.lowHalf, highHalf: b.3.lowHalf).store(y + 3 &* target)
  Lane(lowHalf: a.0.highHalf, highHalf: b.0.highHalf).store(y + 4 &* target)
  Lane(lowHalf: a.1.highHalf, highHalf: b.1.highHalf).store(y + 5 &* target)
  Lane(lowHalf: a.2.highHalf, highHalf: b.2.highHalf).store(y + 6 &* target)
  Lane(lowHalf: a.3.highHalf, highHalf: b.3.highHalf).store(y + 7 &* target)
}

/// Columns 0 and 4, 1 and 5, 2 and 6, 3 and 7 of four rows.
@inline(__always)
private func transposedHalves(_ x: Floats, _ stride: Int) -> (Lane, Lane, Lane, Lane) {
  let (r0, r1, r2, r3) = (load(x), load(x + stride), load(x + 2 &* stride), load(x + 3 &* stride))
  let (a, b) = (interleavedLow(r0, r1), interleavedHigh(r0, r1))
  let (c, d) = (interleavedLow(r2, r3), interleavedHigh(r2, r3))
  return (pairsLow(a, c), pairsHigh(a, c), pairsLow(b, d), pairsHigh(b, d))
}

@inline(__always)
private func interleavedLow(_ a: Lane, _ b: Lane) -> Lane {
  Lane(a[0], b[0], a[1], b[1], a[4], b[4], a[5], b[5])
}

@inline(__always)
private func interleavedHigh(_ a: Lane, _ b: Lane) -> Lane {
  Lane(a[2], b[2], a[3], b[3], a[6], b[6], a[7], b[7])
}

@inline(__always)
private func pairsLow(_ a: Lane, _ b: Lane) -> Lane {
  Lane(a[0], a[1], b[0], b[1], a[4], a[5], b[4], b[5])
}

@inline(__always)
private func pairsHigh(_ a: Lane, _ b: Lane) -> Lane {
  Lane(a[2], a[3], b[2], b[3], a[6], a[7], b[6], b[7])
}
