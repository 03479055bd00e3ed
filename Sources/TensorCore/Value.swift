/// Anything that an edge of a graph can carry.
public indirect enum Value: Sendable {
  case tensor(Tensor)
  case sparseTensor(SparseTensor)
  /// A list of values of one type; the type matters where the list is empty.
  case sequence([Value], of: ValueType)
  case map(Map)
  /// A value that may be absent.
  case optional(Value?, of: ValueType)
}

/// A tensor given by its non-default elements, as `SparseTensorProto` does.
public struct SparseTensor: Sendable {
  /// The elements that are not zero, of shape [NNZ].
  public let values: Tensor
  /// Their positions: int64, of shape [NNZ] (flat) or [NNZ, rank].
  public let indices: Tensor
  /// The extents of the whole tensor.
  public let shape: [Int]
  public init(values: Tensor, indices: Tensor, shape: [Int]) {
    self.values = values
    self.indices = indices
    self.shape = shape
  }

  /// What keeps the parts from being one tensor, for parts that come from outside; nil where they fit.
  ///
  /// The extents must have been held against the memory limit.
  public var flaw: String? {
    guard values.rank == 1 else { return "values have dims \(values.shape), but must have rank 1" }
    let (count, rank) = (values.count, shape.count)
    guard indices.elementType == .int64, indices.shape == [count] || indices.shape == [count, rank] else {
      return "indices are \(indices.elementType)\(indices.shape), "
        + "but must be int64[\(count)] or int64[\(count), \(rank)]"
    }
    let isFlat = indices.rank == 1
    let total = shape.product
    for (position, index) in indices.integers().enumerated() {
      guard index >= 0, index < (isFlat ? total : shape[position % rank]) else {
        return "index \(index) lies outside dims \(shape)"
      }
    }
    return nil
  }
}

/// A map from integers or strings to values of one type.
public struct Map: Sendable {
  /// The keys, in the order given, all of one kind.
  public enum Keys: Sendable {
    case integers([Int64], ElementType)
    case strings([String])
  }
  public let keys: Keys
  /// The value of each key, in the order of the keys.
  public let values: [Value]
  public let valueType: ValueType
  public init(keys: Keys, values: [Value], valueType: ValueType) {
    self.keys = keys
    self.values = values
    self.valueType = valueType
  }
  /// The type of the keys.
  public var keyType: ElementType {
    switch keys {
    case .integers(_, let type): type
    case .strings: .string
    }
  }
}

/// An extent of a shape: `dim_value`, `dim_param`, or neither.
public enum Dim: Hashable, Sendable {
  case value(Int)
  case param(String)
  case unknown

  /// The number, where it is known.
  public var number: Int? {
    guard case .value(let number) = self else { return nil }
    return number
  }
}

extension Dim: CustomStringConvertible, ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self = .value(value) }
  public var description: String {
    switch self {
    case .value(let number): "\(number)"
    case .param(let name): name
    case .unknown: "?"
    }
  }
}

/// What `TypeProto` says of a value: its kind, element type, and shape as far as known (nil: not even the rank).
public indirect enum ValueType: Hashable, Sendable {
  case tensor(ElementType, [Dim]?)
  case sparseTensor(ElementType, [Dim]?)
  case sequence(ValueType)
  case map(key: ElementType, value: ValueType)
  case optional(ValueType)
}

extension ValueType: CustomStringConvertible {
  /// With the shape where it is known, as in `float[N,3]` or `seq(int64[])`.
  public var description: String {
    switch self {
    case .tensor(let type, nil): "\(type)"
    case .tensor(let type, let dims?): "\(type)[\(dims.map(\.description).joined(separator: ","))]"
    case .sparseTensor(let type, let dims): "sparse \(ValueType.tensor(type, dims))"
    case .sequence(let element): "seq(\(element))"
    case .map(let key, let value): "map(\(key),\(value))"
    case .optional(let element): "optional(\(element))"
    }
  }

  /// ONNX's type string, without shapes: `tensor(float)`, `seq(tensor(int64))`.
  public var typeString: String {
    switch self {
    case .tensor(let type, _): "tensor(\(type))"
    case .sparseTensor(let type, _): "sparse_tensor(\(type))"
    case .sequence(let element): "seq(\(element.typeString))"
    case .map(let key, let value): "map(\(key),\(value.typeString))"
    case .optional(let element): "optional(\(element.typeString))"
    }
  }

  /// The type with every shape forgotten.
  public var withoutShape: ValueType {
    switch self {
    case .tensor(let type, _): .tensor(type, nil)
    case .sparseTensor(let type, _): .sparseTensor(type, nil)
    case .sequence(let element): .sequence(element.withoutShape)
    case .map(let key, let value): .map(key: key, value: value.withoutShape)
    case .optional(let element): .optional(element.withoutShape)
    }
  }
}

extension Value {
  /// The type of this value, with its shape. A sequence has the type that all its elements share.
  public var type: ValueType {
    switch self {
    case .tensor(let tensor): .tensor(tensor.elementType, tensor.shape.map(Dim.value))
    case .sparseTensor(let sparse): .sparseTensor(sparse.values.elementType, sparse.shape.map(Dim.value))
    case .sequence(_, let element): .sequence(element)
    case .map(let map): .map(key: map.keyType, value: map.valueType)
    case .optional(_, let element): .optional(element)
    }
  }
}
