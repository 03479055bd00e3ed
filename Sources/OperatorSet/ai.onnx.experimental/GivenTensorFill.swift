import GraphIR
import TensorCore

/// # GivenTensorFill
///
/// A tensor made of the numbers in an attribute.
///
///     X[i] = values[i]      i the position in row-major order
///
/// - Inputs: `shape` (T), optional: has the shape.
/// - Outputs: `X` (T): of the shape in attribute `shape`, or of the input's followed by `extra_shape`.
/// - Attributes: `values`: the elements. `shape`: only without an input. `extra_shape`: further extents, only
///   with an input. `input_as_shape`: 1 for an input that lists extents, which no type of T can do.
/// - Types: T is float16, float or double; without an input the output is float.
/// - Errors: both `shape` and an input, or neither; `extra_shape` without an input; `input_as_shape`; another
///   count of `values` than the shape has elements.
/// - Versions: 1, experimental: in ONNX's releases to 1.4.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.4, which has no text beyond the names and types.
/// - Notes: none.
struct GivenTensorFill: ExperimentalOperator {
  static let schema = OperatorSchema(
    "GivenTensorFill",
    versions: [
      OperatorVersion(
        since: 1, inputs: [.optional("shape", "T")], outputs: [.single("X", "T")],
        attributes: [
          .optional("extra_shape", .ints), .optional("input_as_shape", .int), .optional("shape", .ints),
          .optional("values", .floats),
        ], types: ["T": .ieeeFloats])
    ])

  var rounding: Rounding { .none }
  static let lastRelease = "1.4"

  let shape: FilledShape
  let values: [Float]

  init(_ node: NodeAttributes) throws {
    shape = try FilledShape(node)
    values = try node.floats("values")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard let type = inputs[0].map(\.elementType) ?? .float else { return [.unknown] }
    return [.tensor(type, try shape.dims(inputs))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let shape = try shape.extents(inputs)
    let count = try elementCount(shape)
    guard count == values.count else {
      throw OperatorError(
        .invalidAttribute, "attribute 'values' has \(values.count) numbers, but shape \(shape) needs \(count)"
      )
    }
    let type = try inputs.optionalTensor(0)?.elementType ?? .float
    return [.tensor(Tensor(type, shape: shape, rounding: values.map(Double.init)))]
  }
}
