extension ValueType {
  /// The deepest nesting of kinds that a type string may have; ONNX's own types nest three deep.
  private static let deepestNesting = 16

  /// The type that ONNX's type string names, without shape: `tensor(float)`, `seq(tensor(int64))`,
  /// `map(string,tensor(float))`, `optional(seq(tensor(bool)))`, `sparse_tensor(double)`; nil for other text.
  public init?(typeString: String) {
    self.init(parsing: typeString.filter { $0 != " " }[...], depth: 0)
  }

  private init?(parsing text: Substring, depth: Int) {
    guard depth < Self.deepestNesting, text.last == ")", let open = text.firstIndex(of: "(") else {
      return nil
    }
    let inner = text[text.index(after: open)...].dropLast()
    switch text[..<open] {
    case "tensor":
      guard let type = ElementType(named: String(inner)) else { return nil }
      self = .tensor(type, nil)
    case "sparse_tensor":
      guard let type = ElementType(named: String(inner)) else { return nil }
      self = .sparseTensor(type, nil)
    case "seq":
      guard let element = ValueType(parsing: inner, depth: depth + 1) else { return nil }
      self = .sequence(element)
    case "optional":
      guard let element = ValueType(parsing: inner, depth: depth + 1) else { return nil }
      self = .optional(element)
    case "map":
      guard let comma = inner.firstIndex(of: ","), let key = ElementType(named: String(inner[..<comma])),
        key == .string || key.isInteger,
        let value = ValueType(parsing: inner[inner.index(after: comma)...], depth: depth + 1)
      else { return nil }
      self = .map(key: key, value: value)
    default: return nil
    }
  }
}
