// Two targets are made of this folder: `VectorKernels` for every processor, and `Avx2Kernels`, with the condition AVX2,
// for those that have AVX2 and FMA. The text uses concrete types and pointers alone: a generic function or an array
// specialised here could be linked into code that runs anywhere (Scripts/check-flags).

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
    let raised = replacing(with: Lane(repeating: low), where: self .< low)
    return raised.replacing(with: Lane(repeating: high), where: raised .> high)
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
    var sum = Lane(repeating: c.5)
    sum = sum * x + c.4
    sum = sum * x + c.3
    sum = sum * x + c.2
    sum = sum * x + c.1
    return sum * x + c.0
  }
}
