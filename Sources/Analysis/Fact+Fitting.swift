import GraphIR
import TensorCore

extension Fact {
  /// What this fact says of `value` that is not so, as one sentence; nil where the value fits.
  public func contradiction(with value: Value) -> String? {
    if let type, let difference = type.difference(from: value.type) {
      return "inferred \(type), but the value is \(value.type): \(difference)"
    }
    guard let elements, case .tensor(let tensor) = value, tensor.elementType.isInteger else { return nil }
    guard elements.count == tensor.count else {
      return "inferred \(elements.count) elements, but there are \(tensor.count)"
    }
    for (index, (element, actual)) in zip(elements, tensor.ints()).enumerated() {
      if let number = element.number, number != actual {
        return "inferred element \(index) to be \(number), but it is \(actual)"
      }
    }
    return nil
  }
}

extension ValueType {
  /// Where the type of a value is not of this type; nil where it is.
  fileprivate func difference(from actual: ValueType) -> String? {
    switch (self, actual) {
    case (.tensor(let a, let x), .tensor(let b, let y)),
      (.sparseTensor(let a, let x), .sparseTensor(let b, let y)):
      return a == b ? Self.difference(x, y) : "the element types differ"
    case (.sequence(let a), .sequence(let b)), (.optional(let a), .optional(let b)):
      return a.difference(from: b)
    case (.map(let k, let a), .map(let l, let b)): return k == l ? a.difference(from: b) : "the keys differ"
    // A plain value may stand for an optional one.
    case (.optional(let a), _): return a.difference(from: actual)
    default: return "the kinds differ"
    }
  }

  private static func difference(_ inferred: [Dim]?, _ actual: [Dim]?) -> String? {
    guard let inferred, let actual else { return nil }
    guard inferred.count == actual.count else { return "rank \(inferred.count) against \(actual.count)" }
    for (axis, (a, b)) in zip(inferred, actual).enumerated() {
      if let a = a.number, let b = b.number, a != b { return "axis \(axis)" }
    }
    return nil
  }
}
