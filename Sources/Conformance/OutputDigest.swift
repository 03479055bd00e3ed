import TensorCore

/// A digest of outputs, every bit of them, so that those of several runs can be held against each other.
struct OutputDigest {
  private var bytes: [UInt8] = []

  /// In hexadecimal.
  var text: String { Sha256.hex(of: bytes) }

  /// Adds what a run gave.
  mutating func add(_ outputs: NamedValues, _ names: [String]) {
    for name in names {
      add(name)
      if let value = outputs[name] { add(value) }
    }
  }

  private mutating func add(_ text: String) { bytes += Array(text.utf8) + [0] }

  private mutating func add(_ value: Value) {
    add("\(value.type)")
    switch value {
    case .tensor(let tensor): add(tensor)
    case .sparseTensor(let sparse): [sparse.values, sparse.indices].forEach { add($0) }
    case .sequence(let values, _): values.forEach { add($0) }
    case .optional(let value, _): value.map { add($0) }
    case .map(let map):
      switch map.keys {
      case .integers(let keys, _): keys.forEach { add("\($0)") }
      case .strings(let keys): keys.forEach { add($0) }
      }
      map.values.forEach { add($0) }
    }
  }

  private mutating func add(_ tensor: Tensor) {
    tensor.withUnsafeBytes { bytes.append(contentsOf: $0) }
    tensor.strings.forEach { add($0) }
  }
}
