import GraphIR
import TensorCore

/// # Unsqueeze
///
/// A tensor with more axes, of extent 1.
///
///     expanded[i…, with 0 at each of the axes] = data[i…]
///
/// - Inputs: `data` (T). `axes` (tensor(int64), from 13): where the new axes stand in the result; their order
///   does not matter.
/// - Outputs: `expanded` (T): of the rank of `data` plus the number of axes.
/// - Attributes: `axes` (to 11): the same.
/// - Types: T is any tensor, with the types of each later IR version.
/// - Errors: an axis out of range of the result's rank, or named twice.
/// - Versions: 1, 11 (axes may be negative), 13 (axes becomes an input; bfloat16), 21 (float8, 4-bit
///   integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
struct Unsqueeze: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("data", "T")],
    outputs: [.single("expanded", "T")],
    attributes: [.required("axes", .ints)],
    types: ["T": .allTensors(ir: 3)])
  private static let version11 = version1.then(
    since: 11, "axes may be negative")
  private static let version13 = version11.then(
    since: 13, "axes becomes an input; bfloat16",
    inputs: [.single("data", "T"), .single("axes", "tensor(int64)")], removing: ["axes"],
    types: ["T": .allTensors(ir: 4)])
  private static let version21 = version13.then(
    since: 21, "float8, 4-bit integers", types: ["T": .allTensors(ir: 10)])
  private static let version23 = version21.then(
    since: 23, "float4e2m1", types: ["T": .allTensors(ir: 11)])
  private static let version24 = version23.then(
    since: 24, "float8e8m0", types: ["T": .allTensors(ir: 12)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers", types: ["T": .allTensors(ir: 13)])
  static let schema = OperatorSchema(
    "Unsqueeze", versions: [version1, version11, version13, version21, version23, version24, version25])

  var rounding: Rounding { .none }

  let axesAttribute: [Int]?

  init(_ node: NodeAttributes) throws { axesAttribute = node.optionalInts("axes") }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let data = try inputs.required(0)
    guard let type = data.elementType, let dims = data.dims else { return [Fact(data.type?.withoutShape)] }
    guard let axes = try axesAttribute ?? inputs.required(1).integers else {
      let added = inputs[1]?.listCount
      return [.tensor(type, added.flatMap { unknownDims(dims.count &+ $0) })]
    }
    var fact = Fact.tensor(type, try unsqueezed(dims, axes, one: .value(1)))
    fact.elements = data.elements
    return [fact]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let data = try inputs.tensor(0)
    let axes = try axesAttribute ?? inputs.tensor(1).ints()
    return [.tensor(data.reshaped(try unsqueezed(data.shape, axes, one: 1)))]
  }

  private func unsqueezed<Extent>(_ shape: [Extent], _ axes: [Int], one: Extent) throws -> [Extent] {
    let rank = shape.count + axes.count
    let added = Set(try resolveAxes(axes, rank: rank))
    var rest = shape.makeIterator()
    return (0..<rank).map { added.contains($0) ? one : rest.next() ?? one }
  }
}
