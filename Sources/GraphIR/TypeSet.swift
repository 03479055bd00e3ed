import TensorCore

/// A set of types that a parameter allows.
public struct TypeSet: Sendable, Equatable {
  /// The element types allowed as tensors, one bit for each raw value.
  private var tensors: UInt32 = 0
  /// ONNX's type strings of the other kinds: sequences, optionals, maps, sparse tensors.
  private var others: Set<String> = []

  private init() {}

  /// Tensors of the given element types.
  public static func tensors(_ types: ElementType...) -> TypeSet { tensors(types) }

  /// Tensors of the given element types.
  public static func tensors(_ types: [ElementType]) -> TypeSet {
    var set = TypeSet()
    for type in types { set.tensors |= 1 << UInt32(type.rawValue) }
    return set
  }

  /// Types other than tensors, by ONNX's strings, as `seq(tensor(float))`.
  public static func named(_ names: [String]) -> TypeSet {
    var set = TypeSet()
    set.others = Set(names)
    return set
  }

  /// `wrapper(tensor(T))` for each element type of this set, as `.allTensors.wrapped(in: "seq")`.
  public func wrapped(in wrapper: String) -> TypeSet {
    .named(elementTypes.map { "\(wrapper)(tensor(\($0)))" })
  }

  /// Both sets together.
  public static func | (a: TypeSet, b: TypeSet) -> TypeSet {
    var set = a
    set.tensors |= b.tensors
    set.others.formUnion(b.others)
    return set
  }

  /// This set without the given element types.
  public func without(_ types: ElementType...) -> TypeSet {
    var set = self
    set.tensors &= ~TypeSet.tensors(types).tensors
    return set
  }

  /// The element types allowed as tensors, in the order of their numbers.
  public var elementTypes: [ElementType] {
    ElementType.allCases.filter { tensors & (1 << UInt32($0.rawValue)) != 0 }
  }

  /// ONNX's type strings of all members.
  public var typeStrings: Set<String> { others.union(elementTypes.map { "tensor(\($0))" }) }

  /// Whether a value of `type` is allowed, whatever its shape.
  public func contains(_ type: ValueType) -> Bool {
    if case .tensor(let elementType, _) = type { return tensors & (1 << UInt32(elementType.rawValue)) != 0 }
    return others.contains(type.schemaString)
  }
}

extension TypeSet: CustomStringConvertible {
  /// The members for an error message: element types by their plain names.
  public var description: String {
    (elementTypes.map(\.description) + others.sorted()).joined(separator: ", ")
  }
}

extension ValueType {
  /// The type as ONNX's schemas write it: of a map's values they name the element type alone, as in
  /// `map(int64, float)`.
  var schemaString: String {
    switch self {
    case .map(let key, .tensor(let type, _)): "map(\(key), \(type))"
    case .sequence(let element): "seq(\(element.schemaString))"
    default: typeString
    }
  }
}
