import GraphIR
import TensorCore

/// # ConcatFromSequence
///
/// The tensors of a sequence laid one after another along an axis, or stacked along a new one.
///
///     concat_result = Concat(input_sequence…)      new_axis = 0
///     concat_result[…, k, …] = input_sequence[k][…]      new_axis = 1
///
/// - Inputs: `input_sequence` (S): at least one tensor; their extents agree, except along an old axis.
/// - Outputs: `concat_result` (T).
/// - Attributes: `axis`: in −r…r−1 for tensors of rank r, in −r−1…r for a new axis. `new_axis`: 1 makes a new
///   axis.
/// - Types: T is any tensor, S a sequence of it.
/// - Errors: an empty sequence; `axis` out of range; extents that do not agree.
/// - Versions: 11.
/// - Source: onnx/defs/sequence/defs.cc.
/// - Notes: none.
struct ConcatFromSequence: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("input_sequence", "S")],
    outputs: [.single("concat_result", "T")],
    attributes: [.required("axis", .int), .int("new_axis", 0)],
    types: ["S": .allSequences(ir: 3), "T": .allTensors(ir: 3)])
  static let schema = OperatorSchema("ConcatFromSequence", versions: [version11])

  var rounding: Rounding { .none }

  let axis: Int
  let makesAxis: Bool

  init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    makesAxis = try node.flag("new_axis")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard case .sequence(.tensor(let type, let dims))? = try inputs.required(0).type else {
      return [.unknown]
    }
    guard var dims else { return [.tensor(type, nil)] }
    let axis = try resolveAxis(axis, rank: dims.count + (makesAxis ? 1 : 0))
    if makesAxis { dims.insert(.unknown, at: axis) } else { dims[axis] = .unknown }
    return [.tensor(type, dims)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let tensors = try inputs.sequence(0).values.map { value in
      guard case .tensor(let tensor) = value else {
        throw OperatorError(.invalidType, "input_sequence must hold tensors, but holds \(value.type)")
      }
      return tensor
    }
    guard makesAxis, let first = tensors.first else {
      return [.tensor(try concatenated(tensors, axis: axis))]
    }
    let axis = try resolveAxis(axis, rank: first.rank + 1)
    guard tensors.allSatisfy({ $0.rank == first.rank }) else {
      throw OperatorError(.invalidShape, "tensors of the shapes \(tensors.map(\.shape)) cannot be stacked")
    }
    let expanded = tensors.map { $0.reshaped(Array($0.shape[..<axis]) + [1] + $0.shape[axis...]) }
    return [.tensor(try concatenated(expanded, axis: axis))]
  }
}
