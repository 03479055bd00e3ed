import GraphIR
import TensorCore

/// # Size
///
/// The number of elements of a tensor.
///
///     size = Π extents of data
///
/// - Inputs: `data` (T): any tensor.
/// - Outputs: `size` (T1): a scalar.
/// - Attributes: none.
/// - Types: T is any tensor, with the types of each later IR version; T1 is int64.
/// - Errors: none.
/// - Versions: 1, 13 (bfloat16), 19 (float8), 21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25
///   (2-bit integers).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
struct Size: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("data", "T")],
    outputs: [.single("size", "T1")],
    types: ["T": .allTensors(ir: 3), "T1": .tensors(.int64)])
  private static let version13 = version1.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  private static let version19 = version13.then(
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
    "Size", versions: [version1, version13, version19, version21, version23, version24, version25])

  var rounding: Rounding { .none }

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    var fact = Fact.tensor(.int64, [])
    fact.elements = try inputs.required(0).dims.map { [Dim.product($0)] }
    return [fact]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    [.tensor(Tensor(int64: [try inputs.tensor(0).count], shape: []))]
  }
}
