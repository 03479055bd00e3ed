/// A shape that no tensor can have.
public struct ShapeError: Error, CustomStringConvertible {
  public let description: String
  init(description: String) { self.description = abridged(description) }
}

/// The number of elements of `shape`, checked: no negative extent, no overflow, and at eight bytes an
/// element (definitions compute in wide types) within the memory limit.
///
/// The extents of an empty shape that are not 0 are held against the limit too: loops go over them, and
/// products of some of them are formed.
///
/// - Throws: `ShapeError` that names the shape and the limit.
public func elementCount(_ shape: [Int]) throws -> Int {
  var count = 1
  for extent in shape where extent != 0 {
    guard extent > 0 else { throw ShapeError(description: "shape \(shape) has a negative extent") }
    let (product, overflow) = count.multipliedReportingOverflow(by: extent)
    guard !overflow, product <= Int.max / 16 else {
      throw ShapeError(description: "shape \(shape) has more elements than a tensor can hold")
    }
    count = product
  }
  try MemoryLimit.check(count * 8) { "shape \(shape) needs \(count * 8) bytes" }
  return shape.contains(0) ? 0 : count
}

extension Collection<Int> {
  /// The number of elements of a shape, or a part of one, that a tensor has or was checked for; extents beside a
  /// 0 may be any.
  @inlinable package var product: Int { contains(0) ? 0 : reduce(1, *) }
}

extension Value {
  /// Holds the extents of empty tensors against the memory limit: they come from outside, and cost nothing
  /// there.
  ///
  /// - Throws: `ShapeError`.
  public func checkExtents() throws {
    switch self {
    case .tensor(let tensor): if tensor.count == 0 { _ = try elementCount(tensor.shape) }
    case .sparseTensor(let sparse): if sparse.shape.contains(0) { _ = try elementCount(sparse.shape) }
    case .sequence(let values, _): for value in values { try value.checkExtents() }
    case .map(let map): for value in map.values { try value.checkExtents() }
    case .optional(let value, _): try value?.checkExtents()
    }
  }
}
