import GraphIR
import TensorCore

/// # CenterCropPad
///
/// A tensor brought to given extents by cutting off, or adding zeros, on both sides.
///
///     output_data[…, o, …] = input_data[…, o + ⌊(n − m) / 2⌋, …]      n > m: cropped
///     output_data[…, o + ⌊(m − n) / 2⌋, …] = input_data[…, o, …]      n < m: 0 around it
///
/// - Inputs: `input_data` (T). `shape` (Tind): the extents m, one for each axis meant.
/// - Outputs: `output_data` (T).
/// - Attributes: `axes`: the axes that `shape` means, by default all.
/// - Types: T is any tensor; strings have the empty string for zero. Tind is int32 or int64.
/// - Errors: an axis out of range or named twice; a `shape` of another length; a negative extent.
/// - Versions: 18.
/// - Source: onnx/defs/tensor/defs.cc.
/// - Notes: none.
struct CenterCropPad: Operator {
  private static let version18 = OperatorVersion(
    since: 18,
    inputs: [.single("input_data", "T"), .single("shape", "Tind")],
    outputs: [.single("output_data", "T")],
    attributes: [.optional("axes", .ints)],
    types: ["T": .allTensors(ir: 4), "Tind": .indices])
  static let schema = OperatorSchema("CenterCropPad", versions: [version18])

  var rounding: Rounding { .none }

  let axes: [Int]?

  init(_ node: NodeAttributes) throws { axes = node.optionalInts("axes") }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (input, target) = (try inputs.required(0), try inputs.required(1))
    guard let type = input.elementType, var dims = input.dims else { return [Fact(input.type?.withoutShape)] }
    let axes = try resolvedAxes(rank: dims.count)
    if let extents = target.elements { try checkLength(extents.count, axes) }
    for (k, axis) in axes.enumerated() { dims[axis] = target.elements?[k] ?? .unknown }
    return [.tensor(type, try checkedExtents(dims))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let target = try inputs.tensor(1).ints()
    let axes = try resolvedAxes(rank: input.rank)
    try checkLength(target.count, axes)
    var shape = input.shape
    for (k, axis) in axes.enumerated() { shape[axis] = target[k] }
    // Position input.count is the zero, which is laid after the input.
    var positions = try elementCount(shape) == 0 ? [] : [0]
    for (n, m) in zip(input.shape, shape) where !positions.isEmpty {
      let offset = n > m ? (n - m) / 2 : -((m - n) / 2)
      positions = try positions.flatMap(spending: m) { base in
        (0..<m).map { o in
          base == input.count || o + offset < 0 || o + offset >= n ? input.count : base * n + o + offset
        }
      }
    }
    let type = input.elementType
    return [.tensor(.selecting(positions, from: [input, .zero(type)], as: type, shape: shape))]
  }

  private func resolvedAxes(rank: Int) throws -> [Int] {
    try axes.map { try resolveAxes($0, rank: rank) } ?? Array(0..<rank)
  }

  private func checkLength(_ length: Int, _ axes: [Int]) throws {
    guard length == axes.count else {
      throw OperatorError(.invalidShape, "shape has \(length) extents, but \(axes.count) axes are meant")
    }
  }
}
