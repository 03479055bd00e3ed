import GraphIR
import TensorCore

extension ModelWriter {
  /// The message of a value: `TensorProto`, `SparseTensorProto`, `SequenceProto`, `MapProto` or
  /// `OptionalProto`.
  mutating func value(_ value: Value, name: String) throws -> MessageWriter {
    var details = TensorDetails()
    details.name = name
    switch value {
    case .tensor(let tensor): return try self.tensor(tensor, details)
    case .sparseTensor(let sparse):
      return try sparseTensor(sparse, [details, TensorDetails(), TensorDetails()])
    case .sequence(let elements, let type): return try sequence(elements, of: type, name: name)
    case .map(let map):
      var writer = try MessageWriter()
      writer.optionalText(1, name)
      writer.int(2, Int(map.keyType.rawValue))
      switch map.keys {
      case .integers(let keys, _): for key in keys { writer.int(3, Int(key)) }
      case .strings(let keys): writer.texts(4, keys)
      }
      writer.message(5, try sequence(map.values, of: map.valueType, name: ""))
      return writer
    case .optional(let element, let type):
      var writer = try MessageWriter()
      writer.optionalText(1, name)
      let kind = ValueKind(type)
      // As PyPI's onnx does: the kind of an absent value is undefined.
      writer.int(2, element == nil ? 0 : Int(kind.rawValue))
      if let element { writer.message(Int(kind.rawValue) + 2, try part(element, kind)) }
      return writer
    }
  }

  private mutating func sequence(_ elements: [Value], of type: ValueType, name: String) throws
    -> MessageWriter
  {
    var writer = try MessageWriter()
    writer.optionalText(1, name)
    let kind = ValueKind(type)
    writer.int(2, Int(kind.rawValue))
    for element in elements { writer.message(Int(kind.rawValue) + 2, try part(element, kind)) }
    return writer
  }

  /// A value within another, which must be of the kind that the outer one states.
  private mutating func part(_ value: Value, _ kind: ValueKind) throws -> MessageWriter {
    guard ValueKind(value.type) == kind else {
      throw LoadError.malformed("a value of type \(value.type) stands where a \(kind) is declared")
    }
    return try self.value(value, name: "")
  }
}
