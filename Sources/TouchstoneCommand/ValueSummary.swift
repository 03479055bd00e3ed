import TensorCore

/// What is said of a value: its name, type, first elements, and for numbers how they are spread.
struct ValueSummary: Encodable {
  let name: String
  let type: String
  let shape: [Int]?
  /// The first elements, as texts, since JSON has neither NaN nor infinity.
  let first: [String]
  let minimum: String?
  let maximum: String?
  let mean: String?
  /// How many elements are NaN or infinite; nil where none can be.
  let notFinite: Int?

  private static let shownCount = 8

  init(_ name: String, _ value: Value) {
    self.name = name
    type = "\(value.type)"
    guard case .tensor(let tensor) = Self.content(value) else {
      (shape, minimum, maximum, mean, notFinite) = (nil, nil, nil, nil, nil)
      first = Self.parts(of: value)
      return
    }
    shape = tensor.shape
    let count = min(Self.shownCount, tensor.count)
    first = Self.texts(tensor.selecting(Array(0..<count), shape: [count]))
    let numbers = tensor.elementType.arithmetic == .complex ? [] : tensor.doubles()
    let finite = numbers.filter(\.isFinite)
    func text(_ number: Double?) -> String? { number.map { Self.text($0, tensor.elementType) } }
    minimum = text(finite.min())
    maximum = text(finite.max())
    mean = finite.isEmpty ? nil : "\(Float(finite.reduce(0, +) / Double(finite.count)))"
    notFinite = tensor.elementType.isFloating ? numbers.count - finite.count : nil
  }

  private static func content(_ value: Value) -> Value {
    if case .optional(let content?, _) = value { return content }
    return value
  }

  private static func parts(of value: Value) -> [String] {
    switch value {
    case .sequence(let values, _): return values.prefix(shownCount).map { "\($0.type)" }
    case .map(let map): return ["\(map.values.count) entries"]
    case .optional(nil, _): return ["absent"]
    case .sparseTensor(let sparse): return ["\(sparse.values.count) values"]
    default: return []
    }
  }

  private static func texts(_ tensor: Tensor) -> [String] {
    switch tensor.elementType.arithmetic {
    case .text: tensor.strings.map { "\"\($0)\"" }
    case .boolean: tensor.bools().map { "\($0)" }
    case .signed: tensor.integers().map { "\($0)" }
    case .unsigned: tensor.integers().map { "\(UInt64(bitPattern: $0))" }
    case .complex: tensor.complexes().map { "\($0.real) + \($0.imaginary)i" }
    case .floating: tensor.doubles().map { text($0, tensor.elementType) }
    }
  }

  private static func text(_ number: Double, _ type: ElementType) -> String {
    if type.isInteger || type == .bool { return "\(Int64(clamping: number))" }
    return type == .double ? "\(number)" : "\(Float(number))"
  }

  /// Two lines for people.
  var text: String {
    let more = (shape?.product ?? 0) > first.count ? ", …" : ""
    var text = "\(shown(name)): \(shown(type))\n  [\(first.map(shown).joined(separator: ", "))\(more)]"
    if let minimum, let maximum, let mean { text += "  min \(minimum), max \(maximum), mean \(mean)" }
    if let notFinite, notFinite > 0 { text += ", \(notFinite) not finite" }
    return text
  }
}
