extension SparseTensor {
  /// The whole tensor, zero where nothing is given (the empty string for strings).
  ///
  /// - Precondition: indices lie within the shape; whoever reads a file has checked them.
  public func densified() -> Tensor {
    let positions = flatPositions()
    let count = shape.reduce(1, *)
    if values.elementType == .string {
      var strings = [String](repeating: "", count: count)
      for (position, string) in zip(positions, values.strings) { strings[position] = string }
      return Tensor(strings: strings, shape: shape)
    }
    let width = values.elementType.byteWidth
    return Tensor(values.elementType, shape: shape) { bytes in
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
      values.withUnsafeBytes { source in
        for (k, position) in positions.enumerated() {
          UnsafeMutableRawBufferPointer(rebasing: bytes[(position * width)..<((position + 1) * width)])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[(k * width)..<((k + 1) * width)]))
        }
      }
    }
  }

  /// The flat position of each given element.
  private func flatPositions() -> [Int] {
    let numbers = indices.ints()
    guard indices.rank == 2 else { return numbers }
    let strides = rowMajorStrides(shape)
    return (0..<values.count).map { k in
      strides.indices.reduce(0) { $0 + numbers[k * strides.count + $1] * strides[$1] }
    }
  }
}
