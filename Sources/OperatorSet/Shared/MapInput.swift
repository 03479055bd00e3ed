import GraphIR
import TensorCore

extension Inputs<Value> {
  /// The input as a map whose values are single elements: its keys, and the values in one tensor of rank 1.
  func mapOfScalars(_ index: Int) throws -> (keys: Tensor, values: Tensor) {
    guard case .map(let map) = try required(index), case .tensor(let type, _) = map.valueType else {
      throw OperatorError(.invalidType, "input \(index) '\(name(index))' must be a map of single elements")
    }
    let keys: Tensor =
      switch map.keys {
      case .integers(let numbers, let type): Tensor(type, shape: [numbers.count], wrapping: numbers)
      case .strings(let texts): Tensor(strings: texts, shape: [texts.count])
      }
    let values = try map.values.map { value in
      guard case .tensor(let tensor) = value, tensor.count == 1, tensor.elementType == type else {
        throw OperatorError(
          .invalidType, "'\(name(index))' holds \(value.type), but must hold one \(type) each")
      }
      return tensor
    }
    guard values.count == keys.count else {
      throw OperatorError(
        .invalidValue, "'\(name(index))' has \(keys.count) keys, but \(values.count) values")
    }
    return (keys, .joining(values, as: type, shape: [values.count]))
  }
}
