import TensorCore

/// An element as the key of a look-up: numbers by value (so −0 is 0), strings by their text.
enum ElementKey: Hashable {
  case integer(Int64)
  case number(Double)
  case nan
  case text(String)

  /// The keys of all elements of a tensor.
  static func keys(of tensor: Tensor) -> [ElementKey] {
    switch tensor.elementType.arithmetic {
    case .text: tensor.strings.map(ElementKey.text)
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
  /// All values, then the one for unknown keys.
  private let values: Tensor

  /// A key named twice counts at its last place.
  ///
  /// - Precondition: `fallback` holds one element of the type of `values`.
  init(keys: Tensor, values: Tensor, fallback: Tensor, matchesNaN: Bool = true) {
    keyType = keys.elementType
    var places: [ElementKey: Int] = [:]
    for (place, key) in ElementKey.keys(of: keys).enumerated() where matchesNaN || key != .nan {
      places[key] = place
    }
    self.places = places
    self.values = .joining([values, fallback], as: values.elementType, shape: [values.count + 1])
  }

  /// The type of the values.
  var valueType: ElementType { values.elementType }

  /// The values for the elements of `X`.
  func lookUp(_ X: Tensor) -> Tensor {
    values.selecting(ElementKey.keys(of: X).map { places[$0] ?? values.count - 1 }, shape: X.shape)
  }
}
