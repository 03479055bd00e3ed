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
    let spread = Spread(of: tensor)
    func text(_ number: Double?) -> String? { number.map { Self.text($0, tensor.elementType) } }
    minimum = text(spread.minimum)
    maximum = text(spread.maximum)
    mean = spread.finiteCount == 0 ? nil : "\(Float(spread.sum / Double(spread.finiteCount)))"
    notFinite = tensor.elementType.isFloating ? tensor.count - spread.finiteCount : nil
  }

  /// How the finite numbers of a tensor are spread; those of a large one are never all there as `Double`.
  private struct Spread {
    private static let blockLength = 1 << 16
    var minimum: Double?
    var maximum: Double?
    var sum = 0.0
    var finiteCount = 0

    init(of tensor: Tensor) {
      guard tensor.elementType.arithmetic != .complex, tensor.elementType != .string else { return }
      for start in stride(from: 0, to: tensor.count, by: Self.blockLength) {
        let block = tensor.elements(start..<min(start + Self.blockLength, tensor.count))
        for number in block.doubles() where number.isFinite {
          minimum = min(minimum ?? number, number)
          maximum = max(maximum ?? number, number)
          sum += number
          finiteCount += 1
        }
      }
    }
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
