import GraphIR
import TensorCore

/// The type that all elements of a sequence share: dims that differ are forgotten.
///
/// - Throws: `OperatorError` (invalidType) for no types and for different element types.
func sharedType(_ types: [ValueType]) throws -> ValueType {
  guard var shared = types.first else {
    throw OperatorError(.invalidValue, "there is no element from which the sequence could take its type")
  }
  for type in types.dropFirst() {
    guard let union = shared.union(type) else {
      throw OperatorError(
        .invalidType, "the elements of a sequence must have one type, but are \(shared) and \(type)")
    }
    shared = union
  }
  return shared
}

/// Refuses a sequence that is larger than one value may be: a loop could insert into one without end.
func checkSize(ofSequence values: [Value]) throws {
  let elements = values.reduce(0) { sum, value in
    guard case .tensor(let tensor) = value else { return sum &+ 1 }
    return sum &+ tensor.count
  }
  try MemoryLimit.check(elements &+ 8 * values.count, times: 8, of: "elements and headers of a sequence")
}
