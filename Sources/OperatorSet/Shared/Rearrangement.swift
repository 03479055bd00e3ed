import GraphIR
import TensorCore

extension Tensor {
  /// Y[i] = (sources laid end to end)[positions[i]]: what a mixture of several tensors' elements is written
  /// as.
  ///
  /// - Precondition: the sources share an element type, and every position lies within them.
  static func selecting(_ positions: [Int], from sources: [Tensor], as type: ElementType, shape: [Int])
    -> Tensor
  {
    let count = sources.reduce(0) { $0 + $1.count }
    return joining(sources, as: type, shape: [count]).selecting(positions, shape: shape)
  }

  /// A scalar zero of any type: false for bool, the empty string for strings.
  static func zero(_ type: ElementType) -> Tensor {
    if type == .string { return Tensor(strings: [""], shape: []) }
    return Tensor(type, shape: []) { $0.initializeMemory(as: UInt8.self, repeating: 0) }
  }

  /// Y[…, k, …] = X[…, start + k·step, …] along `axis`, for 0 ≤ k < count.
  ///
  /// - Precondition: every index read lies within the axis.
  func sliced(axis: Int, start: Int, count: Int, step: Int = 1) -> Tensor {
    var strides = rowMajorStrides(shape)
    let offset = count > 0 ? start * strides[axis] : 0
    // A single index has no step, which might be any number.
    strides[axis] *= count > 1 ? step : 0
    var extents = shape
    extents[axis] = count
    return strided(shape: extents, strides: strides, offset: extents.contains(0) ? 0 : offset)
  }

  /// The sub-tensor at one index of an axis, without that axis.
  func element(_ index: Int, axis: Int) -> Tensor {
    sliced(axis: axis, start: index, count: 1).reshaped(removing(axis, from: shape))
  }

  /// The tensors one after another along `axis`; their other extents agree.
  static func concatenating(_ tensors: [Tensor], axis: Int, as type: ElementType, shape: [Int]) throws
    -> Tensor
  {
    let outer = shape[..<axis].product
    if outer == 1 { return joining(tensors, as: type, shape: shape) }
    // Row o of the result is row o of each tensor in turn, a row being all that lies within the outer axes.
    try Work.spend(outer)
    return joiningRows(tensors, rows: outer, as: type, shape: shape)
  }

  /// Tensors of one shape along a new axis.
  static func stacking(_ tensors: [Tensor], axis: Int, as type: ElementType, shape: [Int]) throws -> Tensor {
    let expanded = tensors.map { $0.reshaped(Array($0.shape[..<axis]) + [1] + $0.shape[axis...]) }
    return try concatenating(expanded, axis: axis, as: type, shape: shape)
  }
}

/// `shape` without one axis.
func removing<Extent>(_ axis: Int, from shape: [Extent]) -> [Extent] {
  Array(shape[..<axis]) + Array(shape[(axis + 1)...])
}

/// An index as ONNX counts it, −extent ≤ index < extent, negative from the end.
///
/// - Throws: `OperatorError` (invalidValue) outside that range.
func checkedIndex(_ index: Int, extent: Int, name: String = "indices") throws -> Int {
  guard index >= -extent, index < extent else {
    throw OperatorError(.invalidValue, "\(name) holds \(index), but must lie in [\(-extent), \(extent - 1)]")
  }
  return index < 0 ? index + extent : index
}

/// Extents that come from data, as far as they are known.
///
/// - Throws: `OperatorError` (invalidValue) for a negative one.
func checkedExtents(_ dims: [Dim]) throws -> [Dim] {
  if let negative = dims.first(where: { ($0.number ?? 0) < 0 }) {
    throw OperatorError(.invalidValue, "an extent of \(negative) is asked for, but it must not be negative")
  }
  return dims
}

extension Fact {
  /// The shape, where every extent is a number.
  var numericShape: [Int]? {
    guard let dims else { return nil }
    let numbers = dims.compactMap(\.number)
    return numbers.count == dims.count ? numbers : nil
  }

  /// The known elements, rearranged as `move` rearranges a tensor: data propagation of whatever only moves
  /// data.
  func elements(rearrangedBy move: (Tensor) throws -> Tensor) rethrows -> [Dim]? {
    guard let elements, let shape = numericShape, shape.reduce(1, &*) == elements.count else { return nil }
    let positions = Tensor(int64: Array(elements.indices), shape: shape)
    return try move(positions).ints().map { elements[$0] }
  }
}
