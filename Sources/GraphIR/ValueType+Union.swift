import TensorCore

extension ValueType {
  /// The strongest type that both `self` and `other` are: dims that differ become unknown, ranks that differ
  /// leave no shape. Nil where the kinds or element types differ.
  public func union(_ other: ValueType) -> ValueType? {
    switch (self, other) {
    case (.tensor(let a, let x), .tensor(let b, let y)) where a == b: return .tensor(a, commonDims(x, y))
    case (.sparseTensor(let a, let x), .sparseTensor(let b, let y)) where a == b:
      return .sparseTensor(a, commonDims(x, y))
    case (.sequence(let a), .sequence(let b)): return a.union(b).map(ValueType.sequence)
    case (.optional(let a), .optional(let b)): return a.union(b).map(ValueType.optional)
    case (.map(let k, let a), .map(let l, let b)) where k == l:
      return a.union(b).map { .map(key: k, value: $0) }
    default: return nil
    }
  }

  private func commonDims(_ a: [Dim]?, _ b: [Dim]?) -> [Dim]? {
    guard let a, let b, a.count == b.count else { return nil }
    return zip(a, b).map { $0 == $1 ? $0 : .unknown }
  }
}

extension Dim {
  /// The extent of which both are true: the number, else a name.
  public func merged(with other: Dim) -> Dim {
    number != nil ? self : other.number != nil || self == .unknown ? other : self
  }
}

extension [Dim] {
  /// Of each extent what either shape knows; `self` where the other has another rank or none.
  public func merged(with other: [Dim]?) -> [Dim] {
    guard let other, other.count == count else { return self }
    return zip(self, other).map { $0.merged(with: $1) }
  }
}

extension Fact {
  /// What is known of a value that is one of two.
  public func union(_ other: Fact) -> Fact {
    guard let type, let otherType = other.type else { return .unknown }
    return Fact(type.union(otherType))
  }
}
