import TensorCore

/// What is known of a value before running: its type, its dims, and, where small, its elements.
public struct Fact: Sendable {
  /// Type and dims; nil where nothing is known.
  public var type: ValueType?
  /// The value itself where it is constant.
  public var constant: Value?
  /// The elements of a small integer tensor, some perhaps symbolic (data propagation), in row-major order.
  public var elements: [Dim]?

  public init(_ type: ValueType?, constant: Value? = nil, elements: [Dim]? = nil) {
    self.type = type
    self.constant = constant
    self.elements = elements
  }

  /// Nothing is known.
  public static let unknown = Fact(nil)

  /// A tensor of which type and perhaps dims are known.
  public static func tensor(_ type: ElementType, _ dims: [Dim]?) -> Fact { Fact(.tensor(type, dims)) }

  /// All that there is to know of `value`. Integers are listed as elements up to 4,096 of them.
  public init(of value: Value) {
    self.init(value.type, constant: value)
    if case .tensor(let tensor) = value, tensor.elementType.isInteger, tensor.count <= 4_096 {
      elements = tensor.integers().map { .value(Int($0)) }
    }
  }

  /// The element type of a tensor, where it is known to be one.
  public var elementType: ElementType? {
    guard case .tensor(let type, _)? = type else { return nil }
    return type
  }

  /// The dims of a tensor, where at least the rank is known.
  public var dims: [Dim]? {
    guard case .tensor(_, let dims)? = type else { return nil }
    return dims
  }

  /// The number of dimensions of a tensor, where it is known.
  public var rank: Int? { dims?.count }

  /// The tensor itself, where it is constant.
  public var tensor: Tensor? {
    guard case .tensor(let tensor)? = constant else { return nil }
    return tensor
  }

  /// The integers of a tensor, where every one is known.
  public var integers: [Int]? {
    guard let elements else { return tensor.flatMap { $0.elementType.isInteger ? $0.ints() : nil } }
    var numbers: [Int] = []
    for element in elements {
      guard let number = element.number else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}
