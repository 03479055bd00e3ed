import Avx2Kernels
import TensorCore
import VectorKernels

/// Loops that convert elements of one type to another.
enum CastLoops {
  typealias Loop = @Sendable (UnsafeRawPointer, UnsafeMutableRawPointer, Int) -> Void

  /// The loop that converts directly; nil where there is none.
  static func direct(_ source: ElementType, _ target: ElementType) -> Loop? {
    target == .float ? toFloat(source) : source == .float ? fromFloat(target) : between(source, target)
  }

  /// Whether every number of a type is one of float, or one that the other rounds alike: whole numbers from
  /// 2^24 on, of which float keeps no place, are beyond float16.
  static func goesByFloat(_ source: ElementType, _ target: ElementType) -> Bool {
    switch source {
    case .float16, .bfloat16, .int8, .uint8, .bool: true
    case .int32, .int64: target == .float16
    default: false
    }
  }

  static func toFloat(_ source: ElementType) -> Loop? {
    switch source {
    case .float16: variant(VectorKernels.castHalfToFloat, avx2: Avx2Kernels.castHalfToFloat)
    case .bfloat16: variant(VectorKernels.castBFloatToFloat, avx2: Avx2Kernels.castBFloatToFloat)
    case .double: variant(VectorKernels.castDoubleToFloat, avx2: Avx2Kernels.castDoubleToFloat)
    case .int8: variant(VectorKernels.castInt8ToFloat, avx2: Avx2Kernels.castInt8ToFloat)
    case .uint8: variant(VectorKernels.castUInt8ToFloat, avx2: Avx2Kernels.castUInt8ToFloat)
    case .bool: variant(VectorKernels.castBoolToFloat, avx2: Avx2Kernels.castBoolToFloat)
    case .int32: variant(VectorKernels.castInt32ToFloat, avx2: Avx2Kernels.castInt32ToFloat)
    case .int64: variant(VectorKernels.castInt64ToFloat, avx2: Avx2Kernels.castInt64ToFloat)
    default: nil
    }
  }

  static func fromFloat(_ target: ElementType) -> Loop? {
    switch target {
    case .float16: variant(VectorKernels.castFloatToHalf, avx2: Avx2Kernels.castFloatToHalf)
    case .bfloat16: variant(VectorKernels.castFloatToBFloat, avx2: Avx2Kernels.castFloatToBFloat)
    case .double: variant(VectorKernels.castFloatToDouble, avx2: Avx2Kernels.castFloatToDouble)
    case .int8, .uint8: variant(VectorKernels.castFloatToByte, avx2: Avx2Kernels.castFloatToByte)
    case .bool: variant(VectorKernels.castFloatToBool, avx2: Avx2Kernels.castFloatToBool)
    case .int32: variant(VectorKernels.castFloatToInt32, avx2: Avx2Kernels.castFloatToInt32)
    case .int64: variant(VectorKernels.castFloatToInt64, avx2: Avx2Kernels.castFloatToInt64)
    default: nil
    }
  }

  private static func between(_ source: ElementType, _ target: ElementType) -> Loop? {
    switch (source, target) {
    case (.double, .int32): variant(VectorKernels.castDoubleToInt32, avx2: Avx2Kernels.castDoubleToInt32)
    case (.double, .int64): variant(VectorKernels.castDoubleToInt64, avx2: Avx2Kernels.castDoubleToInt64)
    case (.int32, .double): variant(VectorKernels.castInt32ToDouble, avx2: Avx2Kernels.castInt32ToDouble)
    case (.int64, .double): variant(VectorKernels.castInt64ToDouble, avx2: Avx2Kernels.castInt64ToDouble)
    case (.int64, .int32): variant(VectorKernels.castInt64ToInt32, avx2: Avx2Kernels.castInt64ToInt32)
    case (.int64, .int8), (.int64, .uint8):
      variant(VectorKernels.castInt64ToByte, avx2: Avx2Kernels.castInt64ToByte)
    case (.int64, .bool): variant(VectorKernels.castInt64ToBool, avx2: Avx2Kernels.castInt64ToBool)
    case (.int32, .int64): variant(VectorKernels.castInt32ToInt64, avx2: Avx2Kernels.castInt32ToInt64)
    case (.int32, .int8), (.int32, .uint8):
      variant(VectorKernels.castInt32ToByte, avx2: Avx2Kernels.castInt32ToByte)
    case (.int32, .bool): variant(VectorKernels.castInt32ToBool, avx2: Avx2Kernels.castInt32ToBool)
    case (.int8, .int32): variant(VectorKernels.castInt8ToInt32, avx2: Avx2Kernels.castInt8ToInt32)
    case (.int8, .int64): variant(VectorKernels.castInt8ToInt64, avx2: Avx2Kernels.castInt8ToInt64)
    case (.uint8, .int32): variant(VectorKernels.castUInt8ToInt32, avx2: Avx2Kernels.castUInt8ToInt32)
    case (.uint8, .int64): variant(VectorKernels.castUInt8ToInt64, avx2: Avx2Kernels.castUInt8ToInt64)
    default: nil
    }
  }
}
