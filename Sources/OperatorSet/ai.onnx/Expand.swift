import GraphIR
import TensorCore

/// # Expand
///
/// A tensor broadcast with a shape.
///
///     output[i…] = input[i…, with 0 on every axis of extent 1]
///
/// - Inputs: `input` (T). `shape` (tensor(int64)): need not be the result's: where it has 1, the input's
///   extent stays.
/// - Outputs: `output` (T): of the shape that both broadcast to.
/// - Attributes: none.
/// - Types: T is any tensor; also bfloat16 from 13.
/// - Errors: shapes that do not broadcast; a negative extent.
/// - Versions: 8, 13 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0024 (an extent of 1 against 0 gives 0).
package struct Expand: Operator {
  private static let version8 = OperatorVersion(
    since: 8,
    inputs: [.single("input", "T"), .single("shape", "tensor(int64)")],
    outputs: [.single("output", "T")],
    types: ["T": .allTensors(ir: 3)])
  private static let version13 = version8.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  package static let schema = OperatorSchema("Expand", versions: [version8, version13])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (input, shape) = (try inputs.required(0), try inputs.required(1))
    guard let type = input.elementType else { return [.unknown] }
    if let target = shape.elements {
      return [.tensor(type, try broadcastDims([input.dims, checkedExtents(target)]))]
    }
    // Extents that are not known leave those of the input above 1 as they are.
    let unknown = shape.listCount.flatMap(unknownDims)
    return [.tensor(type, try broadcastDims([input.dims, unknown]))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    return [.tensor(input.broadcast(to: try broadcastShape([input.shape, inputs.tensor(1).ints()])))]
  }
}
