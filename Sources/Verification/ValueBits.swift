import TensorCore

/// The bits of a value, to compare two: all NaN are one, zeros of both signs are two.
package struct ValueBits: Equatable {
  private let parts: [Part]

  private enum Part: Equatable {
    case text(String)
    case bytes([UInt8])
  }

  package init(_ value: Value) {
    var parts: [Part] = [.text(value.type.typeString)]
    switch value {
    case .tensor(let tensor): parts += Self.parts(of: tensor)
    case .sparseTensor(let sparse): parts += Self.parts(of: sparse.values) + Self.parts(of: sparse.indices)
    case .sequence(let values, _): parts += values.flatMap { ValueBits($0).parts }
    case .optional(let value, _): parts += value.map { ValueBits($0).parts } ?? [.text("absent")]
    case .map(let map):
      switch map.keys {
      case .integers(let keys, _): parts += keys.map { .text("\($0)") }
      case .strings(let keys): parts += keys.map { .text($0) }
      }
      parts += map.values.flatMap { ValueBits($0).parts }
    }
    self.parts = parts
  }

  private static func parts(of tensor: Tensor) -> [Part] {
    let head = Part.text("\(tensor.shape)")
    if tensor.elementType == .string { return [head] + tensor.strings.map { .text($0) } }
    guard tensor.elementType.isFloating, tensor.doubles().contains(where: \.isNaN) else {
      return [head, .bytes(tensor.withUnsafeBytes { Array($0) })]
    }
    let canonical = tensor.doubles().map { $0.isNaN ? .nan : $0 }
    let clean = Tensor(tensor.elementType, shape: tensor.shape, rounding: canonical)
    return [head, .bytes(clean.withUnsafeBytes { Array($0) })]
  }
}
