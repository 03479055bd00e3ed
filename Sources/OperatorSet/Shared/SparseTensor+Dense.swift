import GraphIR
import TensorCore

extension SparseTensor {
  /// The whole tensor, zeros included.
  ///
  /// - Throws: `OperatorError` for an index outside the shape, and indices that do not fit the values.
  package func densified() throws -> Tensor {
    let positions = try flatPositions(count: try elementCount(shape))
    let type = values.elementType
    if type == .string {
      var strings = [String](repeating: "", count: shape.product)
      for (position, string) in zip(positions, values.strings) { strings[position] = string }
      return Tensor(strings: strings, shape: shape)
    }
    // Zeros that nobody reads cost nothing: a few bytes of a model may declare gigabytes of them.
    let width = type.byteWidth
    let storage = try Storage(zeros: shape.product * width)
    values.withUnsafeBytes { bytes in
      for (k, position) in positions.enumerated() {
        let element = UnsafeRawBufferPointer(rebasing: bytes[(k * width)..<((k + 1) * width)])
        UnsafeMutableRawBufferPointer(start: storage.base + position * width, count: width)
          .copyMemory(from: element)
      }
    }
    return Tensor(type, shape: shape, storage: storage)
  }

  /// Where each value stands, in row-major order of `count` elements.
  private func flatPositions(count: Int) throws -> [Int] {
    let strides = rowMajorStrides(shape)
    let isFlat = indices.rank == 1
    let numbers = indices.ints()
    guard numbers.count == values.count * (isFlat ? 1 : shape.count), indices.rank == 1 || indices.rank == 2
    else {
      throw OperatorError(
        .invalidShape,
        "indices of shape \(indices.shape) do not fit \(values.count) values of a tensor of "
          + "shape \(shape)")
    }
    return try (0..<values.count).map(spending: shape.count) { k in
      var flat = 0
      if isFlat {
        flat = numbers[k]
      } else {
        for (axis, extent) in shape.enumerated() {
          let index = numbers[k * shape.count + axis]
          guard index >= 0, index < extent else { throw outside(index) }
          flat += index * strides[axis]
        }
      }
      guard flat >= 0, flat < count else { throw outside(flat) }
      return flat
    }
  }

  private func outside(_ index: Int) -> OperatorError {
    OperatorError(.invalidValue, "sparse index \(index) lies outside shape \(shape)")
  }
}
