import GraphIR
import TensorCore

/// What nodes that compute the same have in common, as a number: few others have it too.
struct NodeLikeness: Hashable {
  private let hash: Int

  init(_ node: Node) {
    var hasher = Hasher()
    for name in [node.opType, node.domain, node.overload] + node.inputs { hasher.combine(NameKey(name)) }
    hasher.combine(node.outputs.map(\.isEmpty))
    for attribute in node.attributes.sorted(by: { $0.name < $1.name }) {
      hasher.combine(NameKey(attribute.name))
      hasher.combine(attribute.value)
    }
    hash = hasher.finalize()
  }
}

extension Hasher {
  /// Takes in the bits of a value; of graphs nothing.
  fileprivate mutating func combine(_ value: Attribute) {
    switch value {
    case .int(let number): combine(number)
    case .ints(let numbers): combine(numbers)
    case .float(let number): combine(number.bitPattern)
    case .floats(let numbers): numbers.forEach { combine($0.bitPattern) }
    case .string(let text): combine(NameKey(text))
    case .strings(let texts): texts.forEach { combine(NameKey($0)) }
    case .tensor(let tensor):
      tensor.withUnsafeBytes { combine(bytes: $0) }
      tensor.strings.forEach { combine(NameKey($0)) }
    default: combine(value.kind)
    }
  }
}
