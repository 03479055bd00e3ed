import GraphIR
import TensorCore

extension SparseTensor {
  /// The whole tensor, zeros included.
  ///
  /// - Throws: `OperatorError` for an index outside the shape, and indices that do not fit the values.
  package func densified() throws -> Tensor {
    let count = try elementCount(shape)
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
    // Position `values.count` is the zero that is laid after the values.
    var positions = [Int](repeating: values.count, count: count)
    var work = Work()
    for k in 0..<values.count {
      try work.spend(shape.count)
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
      positions[flat] = k
    }
    let type = values.elementType
    return Tensor.selecting(positions, from: [values, .zero(type)], as: type, shape: shape)
  }

  private func outside(_ index: Int) -> OperatorError {
    OperatorError(.invalidValue, "sparse index \(index) lies outside shape \(shape)")
  }
}
