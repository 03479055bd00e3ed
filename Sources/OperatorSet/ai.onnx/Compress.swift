import GraphIR
import TensorCore

/// # Compress
///
/// The slices of a tensor along an axis for which a condition holds.
///
///     output[…, k, …] = input[…, index of the k-th true in condition, …]
///
/// - Inputs: `input` (T): of rank r ≥ 1. `condition` (T1): rank 1, at most as long as the axis; what is
///   beyond its end is left out.
/// - Outputs: `output` (T): rank r, or rank 1 without an axis.
/// - Attributes: `axis`: without it, the tensor is flattened first.
/// - Types: T is any tensor; also bfloat16 from 28. T1 is bool.
/// - Errors: `axis` out of range; a condition of another rank or longer than the axis.
/// - Versions: 9, 11 (axis may be negative), 28 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
struct Compress: Operator {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("input", "T"), .single("condition", "T1")],
    outputs: [.single("output", "T")],
    attributes: [.optional("axis", .int)],
    types: ["T": .allTensors(ir: 3), "T1": .bool])
  private static let version11 = version9.then(
    since: 11, "axis may be negative")
  private static let version28 = version11.then(
    since: 28, "bfloat16", types: ["T": .allTensors(ir: 4)])
  static let schema = OperatorSchema("Compress", versions: [version9, version11, version28])

  var rounding: Rounding { .none }

  let axis: Int?

  init(_ node: NodeAttributes) throws { axis = node.optionalInt("axis") }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    guard let type = input.elementType else { return [.unknown] }
    guard let axis else { return [.tensor(type, [.unknown])] }
    guard var dims = input.dims else { return [.tensor(type, nil)] }
    dims[try resolveAxis(axis, rank: dims.count)] = .unknown
    return [.tensor(type, dims)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    var (input, condition) = (try inputs.tensor(0), try inputs.tensor(1))
    if axis == nil { input = input.reshaped([input.count]) }
    let axis = try resolveAxis(axis ?? 0, rank: input.rank)
    let view = AxisView(input.shape, axis: axis)
    guard condition.rank == 1, condition.count <= view.length else {
      throw OperatorError(
        .invalidShape, "condition has shape \(condition.shape), but must be a list of at most \(view.length)")
    }
    let holds = condition.bools()
    let picked = holds.indices.filter { holds[$0] }
    var shape = input.shape
    shape[axis] = picked.count
    let positions = try (0..<view.outer).flatMap(spending: picked.count * view.inner) { o in
      picked.flatMap { k in (0..<view.inner).map { view.position(o, k, $0) } }
    }
    return [.tensor(input.selecting(positions, shape: shape))]
  }
}
