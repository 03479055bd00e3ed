import GraphIR
import TensorCore

/// # Tile
///
/// Copies of a tensor side by side.
///
///     output[i…] = input[i mod extent, …]
///
/// - Inputs: `input` (T). `repeats` (T1, from 6): the number of copies along each axis. In 1 instead: `tiles`
///   (T), the number of copies, and `axis` (T), the one axis along which they stand.
/// - Outputs: `output` (T): each extent multiplied by the copies.
/// - Attributes: none.
/// - Types: T is a float type in 1, any type from 6; also bfloat16 from 13. T1 is int64.
/// - Errors: `repeats` of another length than the rank; a negative number of copies.
/// - Versions: 1, 6 (repeats for all axes at once; every type), 13 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
package struct Tile: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("input", "T"), .single("tiles", "T"), .single("axis", "T")],
    outputs: [.single("output", "T")],
    types: ["T": .ieeeFloats, "T1": .tensors(.int64)])
  private static let version6 = version1.then(
    since: 6, "repeats for all axes at once; every type",
    inputs: [.single("input", "T"), .single("repeats", "T1")], types: ["T": .allTensors(ir: 3)])
  private static let version13 = version6.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  package static let schema = OperatorSchema("Tile", versions: [version1, version6, version13])

  package var rounding: Rounding { .none }

  /// Whether the copies stand along one axis, given beside their number.
  package let tilesOneAxis: Bool

  package init(_ node: NodeAttributes) throws { tilesOneAxis = node.since < 6 }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    guard let type = input.elementType else { return [.unknown] }
    let length = tilesOneAxis ? nil : try inputs.required(1).listCount
    guard let dims = input.dims ?? length.flatMap(unknownDims) else {
      return [.tensor(type, nil)]
    }
    guard !tilesOneAxis, let repeats = try inputs.required(1).elements else {
      return [.tensor(type, dims.map { _ in .unknown })]
    }
    guard repeats.count == dims.count else { throw lengthError(repeats.count, dims.count) }
    return [.tensor(type, try zip(dims, repeats).map(product))]
  }

  private func product(_ extent: Dim, _ copies: Dim) throws -> Dim {
    if let number = copies.number, number < 0 { throw negative(number) }
    return extent * copies
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let repeats = try repeats(inputs, rank: input.rank)
    if let number = repeats.first(where: { $0 < 0 }) { throw negative(number) }
    let shape = try zip(input.shape, repeats).map { try elementCount([$0, $1]) }
    _ = try elementCount(shape)
    // Seen as [copies, extent] each, an axis repeats with stride 0.
    let strides = rowMajorStrides(input.shape)
    let extents = zip(repeats, input.shape).flatMap { [$0, $1] }
    return [.tensor(input.strided(shape: extents, strides: strides.flatMap { [0, $0] }).reshaped(shape))]
  }

  private func repeats(_ inputs: Inputs<Value>, rank: Int) throws -> [Int] {
    guard tilesOneAxis else {
      let repeats = try inputs.tensor(1).ints()
      guard repeats.count == rank else { throw lengthError(repeats.count, rank) }
      return repeats
    }
    let (tiles, axis): (Double, Double) = (try inputs.scalar(1), try inputs.scalar(2))
    var repeats = [Int](repeating: 1, count: rank)
    repeats[try resolveAxis(Int(Int64(clamping: axis)), rank: rank)] = Int(Int64(clamping: tiles))
    return repeats
  }

  private func lengthError(_ length: Int, _ rank: Int) -> OperatorError {
    OperatorError(.invalidShape, "repeats has \(length) elements, but input has rank \(rank)")
  }

  private func negative(_ number: Int) -> OperatorError {
    OperatorError(.invalidValue, "\(number) copies are asked for, but the number must not be negative")
  }
}
