import CTouchstone
import Touchstone

/// How deep kinds may nest in values made through C: one that nests without end would end the stack.
private let deepestNesting = 16

private func nesting(_ type: ValueType) -> Int {
  switch type {
  case .tensor, .sparseTensor: 0
  case .sequence(let element), .optional(let element), .map(_, let element): 1 + nesting(element)
  }
}

/// The type that all elements share, with what the caller says of it.
private func commonType(_ elements: [Value], _ declared: ValueType?, _ what: String) throws -> ValueType {
  guard let first = elements.first?.type ?? declared else {
    throw ArgumentError("\(what) is empty, so that the type of its elements must be given")
  }
  var type = first
  for (index, element) in elements.enumerated() {
    guard let union = type.union(element.type) else {
      throw ArgumentError("element \(index) of \(what) is \(element.type), but element 0 is \(first)")
    }
    type = union
  }
  if let declared, declared.typeString != type.typeString {
    throw ArgumentError("the elements of \(what) are \(type.typeString), but shall be \(declared.typeString)")
  }
  guard nesting(type) < deepestNesting else {
    throw ArgumentError("\(what) nests deeper than \(deepestNesting)")
  }
  return type
}

private func values(_ handles: UnsafePointer<OpaquePointer?>?, _ count: Int, _ name: String) throws -> [Value]
{
  try Arguments.array(handles, count, name).enumerated().map { try Arguments.value($1, "\(name)[\($0)]") }
}

@c @implementation
public func touchstone_sequence(
  _ elements: UnsafePointer<OpaquePointer?>?, _ count: Int, _ elementType: UnsafePointer<CChar>?,
  _ value: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(value, error) {
    let elements = try values(elements, count, "elements")
    let declared = try Arguments.type(elementType, "element_type")
    return ValueHandle(.sequence(elements, of: try commonType(elements, declared, "the sequence")))
  }
}

@c @implementation
public func touchstone_map(
  _ keys: OpaquePointer?, _ elements: UnsafePointer<OpaquePointer?>?, _ count: Int,
  _ valueType: UnsafePointer<CChar>?, _ value: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(value, error) {
    guard case .tensor(let keys) = try Arguments.value(keys, "keys"), keys.shape == [count] else {
      throw ArgumentError("keys must be a tensor of shape [\(count)]")
    }
    let elements = try values(elements, count, "values")
    let declared = try Arguments.type(valueType, "value_type")
    return ValueHandle(
      .map(
        Map(
          keys: try mapKeys(keys), values: elements,
          valueType: try commonType(elements, declared, "the map"))))
  }
}

private func mapKeys(_ tensor: Tensor) throws -> Map.Keys {
  if tensor.elementType == .string {
    guard Set(tensor.strings).count == tensor.count else { throw ArgumentError("keys holds a string twice") }
    return .strings(tensor.strings)
  }
  guard tensor.elementType.isInteger, tensor.elementType.bitWidth >= 8 else {
    throw ArgumentError("keys are \(tensor.elementType), but must be integers or strings")
  }
  let numbers = tensor.integers()
  guard Set(numbers).count == numbers.count else { throw ArgumentError("keys holds a number twice") }
  return .integers(numbers, tensor.elementType)
}

@c @implementation
public func touchstone_optional(
  _ element: OpaquePointer?, _ elementType: UnsafePointer<CChar>?, _ value: HandleSlot, _ error: ErrorSlot
) -> Int32 {
  creating(value, error) {
    let declared = try Arguments.type(elementType, "element_type")
    let element = try element.map { try Arguments.value($0, "element") }
    let type = try commonType(element.map { [$0] } ?? [], declared, "the optional")
    return ValueHandle(.optional(element, of: type))
  }
}

@c @implementation
public func touchstone_value_free(_ value: OpaquePointer?) {
  HandleTable.shared.remove(value, as: ValueHandle.self)
}
