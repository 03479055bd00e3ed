import GraphIR
import TensorCore

/// Tensors laid one after another along an axis, checked (Concat, ConcatFromSequence).
///
/// - Throws: `OperatorError` for no tensors, an axis out of range, and ranks, types or extents that do not
///   agree.
func concatenated(_ tensors: [Tensor], axis: Int) throws -> Tensor {
  guard let first = tensors.first else {
    throw OperatorError(.invalidValue, "there is no tensor to concatenate, but at least one is needed")
  }
  let axis = try resolveAxis(axis, rank: first.rank)
  var shape = first.shape
  shape[axis] = 0
  for tensor in tensors {
    guard tensor.elementType == first.elementType else {
      throw OperatorError(
        .invalidType, "cannot concatenate tensors of \(first.elementType) and \(tensor.elementType)")
    }
    guard tensor.rank == first.rank, removing(axis, from: tensor.shape) == removing(axis, from: shape) else {
      throw OperatorError(
        .invalidShape, "shapes \(first.shape) and \(tensor.shape) differ elsewhere than along axis \(axis)")
    }
    shape[axis] += tensor.shape[axis]
  }
  _ = try elementCount(shape)
  return try Tensor.concatenating(tensors, axis: axis, as: first.elementType, shape: shape)
}

/// The same on dims; a rank that is unknown of one tensor is that of the others, or nil.
func concatenatedDims(_ parts: [[Dim]?], axis: Int) throws -> [Dim]? {
  guard let rank = parts.lazy.compactMap({ $0?.count }).first else { return nil }
  let axis = try resolveAxis(axis, rank: rank)
  var result = [Dim](repeating: .unknown, count: rank)
  var total: Int? = 0
  for part in parts {
    guard let part else {
      total = nil
      continue
    }
    guard part.count == rank else {
      throw OperatorError(
        .invalidShape, "a tensor of rank \(part.count) stands among tensors of rank \(rank)")
    }
    for k in 0..<rank where k != axis { result[k] = try agreed(result[k], part[k], axis: k) }
    total = total.flatMap { sum in part[axis].number.map { sum &+ $0 } }
  }
  result[axis] = parts.count == 1 ? parts[0]?[axis] ?? .unknown : total.map(Dim.value) ?? .unknown
  return result
}

/// The dim that two equal extents have, the more precise of both.
private func agreed(_ a: Dim, _ b: Dim, axis: Int) throws -> Dim {
  if let x = a.number, let y = b.number, x != y {
    throw OperatorError(.invalidShape, "extents \(x) and \(y) of axis \(axis) differ, but must agree")
  }
  return a.number != nil || b == .unknown ? a : b
}
