import GraphIR
import TensorCore

/// # Split
///
/// A tensor cut into consecutive parts along an axis.
///
///     outputsₖ[…, i, …] = input[…, offsetₖ + i, …]      0 ≤ i < splitₖ, offsetₖ = Σ_{l<k} splitₗ
///
/// - Inputs: `input` (T). `split` (T in 1, int64 from 13), optional: the extents of the parts.
/// - Outputs: `outputs` (T), variadic, called `outputs...` in 1: the parts in order.
/// - Attributes: `axis`: along which to cut, by default 0. `split` (to 11): the extents of the parts.
///   `num_outputs` (from 18): the number of parts, each of ⌈extent / num_outputs⌉ as long as the extent
///   lasts. Without any of them there are as many parts as outputs, all equal (before 18).
/// - Types: T is a float type in 1, any type from 2; also bfloat16 from 13.
/// - Errors: extents that are negative, or do not sum up to the axis, or whose number is not that of the
///   outputs; an axis that cannot be cut into equal parts before 18; from 18 both or none of `split` and
///   `num_outputs`.
/// - Versions: 1, 2 (split is an attribute only; every type), 11 (axis may be negative), 13 (split becomes an
///   input; bfloat16), 18 (num_outputs; parts need not be equal).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
package struct Split: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("input", "T"), .optional("split", "T")],
    outputs: [.variadic("outputs...", "T")],
    attributes: [.optional("axis", .int), .optional("split", .ints)],
    types: ["T": .ieeeFloats])
  private static let version2 = version1.then(
    since: 2, "split is an attribute only; every type", inputs: [.single("input", "T")],
    outputs: [.variadic("outputs", "T")], attributes: [.int("axis", 0)], types: ["T": .allTensors(ir: 3)])
  private static let version11 = version2.then(
    since: 11, "axis may be negative")
  private static let version13 = version11.then(
    since: 13, "split becomes an input; bfloat16",
    inputs: [.single("input", "T"), .optional("split", "tensor(int64)")], removing: ["split"],
    types: ["T": .allTensors(ir: 4)])
  private static let version18 = version13.then(
    since: 18, "num_outputs; parts need not be equal", attributes: [.optional("num_outputs", .int)])
  package static let schema = OperatorSchema(
    "Split", versions: [version1, version2, version11, version13, version18])

  package var rounding: Rounding { .none }

  package let axis: Int
  let splitAttribute: [Int]?
  let outputCount: Int
  /// Whether parts may differ where no extents are given.
  let allowsUnequalParts: Bool

  package init(_ node: NodeAttributes) throws {
    axis = node.optionalInt("axis") ?? 0
    splitAttribute = node.optionalInts("split")
    outputCount = node.outputCount
    allowsUnequalParts = node.since >= 18
    guard outputCount > 0 else { throw OperatorError(.invalidValue, "there is no output to split into") }
    guard allowsUnequalParts else { return }
    let count = node.optionalInt("num_outputs")
    guard (count != nil) != node.hasInput(1) else {
      throw OperatorError(
        .invalidAttribute,
        "one of input split and attribute num_outputs is needed, but "
          + (count == nil ? "none is" : "both are") + " given")
    }
    if let count, count != outputCount {
      throw OperatorError(
        .invalidAttribute, "num_outputs is \(count), but the node has \(outputCount) outputs")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    guard let type = input.elementType else { return Array(repeating: .unknown, count: outputCount) }
    guard var dims = input.dims else { return Array(repeating: .tensor(type, nil), count: outputCount) }
    let axis = try resolveAxis(axis, rank: dims.count)
    let extents = try inferredExtents(dims[axis].number, inputs[1])
    return extents.map { extent in
      dims[axis] = extent
      return .tensor(type, dims)
    }
  }

  private func inferredExtents(_ extent: Int?, _ split: Fact?) throws -> [Dim] {
    let given = splitAttribute ?? split?.integers
    if let extent, given != nil || split == nil {
      return try extents(given, of: extent).map(Dim.value)
    }
    if let given, given.count == outputCount { return given.map(Dim.value) }
    return Array(repeating: .unknown, count: outputCount)
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let axis = try resolveAxis(axis, rank: input.rank)
    let extents = try extents(try splitAttribute ?? inputs.optionalTensor(1)?.ints(), of: input.shape[axis])
    return try splitting(input, axis: axis, into: extents).map(Value.tensor)
  }

  /// The extents of the parts, checked against the axis.
  private func extents(_ given: [Int]?, of extent: Int) throws -> [Int] {
    guard let given else {
      guard allowsUnequalParts || extent % outputCount == 0 else {
        throw OperatorError(
          .invalidShape, "an axis of extent \(extent) cannot be split into \(outputCount) equal parts")
      }
      let part = extent / outputCount + (extent % outputCount == 0 ? 0 : 1)
      return (0..<outputCount).map { min(max(extent &- $0 &* part, 0), part) }
    }
    guard given.count == outputCount else {
      throw OperatorError(
        .invalidValue, "split \(given) has \(given.count) parts, but the node has \(outputCount) outputs")
    }
    try checkParts(given, of: extent)
    return given
  }
}
