import GraphIR
import TensorCore

/// # Shape
///
/// The extents of a tensor, or of a run of its axes.
///
///     shape[k] = extent of axis start + k of data      0 ≤ k < end − start
///
/// - Inputs: `data` (T): any tensor.
/// - Outputs: `shape` (T1): rank 1.
/// - Attributes: `start` (from 15): the first axis, by default 0. `end` (from 15): the axis after the last,
///   by default the rank. Both may be negative, counting from the end, and are clamped to 0…r.
/// - Types: T is any tensor, with the types of each later IR version; T1 is int64.
/// - Errors: none.
/// - Versions: 1, 13 (bfloat16), 15 (start and end), 19 (float8), 21 (4-bit integers), 23 (float4e2m1), 24
///   (float8e8m0), 25 (2-bit integers).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
struct Shape: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("data", "T")],
    outputs: [.single("shape", "T1")],
    types: ["T": .allTensors(ir: 3), "T1": .tensors(.int64)])
  private static let version13 = version1.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  private static let version15 = version13.then(
    since: 15, "start and end", attributes: [.optional("end", .int), .int("start", 0)])
  private static let version19 = version15.then(
    since: 19, "float8", types: ["T": .allTensors(ir: 9)])
  private static let version21 = version19.then(
    since: 21, "4-bit integers", types: ["T": .allTensors(ir: 10)])
  private static let version23 = version21.then(
    since: 23, "float4e2m1", types: ["T": .allTensors(ir: 11)])
  private static let version24 = version23.then(
    since: 24, "float8e8m0", types: ["T": .allTensors(ir: 12)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers", types: ["T": .allTensors(ir: 13)])
  static let schema = OperatorSchema(
    "Shape",
    versions: [version1, version13, version15, version19, version21, version23, version24, version25])

  var rounding: Rounding { .none }

  let start: Int
  let end: Int?

  init(_ node: NodeAttributes) throws {
    start = node.optionalInt("start") ?? 0
    end = node.optionalInt("end")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard let dims = try inputs.required(0).dims else { return [.tensor(.int64, [.unknown])] }
    let axes = axes(rank: dims.count)
    var fact = Fact.tensor(.int64, [.value(axes.count)])
    fact.elements = Array(dims[axes])
    return [fact]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let data = try inputs.tensor(0)
    return [.tensor(Tensor(int64: Array(data.shape[axes(rank: data.rank)])))]
  }

  /// The axes asked for.
  private func axes(rank: Int) -> Range<Int> {
    let first = clamped(start, rank)
    return first..<max(first, clamped(end ?? rank, rank))
  }

  private func clamped(_ axis: Int, _ rank: Int) -> Int { min(max(axis < 0 ? axis + rank : axis, 0), rank) }
}
