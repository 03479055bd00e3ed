import GraphIR
import TensorCore

/// The dims of values that must all have one shape: of each extent the most that any of them knows. Nil where
/// every rank is unknown.
///
/// - Throws: `OperatorError` (invalidShape) where ranks or numbers differ.
func equalDims(_ shapes: [[Dim]?]) throws -> [Dim]? {
  let known = shapes.compactMap { $0 }
  guard var merged = known.first else { return nil }
  for dims in known.dropFirst() {
    guard dims.count == merged.count else { throw unequalShapes(known) }
    merged = try zip(merged, dims).map { a, b in
      guard a.number == nil || b.number == nil || a == b else { throw unequalShapes(known) }
      return b.number != nil || a == .unknown ? b : a
    }
  }
  return merged
}

/// Checks that tensors which are not broadcast have one shape.
///
/// - Throws: `OperatorError` (invalidShape) where they differ.
func requireEqualShapes(_ tensors: [Tensor]) throws {
  guard let first = tensors.first, tensors.contains(where: { $0.shape != first.shape }) else { return }
  throw unequalShapes(tensors.map { $0.shape.map(Dim.value) })
}

private func unequalShapes(_ shapes: [[Dim]]) -> OperatorError {
  let list = shapes.map { "[" + $0.map(\.description).joined(separator: ", ") + "]" }.joined(separator: ", ")
  return OperatorError(.invalidShape, "the inputs have shapes \(list), but must have the same shape")
}
