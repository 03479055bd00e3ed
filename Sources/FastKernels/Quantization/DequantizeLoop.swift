import Avx2Kernels
import TensorCore
import VectorKernels

/// The loops that make floats of integers of one type, with one scale for all, and with one for each.
struct DequantizeLoop: Sendable {
  let one: @Sendable (UnsafeRawPointer, UnsafeMutablePointer<Float>, Int, Float, Int32) -> Void
  let each:
    @Sendable (UnsafeRawPointer, UnsafeMutablePointer<Float>, Int, UnsafePointer<Float>, UnsafePointer<Int32>)
      -> Void

  /// Sixteen columns of a matrix of bytes as a panel of a product; nil for wider types.
  let unpack: UnpackLoop?

  /// - Parameter scales: one, or one for each element, as are the zero points.
  func apply(
    _ x: UnsafeRawPointer, _ y: UnsafeMutablePointer<Float>, _ count: Int, isEach: Bool,
    _ scales: UnsafePointer<Float>, _ zeroPoints: UnsafePointer<Int32>
  ) {
    if isEach { each(x, y, count, scales, zeroPoints) } else { one(x, y, count, scales[0], zeroPoints[0]) }
  }

  typealias UnpackLoop =
    @Sendable (
      UnsafeRawPointer, Int, Int, UnsafePointer<Float>, UnsafePointer<Int32>, UnsafeMutablePointer<Float>
    ) -> Void

  init?(for type: ElementType) {
    switch type {
    case .int8, .int4, .int2:
      unpack = variant(
        VectorKernels.unpackInt8(_:stride:rows:_:_:into:),
        avx2: Avx2Kernels.unpackInt8(_:stride:rows:_:_:into:))
    case .uint8, .uint4, .uint2:
      unpack = variant(
        VectorKernels.unpackUInt8(_:stride:rows:_:_:into:),
        avx2: Avx2Kernels.unpackUInt8(_:stride:rows:_:_:into:))
    default: unpack = nil
    }
    switch type {
    case .int8, .int4, .int2:
      (one, each) = (
        variant(VectorKernels.dequantizeInt8, avx2: Avx2Kernels.dequantizeInt8),
        variant(VectorKernels.dequantizeInt8Each, avx2: Avx2Kernels.dequantizeInt8Each)
      )
    case .uint8, .uint4, .uint2:
      (one, each) = (
        variant(VectorKernels.dequantizeUInt8, avx2: Avx2Kernels.dequantizeUInt8),
        variant(VectorKernels.dequantizeUInt8Each, avx2: Avx2Kernels.dequantizeUInt8Each)
      )
    case .int16:
      (one, each) = (
        variant(VectorKernels.dequantizeInt16, avx2: Avx2Kernels.dequantizeInt16),
        variant(VectorKernels.dequantizeInt16Each, avx2: Avx2Kernels.dequantizeInt16Each)
      )
    case .uint16:
      (one, each) = (
        variant(VectorKernels.dequantizeUInt16, avx2: Avx2Kernels.dequantizeUInt16),
        variant(VectorKernels.dequantizeUInt16Each, avx2: Avx2Kernels.dequantizeUInt16Each)
      )
    case .int32:
      (one, each) = (
        variant(VectorKernels.dequantizeInt32, avx2: Avx2Kernels.dequantizeInt32),
        variant(VectorKernels.dequantizeInt32Each, avx2: Avx2Kernels.dequantizeInt32Each)
      )
    default: return nil
    }
  }
}
