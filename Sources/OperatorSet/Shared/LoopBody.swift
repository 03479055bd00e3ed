import GraphIR
import TensorCore

/// The tensors that one output of a loop's body yields in each iteration, stacked to a scan output.
struct ScanOutput {
  /// What would follow of one element, for a loop without iterations.
  var inferred = Fact.unknown
  /// What the body declares of it.
  private let declared: Fact
  private let name: String
  private var elements: [Tensor] = []

  init(_ output: ValueInfo) {
    declared = Fact(output.type)
    name = output.name
  }

  /// Takes the element of one iteration.
  ///
  /// - Throws: `OperatorError` for what is no tensor, or of another type or shape than those before.
  mutating func append(_ value: Value) throws {
    guard case .tensor(let tensor) = value else {
      throw OperatorError(
        .invalidType, "scan output '\(name)' must be a tensor, but the body yields \(value.type)")
    }
    if let first = elements.first {
      guard first.elementType == tensor.elementType, first.shape == tensor.shape else {
        throw OperatorError(
          .invalidShape,
          "scan output '\(name)' is \(first.elementType)\(first.shape) in the first iteration, but "
            + "\(tensor.elementType)\(tensor.shape) later")
      }
    }
    // Each element is a tensor of its own until all are stacked.
    try MemoryLimit.check(
      elements.count + 1, times: tensor.count * 8 + 64, of: "elements of scan output '\(name)'")
    elements.append(tensor)
  }

  /// The elements along a new axis, the first iteration first or last, and zeros up to `length`, if given.
  func stacked(axis: Int = 0, isReversed: Bool = false, length: Int? = nil) throws -> Tensor {
    guard let first = elements.first else { return try empty(axis: axis, length: length ?? 0) }
    let missing = max((length ?? 0) - elements.count, 0)
    let zeros = Tensor.zero(first.elementType).repeated(first.shape)
    let all = elements + Array(repeating: zeros, count: missing)
    let axis = try resolveAxis(axis, rank: first.rank + 1)
    var shape = first.shape
    shape.insert(all.count, at: axis)
    _ = try elementCount(shape)
    return try Tensor.stacking(
      isReversed ? all.reversed() : all, axis: axis, as: first.elementType, shape: shape)
  }

  /// Without an iteration, type and shape are those that an iteration would yield, or else that the body
  /// declares; an unknown extent is taken as 0.
  private func empty(axis: Int, length: Int) throws -> Tensor {
    guard let type = inferred.elementType ?? declared.elementType else {
      throw OperatorError(
        .invalidType, "scan output '\(name)' has no iteration and no known tensor type to be empty of")
    }
    let dims = inferred.dims?.merged(with: declared.dims) ?? declared.dims ?? []
    var shape = dims.map { $0.number ?? 0 }
    shape.insert(length, at: try resolveAxis(axis, rank: shape.count + 1))
    _ = try elementCount(shape)
    return Tensor.zero(type).repeated(shape)
  }
}

/// The fact of a scan output whose elements are `element`, along a new axis.
func stackedFact(_ element: Fact, axis: Int, count: Dim) throws -> Fact {
  guard case .tensor(let type, let dims)? = element.type else { return .unknown }
  guard var dims else { return .tensor(type, nil) }
  dims.insert(count, at: try resolveAxis(axis, rank: dims.count + 1))
  return .tensor(type, dims)
}

/// What is known of carried values in every iteration, given what is known before the first: types and dims
/// are weakened until an iteration changes nothing more.
///
/// - Parameters:
///   - declared: the body's inputs for the carried values.
///   - body: the facts of one iteration's outputs, given those of the carried values.
/// - Returns: the outputs of `body`, the first `carried.count` of which hold for the carried values too.
func inferLoop(_ carried: [Fact], _ declared: [ValueInfo], _ body: ([Fact]) throws -> [Fact]) throws -> [Fact]
{
  var state = zip(carried, declared).map { Fact(carriedType($0.type, as: $1)) }
  // Each round forgets a dim, a rank or a type at least, so that the loop ends; the bound is for safety.
  for _ in 0..<64 {
    var outputs = try body(state)
    guard outputs.count >= state.count else { break }
    let next = state.indices.map { state[$0].union(Fact(carriedType(outputs[$0].type, as: declared[$0]))) }
    let isStable = zip(state, next).allSatisfy { $0.type == $1.type }
    state = next
    if isStable {
      // After the loop a value is what the body yields, or what it was at first; not what the body takes it
      // for.
      for k in state.indices {
        outputs[k] = state[k].union(Fact(outputs[k].type)).union(Fact(carried[k].type))
      }
      return outputs
    }
  }
  return carried.map { _ in .unknown }
}

/// A carried value as the body takes it: where the body declares an optional and gets what it would hold, an
/// optional that holds it.
func carriedValue(_ value: Value, as input: ValueInfo) -> Value {
  guard case .optional(let element)? = input.type, element.withoutShape == value.type.withoutShape else {
    return value
  }
  return .optional(value, of: value.type)
}

/// The same on types.
func carriedType(_ type: ValueType?, as input: ValueInfo) -> ValueType? {
  guard case .optional(let element)? = input.type, let type, element.withoutShape == type.withoutShape else {
    return type
  }
  return .optional(type)
}
