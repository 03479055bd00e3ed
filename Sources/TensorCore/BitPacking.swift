/// Elements below a byte: packed in files as a stream of bits, lowest first, and one byte each in a `Tensor`.
///
/// Source: onnx.proto at `raw_data`. The rules for 2, 4 and 6 bits are one rule: element k takes the bits
/// from k·width on, counted from the lowest bit of the first byte; unused bits of the last byte are zero.
public enum BitPacking {
  /// Bytes that `count` elements take in a file.
  public static func packedByteCount(_ type: ElementType, _ count: Int) -> Int {
    // Tensors have fewer than 2^56 elements of at most 128 bits.
    (count * type.bitWidth + 7) / 8
  }

  /// A tensor of the elements packed in `bytes`; signed ones keep their sign.
  public static func unpack(_ type: ElementType, shape: [Int], _ bytes: UnsafeRawBufferPointer) -> Tensor {
    let width = type.bitWidth
    let isSigned = type.arithmetic == .signed
    return Tensor(type, shape: shape) { elements in
      if width == 4 && !isSigned {
        for index in 0..<elements.count {
          elements[index] = index & 1 == 0 ? bytes[index >> 1] & 15 : bytes[index >> 1] >> 4
        }
      } else if width == 4 {
        for index in 0..<elements.count {
          let code = index & 1 == 0 ? bytes[index >> 1] << 4 : bytes[index >> 1]
          elements[index] = UInt8(bitPattern: Int8(bitPattern: code) >> 4)
        }
      } else {
        for index in 0..<elements.count {
          elements[index] = element(index, width: width, isSigned: isSigned, bytes)
        }
      }
    }
  }

  private static func element(
    _ index: Int, width: Int, isSigned: Bool, _ bytes: UnsafeRawBufferPointer
  ) -> UInt8 {
    let bit = index * width
    let shift = bit & 7
    var code = bytes[bit >> 3] >> UInt8(shift)
    if shift + width > 8 { code |= bytes[bit >> 3 + 1] << UInt8(8 - shift) }
    let unused = UInt8(8 - width)
    code <<= unused
    return isSigned ? UInt8(bitPattern: Int8(bitPattern: code) >> Int8(unused)) : code >> unused
  }

  /// The bits of the elements of a sub-byte `tensor`.
  public static func pack(_ tensor: Tensor) -> [UInt8] {
    let width = tensor.elementType.bitWidth
    let mask = UInt8(truncatingIfNeeded: 1 << width - 1)
    var packed = [UInt8](repeating: 0, count: packedByteCount(tensor.elementType, tensor.count))
    tensor.withUnsafeBytes { elements in
      for index in 0..<tensor.count {
        let bit = index * width
        let shift = bit & 7
        let code = elements[index] & mask
        packed[bit >> 3] |= code << UInt8(shift)
        if shift + width > 8 { packed[bit >> 3 + 1] |= code >> UInt8(8 - shift) }
      }
    }
    return packed
  }
}
