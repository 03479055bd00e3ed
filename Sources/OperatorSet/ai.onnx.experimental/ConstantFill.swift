import GraphIR
import TensorCore

/// # ConstantFill
///
/// A tensor in which every element is the same.
///
///     output[i…] = value
///
/// - Inputs: `input` (T1), optional: has the shape, or with `input_as_shape` lists it.
/// - Outputs: `output` (T2): of the shape in `shape`, or of the input's followed by `extra_shape`.
/// - Attributes: `value`: a number, by default 0. `dtype`: the output's type, by default float. `shape`: only
///   without an input. `extra_shape`: further extents, only with an input. `input_as_shape`: 1 for an input
///   that lists extents, by default 0.
/// - Types: T1 and T2 are float, int32, int64 or bool.
/// - Errors: both `shape` and an input, or neither; `extra_shape` without an input; a negative extent; extents
///   that are no integers or not in a list; another `dtype`.
/// - Versions: 1, experimental: in ONNX's releases to 1.3.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.3.
/// - Notes: TSN-0008 (a `value` that is no integer is truncated for an integer type).
struct ConstantFill: ExperimentalOperator {
  static let schema = OperatorSchema(
    "ConstantFill",
    versions: [
      OperatorVersion(
        since: 1, inputs: [.optional("input", "T1")], outputs: [.single("output", "T2")],
        attributes: [
          .int("dtype", 1), .optional("extra_shape", .ints), .optional("input_as_shape", .int),
          .optional("shape", .ints), .float("value", 0),
        ],
        types: [
          "T1": .tensors(.float, .int32, .int64, .bool), "T2": .tensors(.float, .int32, .int64, .bool),
        ])
    ])

  var rounding: Rounding { .none }
  static let lastRelease = "1.3"

  let shape: FilledShape
  let value: Tensor

  init(_ node: NodeAttributes) throws {
    shape = try FilledShape(node)
    let type = try OutputType(node).resolved(input: .float)
    value = try CastRules(node).cast(Tensor(floats: [try node.float("value")]), to: type)
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(value.elementType, try shape.dims(inputs))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let shape = try shape.extents(inputs)
    _ = try elementCount(shape)
    return [.tensor(value.reshaped([]).repeated(shape))]
  }
}
