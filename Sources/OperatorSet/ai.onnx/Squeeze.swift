import GraphIR
import TensorCore

/// # Squeeze
///
/// A tensor without some of its axes of extent 1.
///
///     squeezed[i…] = data[i…, with 0 at each of the axes]
///
/// - Inputs: `data` (T). `axes` (tensor(int64), from 13), optional: the axes to drop, by default all of
///   extent 1.
/// - Outputs: `squeezed` (T).
/// - Attributes: `axes` (to 11): the same.
/// - Types: T is any tensor, with the types of each later IR version.
/// - Errors: an axis out of range, named twice, or of an extent other than 1.
/// - Versions: 1, 11 (axes may be negative), 13 (axes becomes an input; bfloat16), 21 (float8, 4-bit
///   integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
struct Squeeze: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("data", "T")],
    outputs: [.single("squeezed", "T")],
    attributes: [.optional("axes", .ints)],
    types: ["T": .allTensors(ir: 3)])
  private static let version11 = version1.then(
    since: 11, "axes may be negative")
  private static let version13 = version11.then(
    since: 13, "axes becomes an input; bfloat16",
    inputs: [.single("data", "T"), .optional("axes", "tensor(int64)")], removing: ["axes"],
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
    "Squeeze", versions: [version1, version11, version13, version21, version23, version24, version25])

  var rounding: Rounding { .none }

  let axesAttribute: [Int]?

  init(_ node: NodeAttributes) throws { axesAttribute = node.optionalInts("axes") }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let data = try inputs.required(0)
    guard let type = data.elementType, let dims = data.dims else { return [Fact(data.type?.withoutShape)] }
    let axes = axesAttribute ?? inputs[1]?.integers
    if axes == nil && (inputs[1] != nil || data.numericShape == nil) {
      let dropped = inputs[1]?.listCount
      return [.tensor(type, dropped.flatMap { unknownDims(max(dims.count &- $0, 0)) })]
    }
    var fact = Fact.tensor(type, try squeezed(dims, axes))
    fact.elements = data.elements
    return [fact]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let data = try inputs.tensor(0)
    let dims = try squeezed(data.shape.map(Dim.value), try axesAttribute ?? inputs.optionalTensor(1)?.ints())
    return [.tensor(data.reshaped(dims.compactMap(\.number)))]
  }

  private func squeezed(_ dims: [Dim], _ axes: [Int]?) throws -> [Dim] {
    let dropped =
      try axes.map { try resolveAxes($0, rank: dims.count) } ?? dims.indices.filter { dims[$0] == 1 }
    if let bad = dropped.first(where: { (dims[$0].number ?? 1) != 1 }) {
      throw OperatorError(.invalidShape, "axis \(bad) has extent \(dims[bad]), but only 1 can be squeezed")
    }
    return dims.indices.filter { !dropped.contains($0) }.map { dims[$0] }
  }
}
