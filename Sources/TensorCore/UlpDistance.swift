/// Distances in units in the last place: how many representable numbers lie between two.

extension Tensor {
  /// How many steps through the numbers of the element type lead from this tensor's element to the other's; 0 for
  /// equal numbers and for the two zeros. Infinity is one step beyond the largest number.
  ///
  /// Nil for NaN, for types that are not floating and for tensors of different types.
  ///
  /// - Precondition: `index` is a flat position in both tensors.
  public func ulpDistance(to other: Tensor, at index: Int) -> UInt64? {
    guard elementType == other.elementType, let a = orderedCode(at: index),
      let b = other.orderedCode(at: index)
    else { return nil }
    return a > b ? UInt64(bitPattern: a &- b) : UInt64(bitPattern: b &- a)
  }

  /// A number that orders the elements of a floating type as their values do, without gaps.
  private func orderedCode(at index: Int) -> Int64? {
    switch elementType {
    case .double:
      let value = element(Double.self, index)
      return value.isNaN ? nil : Self.ordered(value.bitPattern, signBit: 1 << 63)
    case .float:
      let value = element(Float.self, index)
      return value.isNaN ? nil : Self.ordered(UInt64(value.bitPattern), signBit: 1 << 31)
    case .float8e8m0:
      let code = element(UInt8.self, index)
      return code == 255 ? nil : Int64(code)
    default:
      guard let format = FloatFormat(elementType) else { return nil }
      let code = elementType.byteWidth == 2 ? element(UInt16.self, index) : UInt16(element(UInt8.self, index))
      return format.decode(code).isNaN ? nil : Self.ordered(UInt64(code), signBit: UInt64(format.signBit))
    }
  }

  /// Codes are sign and magnitude; below zero the order of the magnitudes is reversed.
  private static func ordered(_ code: UInt64, signBit: UInt64) -> Int64 {
    let magnitude = Int64(bitPattern: code & (signBit &- 1))
    return code & signBit == 0 ? magnitude : -magnitude
  }

  private func element<T: BitwiseCopyable>(_: T.Type, _ index: Int) -> T {
    withUnsafeBytes { $0.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.stride, as: T.self) }
  }
}
