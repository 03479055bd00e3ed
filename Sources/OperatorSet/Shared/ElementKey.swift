import TensorCore

/// An element as the key of a look-up: numbers by value (so −0 is 0 and all NaN are one) or by their bits,
/// strings by their bytes.
enum ElementKey: Hashable {
  case integer(Int64)
  case number(Double)
  case nan
  case bits(UInt32)
  case text(NameKey)

  /// The keys of all elements of a tensor; those of a float tensor are its bits where `bitwise` is set.
  static func keys(of tensor: Tensor, bitwise: Bool = false) -> [ElementKey] {
    switch tensor.elementType.arithmetic {
    case .text: tensor.strings.map { .text(NameKey($0)) }
    case .floating where bitwise && tensor.elementType == .float:
      tensor.withElements(UInt32.self) { $0.map(ElementKey.bits) }
    case .floating: tensor.doubles().map { $0.isNaN ? .nan : .number($0) }
    default: tensor.integers().map(ElementKey.integer)
    }
  }
}

/// Look-up by key: each element of a tensor is replaced by the value at its key's place.
struct ElementTable: Sendable {
  /// The type of the elements that are looked up.
  let keyType: ElementType
  private let places: [ElementKey: Int]
  private let isBitwise: Bool
  /// All values, then the one for unknown keys.
  private let values: Tensor

  /// A key named twice counts at its last place. Float keys are compared by value, or where `bitwise` is set
  /// by their bits.
  ///
  /// - Precondition: `fallback` holds one element of the type of `values`.
  init(keys: Tensor, values: Tensor, fallback: Tensor, bitwise: Bool = false) {
    keyType = keys.elementType
    isBitwise = bitwise
    let keys = ElementKey.keys(of: keys, bitwise: bitwise)
    places = Dictionary(zip(keys, keys.indices)) { _, last in last }
    self.values = .joining([values, fallback], as: values.elementType, shape: [values.count + 1])
  }

  /// The type of the values.
  var valueType: ElementType { values.elementType }

  /// The values for the elements of `X`.
  func lookUp(_ X: Tensor) throws -> Tensor {
    let keys = ElementKey.keys(of: X, bitwise: isBitwise)
    return values.selecting(try keys.map(spending: 1) { places[$0] ?? values.count - 1 }, shape: X.shape)
  }
}
