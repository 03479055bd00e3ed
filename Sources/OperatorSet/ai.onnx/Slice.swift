import GraphIR
import TensorCore

/// # Slice
///
/// A part of a tensor: along some axes every step-th index of a range.
///
///     output[…, k, …] = data[…, start + k·step, …]      0 ≤ k < ⌈(end − start) / step⌉
///
/// - Inputs: `data` (T). `starts` (Tind, from 10) and `ends` (Tind, from 10): where each range begins and,
///   exclusive, ends. `axes` (Tind, from 10), optional: by default the first ones. `steps` (Tind, from 10),
///   optional: by default 1.
/// - Outputs: `output` (T).
/// - Attributes: in 1: `starts`, `ends`, and `axes`, by default the first ones.
/// - Types: T is any tensor; also bfloat16 from 13. Tind is int32 or int64.
/// - Errors: lists of different lengths; an axis out of range or named twice; a step of 0.
/// - Versions: 1, 10 (starts, ends and axes become inputs; steps), 11 (axes may be negative; steps may not be
///   0), 13 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0021: a negative start or end counts from the end of the axis; then the start is clamped to
///   0…n for a positive step and 0…n−1 for a negative one, the end to 0…n and to −1…n−1. So the largest and
///   the smallest integer mean "to the end" in either direction.
package struct Slice: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("data", "T")],
    outputs: [.single("output", "T")],
    attributes: [.optional("axes", .ints), .required("ends", .ints), .required("starts", .ints)],
    types: ["T": .allTensors(ir: 3)])
  private static let version10 = version1.then(
    since: 10, "starts, ends and axes become inputs; steps",
    inputs: [
      .single("data", "T"), .single("starts", "Tind"), .single("ends", "Tind"), .optional("axes", "Tind"),
      .optional("steps", "Tind"),
    ], removing: ["axes", "ends", "starts"], types: ["Tind": .indices])
  private static let version11 = version10.then(
    since: 11, "axes may be negative; steps may not be 0")
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  package static let schema = OperatorSchema("Slice", versions: [version1, version10, version11, version13])

  package var rounding: Rounding { .none }

  /// The ranges, where they are attributes.
  let attributes: Ranges?

  /// The ranges as given: lists of equal length.
  struct Ranges {
    let starts: [Int]
    let ends: [Int]
    let axes: [Int]?
    let steps: [Int]?
  }

  /// The form whose ranges are inputs.
  static let rangesInInputs = Slice(attributes: nil)

  private init(attributes: Ranges?) { self.attributes = attributes }

  package init(_ node: NodeAttributes) throws {
    guard node.since < 10 else {
      attributes = nil
      return
    }
    attributes = Ranges(
      starts: try node.ints("starts"), ends: try node.ints("ends"), axes: node.optionalInts("axes"),
      steps: nil)
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let data = try inputs.required(0)
    guard let type = data.elementType, let dims = data.dims else { return [Fact(data.type?.withoutShape)] }
    if let ranges = try attributes ?? ranges(inputs) {
      var fact = Fact.tensor(type, try slicedDims(dims, ranges))
      fact.elements = try data.elements(rearrangedBy: { try slice($0, ranges) })
      return [fact]
    }
    // Where only the axes are known, the others at least keep their extents.
    guard let axes = inputs[3]?.integers else { return [.tensor(type, dims.map { _ in .unknown })] }
    var result = dims
    for axis in try resolveAxes(axes, rank: dims.count) { result[axis] = .unknown }
    return [.tensor(type, result)]
  }

  private func ranges(_ inputs: Inputs<Fact>) throws -> Ranges? {
    guard let starts = try inputs.required(1).integers, let ends = try inputs.required(2).integers,
      inputs[3] == nil || inputs[3]?.integers != nil, inputs[4] == nil || inputs[4]?.integers != nil
    else { return nil }
    return Ranges(starts: starts, ends: ends, axes: inputs[3]?.integers, steps: inputs[4]?.integers)
  }

  private func slicedDims(_ dims: [Dim], _ ranges: Ranges) throws -> [Dim] {
    var result = dims
    for (k, axis) in try axes(ranges, rank: dims.count).enumerated() {
      let isWhole = ranges.starts[k] == 0 && ranges.ends[k] == Int.max && step(ranges, k) == 1
      if let extent = dims[axis].number {
        result[axis] = .value(range(ranges, k, extent: extent).count)
      } else if !isWhole {
        result[axis] = .unknown
      }
    }
    return result
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let ranges =
      try attributes
      ?? Ranges(
        starts: inputs.tensor(1).ints(), ends: inputs.tensor(2).ints(),
        axes: inputs.optionalTensor(3)?.ints(),
        steps: inputs.optionalTensor(4)?.ints())
    return [.tensor(try slice(inputs.tensor(0), ranges))]
  }

  private func slice(_ data: Tensor, _ ranges: Ranges) throws -> Tensor {
    var result = data
    for (k, axis) in try axes(ranges, rank: data.rank).enumerated() {
      let (start, count) = range(ranges, k, extent: data.shape[axis])
      result = result.sliced(axis: axis, start: start, count: count, step: step(ranges, k))
    }
    return result
  }

  /// The axes that are sliced, in the order of the lists.
  private func axes(_ ranges: Ranges, rank: Int) throws -> [Int] {
    let axes = try resolveAxes(ranges.axes ?? Array(0..<min(ranges.starts.count, rank)), rank: rank)
    let lengths = [ranges.starts.count, ranges.ends.count, axes.count, ranges.steps?.count ?? axes.count]
    guard Set(lengths).count == 1 else {
      throw OperatorError(
        .invalidShape, "starts, ends, axes and steps have the lengths \(lengths), which must agree")
    }
    guard ranges.steps?.contains(0) != true else { throw OperatorError(.invalidValue, "steps must not be 0") }
    return axes
  }

  private func step(_ ranges: Ranges, _ k: Int) -> Int { ranges.steps?[k] ?? 1 }

  /// The first index and the number of indices of range `k` on an axis of `extent` (TSN-0021).
  private func range(_ ranges: Ranges, _ k: Int, extent: Int) -> (start: Int, count: Int) {
    let step = step(ranges, k)
    let (least, most) = step > 0 ? (0, extent) : (-1, extent - 1)
    let start = min(max(fromEnd(ranges.starts[k], extent), 0), most)
    let end = min(max(fromEnd(ranges.ends[k], extent), least), most)
    let distance = step > 0 ? end - start : start - end
    guard distance > 0 else { return (0, 0) }
    return (start, (distance - 1) / Int(clamping: step.magnitude) + 1)
  }

  private func fromEnd(_ index: Int, _ extent: Int) -> Int { index < 0 ? index + extent : index }
}
