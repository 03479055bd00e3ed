import GraphIR
import TensorCore

/// # Pad
///
/// A tensor with cells added before and after it along its axes, or taken away.
///
///     output[…, o, …] = data[…, source(o − begin), …]
///
/// where source(i) = i inside the axis, and outside: nothing, but the constant (`constant`); the nearest
/// index (`edge`); the index mirrored at the first and the last one, which are not repeated (`reflect`); or i
/// mod n (`wrap`).
///
/// - Inputs: `data` (T). `pads` (tensor(int64), from 11): the cells added at the begin of each axis, then
///   those at the end of each; negative numbers take cells away. `constant_value` (T, from 11), optional: one
///   element, by default 0, false or an empty string. `axes` (Tind, from 18), optional: the axes that `pads`
///   means, by default all.
/// - Outputs: `output` (T).
/// - Attributes: `mode`: constant, reflect, edge, and from 19 wrap. `paddings` (1), `pads` (2): the pads.
///   `value` (to 2): the constant.
/// - Types: T is a float type to 2, any number from 11, any type from 13, with the types of each later IR
///   version. Tind is int32 or int64.
/// - Errors: a number of pads that is not twice the number of axes; more cells taken away than there are; an
///   axis without cells to repeat.
/// - Versions: 1, 2 (paddings is called pads and may be negative), 11 (pads becomes an input, value the input
///   constant_value; integers), 13 (every type), 18 (axes), 19 (mode wrap), 21 (float8, 4-bit integers), 23
///   (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0020: cells are taken away first; what is added then repeats what is left.
package struct Pad: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("data", "T")],
    outputs: [.single("output", "T")],
    attributes: [.string("mode", "constant"), .required("paddings", .ints), .float("value", 0.0)],
    types: ["T": .ieeeFloats])
  private static let version2 = version1.then(
    since: 2, "paddings is called pads and may be negative", attributes: [.required("pads", .ints)],
    removing: ["paddings"])
  private static let version11 = version2.then(
    since: 11, "pads becomes an input, value the input constant_value; integers",
    inputs: [.single("data", "T"), .single("pads", "tensor(int64)"), .optional("constant_value", "T")],
    removing: ["pads", "value"], types: ["T": .integers | .ieeeFloats])
  private static let version13 = version11.then(
    since: 13, "every type", types: ["T": .allTensors(ir: 4)])
  private static let version18 = version13.then(
    since: 18, "axes",
    inputs: [
      .single("data", "T"), .single("pads", "tensor(int64)"), .optional("constant_value", "T"),
      .optional("axes", "Tind"),
    ], types: ["Tind": .indices])
  private static let version19 = version18.then(
    since: 19, "mode wrap")
  private static let version21 = version19.then(
    since: 21, "float8, 4-bit integers", types: ["T": .allTensors(ir: 10)])
  private static let version23 = version21.then(
    since: 23, "float4e2m1", types: ["T": .allTensors(ir: 11)])
  private static let version24 = version23.then(
    since: 24, "float8e8m0", types: ["T": .allTensors(ir: 12)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers", types: ["T": .allTensors(ir: 13)])
  package static let schema = OperatorSchema(
    "Pad",
    versions: [
      version1, version2, version11, version13, version18, version19, version21, version23, version24,
      version25,
    ])

  package var rounding: Rounding { .none }

  enum Mode: String, CaseIterable { case constant, reflect, edge, wrap }

  let mode: Mode
  package let padsAttribute: [Int]?
  package var value: Float?

  package init(_ node: NodeAttributes) throws {
    mode = try node.choice("mode")
    padsAttribute = node.optionalInts("pads") ?? node.optionalInts("paddings")
    value = node.optionalFloat("value")
    guard mode != .wrap || node.since >= 19 else {
      throw OperatorError(.invalidAttribute, "mode 'wrap' needs opset 19, but this is version \(node.since)")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let data = try inputs.required(0)
    guard let type = data.elementType, let dims = data.dims else { return [Fact(data.type?.withoutShape)] }
    let axes = inputs[3]?.integers
    guard let pads = try padsAttribute ?? inputs.required(1).integers, inputs[3] == nil || axes != nil else {
      return [.tensor(type, dims.map { _ in .unknown })]
    }
    let widths = try widths(pads, axes, rank: dims.count)
    return [
      .tensor(
        type,
        try zip(dims, widths).map { dim, width in
          if let extent = dim.number { return .value(try paddedExtent(extent, width)) }
          return width.begin == 0 && width.end == 0 ? dim : .unknown
        })
    ]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let data = try inputs.tensor(0)
    let pads = try padsAttribute ?? inputs.tensor(1).ints()
    let widths = try widths(pads, try inputs.optionalTensor(3)?.ints(), rank: data.rank)
    let shape = try zip(data.shape, widths).map(paddedExtent)
    // Position data.count is the constant, which is laid after the data.
    var positions = try elementCount(shape) == 0 ? [] : [0]
    for (axis, extent) in data.shape.enumerated() where !positions.isEmpty {
      let sources = try (0..<shape[axis]).map { try source($0, extent, widths[axis]) }
      positions = try positions.flatMap(spending: sources.count) { base in
        sources.map { index in
          guard let index, base != data.count else { return data.count }
          return base * extent + index
        }
      }
    }
    let constant = try constant(inputs, type: data.elementType)
    return [.tensor(.selecting(positions, from: [data, constant], as: data.elementType, shape: shape))]
  }

  private func constant(_ inputs: Inputs<Value>, type: ElementType) throws -> Tensor {
    if let value { return Tensor(type, shape: [], rounding: [Double(value)]) }
    guard let given = try inputs.optionalTensor(2) else { return .zero(type) }
    guard given.count == 1 else {
      throw OperatorError(.invalidShape, "constant_value must hold one element, but has shape \(given.shape)")
    }
    return given
  }

  /// The cells added at the begin and the end of each axis.
  private func widths(_ pads: [Int], _ axes: [Int]?, rank: Int) throws -> [(begin: Int, end: Int)] {
    let axes = try axes.map { try resolveAxes($0, rank: rank) } ?? Array(0..<rank)
    guard pads.count == 2 * axes.count else {
      throw OperatorError(
        .invalidShape, "there are \(pads.count) pads, but \(2 * axes.count) are needed, two for each axis")
    }
    var widths = [(begin: Int, end: Int)](repeating: (0, 0), count: rank)
    for (k, axis) in axes.enumerated() { widths[axis] = (pads[k], pads[k + axes.count]) }
    return widths
  }

  private func paddedExtent(_ extent: Int, _ width: (begin: Int, end: Int)) throws -> Int {
    let (sum, overflow) = width.begin.addingReportingOverflow(width.end)
    let (padded, overflows) = extent.addingReportingOverflow(sum)
    let left = extent &+ min(width.begin, 0) &+ min(width.end, 0)
    guard !overflow, !overflows, padded >= 0, left >= 0 else {
      throw OperatorError(
        .invalidValue, "pads \(width.begin) and \(width.end) leave no valid extent of an axis of \(extent)")
    }
    guard left > 0 || mode == .constant || padded == 0 else {
      throw OperatorError(.invalidShape, "mode '\(mode.rawValue)' cannot pad an axis that has no cells left")
    }
    return padded
  }

  /// The index of `data` that output index `o` repeats, or nil for the constant.
  private func source(_ o: Int, _ extent: Int, _ width: (begin: Int, end: Int)) throws -> Int? {
    let first = max(-width.begin, 0)
    let n = extent - first - max(-width.end, 0)
    let i = o - max(width.begin, 0)
    if i >= 0 && i < n { return first + i }
    switch mode {
    case .constant: return nil
    case .edge: return first + (i < 0 ? 0 : n - 1)
    case .wrap: return first + (i % n + n) % n
    case .reflect:
      // Mirrored again and again, indices repeat with the period 2(n − 1).
      let period = max(2 * (n - 1), 1)
      let phase = (i % period + period) % period
      return first + min(phase, period - phase, n - 1)
    }
  }
}
