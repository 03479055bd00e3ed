/// What belongs to names of a model, each told from the others by its UTF-8 bytes, as ONNX does.
///
/// Used like a dictionary of strings. Such a one would hold "é" and "e" with a combining accent as one name.
public struct NameDictionary<Element> {
  fileprivate var elements: [NameKey: Element]

  public init() { elements = [:] }

  /// Of a name that stands twice, byte by byte, the last element counts.
  public init(_ pairs: some Sequence<(String, Element)>) {
    elements = Dictionary(pairs.map { (NameKey($0), $1) }) { $1 }
  }

  public init(_ dictionary: [String: Element]) {
    self.init(dictionary.lazy.map { ($0.key, $0.value) })
  }

  public subscript(name: String) -> Element? {
    get { elements[NameKey(name)] }
    set { elements[NameKey(name)] = newValue }
  }

  public var count: Int { elements.count }
  public var isEmpty: Bool { elements.isEmpty }

  /// The names, in the order of their bytes.
  public var names: [String] {
    elements.keys.map(\.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func mapValues<Result>(_ transform: (Element) throws -> Result) rethrows -> NameDictionary<Result> {
    var result = NameDictionary<Result>()
    result.elements = try elements.mapValues(transform)
    return result
  }

  /// Gives `name` another element, and returns the one that it had.
  @discardableResult
  public mutating func updateValue(_ element: Element, forKey name: String) -> Element? {
    elements.updateValue(element, forKey: NameKey(name))
  }

  /// What belongs to those of `names` that are here.
  public func selecting(_ names: some Sequence<String>) -> NameDictionary {
    NameDictionary(names.compactMap { name in self[name].map { (name, $0) } })
  }

  /// These and `others`, whose elements stand where both have the name.
  public func merging(_ others: NameDictionary) -> NameDictionary {
    var result = self
    result.elements.merge(others.elements) { $1 }
    return result
  }
}

extension NameDictionary: Sequence {
  /// Pairs of a name and its element, in no order.
  public func makeIterator() -> AnyIterator<(name: String, element: Element)> {
    var iterator = elements.makeIterator()
    return AnyIterator { iterator.next().map { ($0.key.name, $0.value) } }
  }
}

extension NameDictionary: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral pairs: (String, Element)...) { self.init(pairs) }
}

extension NameDictionary: Sendable where Element: Sendable {}

/// Travels as a list of pairs: a decoder's own dictionaries compare names by their characters.
extension NameDictionary: Codable where Element: Codable {
  private struct Pair: Codable {
    let name: String
    let element: Element
  }

  public init(from decoder: any Decoder) throws {
    self.init(try [Pair](from: decoder).map { ($0.name, $0.element) })
  }

  public func encode(to encoder: any Encoder) throws {
    try map { Pair(name: $0.name, element: $0.element) }.encode(to: encoder)
  }
}

/// The values of a run, by name.
public typealias NamedValues = NameDictionary<Value>
