import GraphIR
import TensorCore

/// The shape that a filling operator is asked for: attribute `shape`, or the shape that its first input has or
/// lists, followed by `extra_shape`.
struct FilledShape: Sendable {
  private let given: [Int]?
  private let extra: [Int]
  private let isListed: Bool

  init(_ node: NodeAttributes) throws {
    given = node.optionalInts("shape")
    extra = node.optionalInts("extra_shape") ?? []
    isListed = node.optionalInt("input_as_shape").map { $0 != 0 } ?? false
    guard (given == nil) == node.hasInput(0) else {
      throw OperatorError(
        .invalidAttribute,
        "\(given == nil ? "neither" : "both") attribute 'shape' \(given == nil ? "nor" : "and") an input "
          + "\(given == nil ? "is" : "are") given, but exactly one must be")
    }
    guard extra.isEmpty || given == nil else {
      throw OperatorError(.invalidAttribute, "attribute 'extra_shape' needs an input")
    }
    for extents in [given ?? [], extra] { _ = try checkedExtents(extents.map(Dim.value)) }
  }

  /// What is known of the extents.
  func dims(_ inputs: Inputs<Fact>) throws -> [Dim]? {
    if let given { return given.map(Dim.value) }
    let input = try inputs.required(0)
    if isListed { try check(input.elementType, rank: input.rank) }
    let own = isListed ? input.elements ?? input.dims?.first?.number.flatMap(unknownDims) : input.dims
    return try own.map { try checkedExtents($0) + extra.map(Dim.value) }
  }

  func extents(_ inputs: Inputs<Value>) throws -> [Int] {
    if let given { return given }
    let input = try inputs.tensor(0)
    guard isListed else { return input.shape + extra }
    try check(input.elementType, rank: input.rank)
    let listed = input.ints()
    _ = try checkedExtents(listed.map(Dim.value))
    return listed + extra
  }

  private func check(_ type: ElementType?, rank: Int?) throws {
    guard type?.isInteger ?? true, rank ?? 1 == 1 else {
      throw OperatorError(
        .invalidType,
        "the input must list extents as integers, but is \(type.map { "\($0)" } ?? "unknown") "
          + "of rank \(rank.map(String.init) ?? "unknown")")
    }
  }
}
