import GraphIR
import TensorCore

/// # Constant
///
/// A value that stands in the model itself.
///
///     output = the one attribute that is given
///
/// - Inputs: none.
/// - Outputs: `output` (T).
/// - Attributes: exactly one of: `value`, a tensor; `sparse_value` (from 11), a tensor given by its elements
///   other than zero, which becomes an ordinary one; from 12 `value_int` and `value_float`, a scalar int64 or
///   float, `value_string`, a scalar string, and `value_ints`, `value_floats`, `value_strings`, lists of them
///   as a tensor of rank 1.
/// - Types: T is a float type in 1, any type from 9, with the types of each later IR version.
/// - Errors: none or several of the attributes given; a sparse index outside the shape.
/// - Versions: 1, 9 (every type), 11 (sparse_value), 12 (value_int and its kin), 13 (bfloat16), 19 (float8),
///   21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
/// - Source: onnx/defs/generator/defs.cc, old.cc.
/// - Notes: none.
struct Constant: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [],
    outputs: [.single("output", "T")],
    attributes: [.required("value", .tensor)],
    types: ["T": .ieeeFloats])
  private static let version9 = version1.then(
    since: 9, "every type", types: ["T": .allTensors(ir: 3)])
  private static let version11 = version9.then(
    since: 11, "sparse_value",
    attributes: [.optional("sparse_value", .sparseTensor), .optional("value", .tensor)])
  private static let version12 = version11.then(
    since: 12, "value_int and its kin",
    attributes: [
      .optional("value_float", .float), .optional("value_floats", .floats), .optional("value_int", .int),
      .optional("value_ints", .ints), .optional("value_string", .string),
      .optional("value_strings", .strings),
    ])
  private static let version13 = version12.then(
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
    "Constant",
    versions: [
      version1, version9, version11, version12, version13, version19, version21, version23, version24,
      version25,
    ])

  var rounding: Rounding { .none }

  let value: Tensor

  init(_ node: NodeAttributes) throws {
    let values = [
      node.optionalTensor("value"),
      try node.optionalSparseTensor("sparse_value").map { try $0.densified() },
      node.optionalInt("value_int").map { Tensor(int64: [$0], shape: []) },
      node.optionalFloat("value_float").map { Tensor(floats: [$0], shape: []) },
      node.optionalString("value_string").map { Tensor(strings: [$0], shape: []) },
      node.optionalInts("value_ints").map { Tensor(int64: $0) },
      node.optionalFloats("value_floats").map { Tensor(floats: $0) },
      node.optionalStrings("value_strings").map { Tensor(strings: $0, shape: [$0.count]) },
    ].compactMap { $0 }
    guard values.count == 1, let value = values.first else {
      throw OperatorError(
        .invalidAttribute,
        "exactly one of the attributes that hold a value must be given, not \(values.count)")
    }
    self.value = value
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [Fact(of: .tensor(value))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    [.tensor(value)]
  }
}
