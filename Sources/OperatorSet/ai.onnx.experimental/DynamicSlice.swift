import GraphIR
import TensorCore

/// # DynamicSlice
///
/// A part of a tensor, between starts and ends that are inputs: what Slice became in opset 10, without steps.
///
///     output[…, k, …] = data[…, start + k, …]      0 ≤ k < end − start
///
/// - Inputs: `data` (T). `starts` (Tind) and `ends` (Tind): where each range begins and, exclusive, ends.
///   `axes` (Tind), optional: by default the first ones.
/// - Outputs: `output` (T).
/// - Attributes: none.
/// - Types: T is any tensor but bfloat16. Tind is int32 or int64.
/// - Errors: lists of different lengths; an axis out of range or named twice.
/// - Versions: 1, experimental: in ONNX 1.4 alone.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
/// - Notes: TSN-0021 (starts and ends are clamped as Slice's are).
struct DynamicSlice: ExperimentalOperator {
  static let schema = OperatorSchema(
    "DynamicSlice",
    versions: [
      OperatorVersion(
        since: 1,
        inputs: [
          .single("data", "T"), .single("starts", "Tind"), .single("ends", "Tind"), .optional("axes", "Tind"),
        ], outputs: [.single("output", "T")], types: ["T": .allTensors(ir: 3), "Tind": .indices])
    ])

  var rounding: Rounding { .none }
  static let lastRelease = "1.4"

  init(_ node: NodeAttributes) throws {}

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    try Slice.rangesInInputs.infer(inputs, context)
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    try Slice.rangesInInputs.evaluate(inputs, context)
  }
}
