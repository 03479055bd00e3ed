import GraphIR
import TensorCore

/// # OneHot
///
/// Each index as a vector that is "on" at one place and "off" elsewhere.
///
///     output[i…, k, j…] = values[k = indices[i…, j…] ? 1 : 0]      0 ≤ k < depth
///
/// - Inputs: `indices` (T1): any shape; numbers that are no integers are truncated. `depth` (T2): one number,
///   the length of the vectors. `values` (T3): [off, on].
/// - Outputs: `output` (T3): the shape of `indices` with one axis more.
/// - Attributes: `axis`: where the new axis stands, by default last; in −r−1…r.
/// - Types: T1 and T2 are any numbers, T3 is any tensor; also bfloat16 from 28.
/// - Errors: a negative depth; `values` of another shape; `axis` out of range.
/// - Versions: 9, 11 (indices and axis may be negative), 28 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0057: an index outside 0…depth−1, or from 11 outside −depth…depth−1, makes a vector that is
///   off everywhere.
struct OneHot: Operator {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("indices", "T1"), .single("depth", "T2"), .single("values", "T3")],
    outputs: [.single("output", "T3")],
    attributes: [.int("axis", -1)],
    types: ["T1": .integers | .ieeeFloats, "T2": .integers | .ieeeFloats, "T3": .allTensors(ir: 3)])
  private static let version11 = version9.then(
    since: 11, "indices and axis may be negative")
  private static let version28 = version11.then(
    since: 28, "bfloat16", types: ["T3": .allTensors(ir: 4)])
  static let schema = OperatorSchema("OneHot", versions: [version9, version11, version28])

  var rounding: Rounding { .none }

  let axis: Int
  /// Whether negative indices count from the end.
  let countsFromEnd: Bool

  init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    countsFromEnd = node.since >= 11
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (indices, depth, values) = (try inputs.required(0), try inputs.required(1), try inputs.required(2))
    guard let type = values.elementType else { return [.unknown] }
    guard var dims = indices.dims else { return [.tensor(type, nil)] }
    let known = depth.elements?.first ?? depth.tensor?.integers().first.map { .value(Int($0)) }
    dims.insert(known ?? .unknown, at: try resolveAxis(axis, rank: dims.count + 1))
    return [.tensor(type, try checkedExtents(dims))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (indices, depths, values) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.tensor(2))
    guard depths.count == 1, let depth = depths.ints().first, depth >= 0 else {
      throw OperatorError(
        .invalidValue, "depth must be one number that is not negative, but is \(depths.ints())")
    }
    guard values.shape == [2] else {
      throw OperatorError(.invalidShape, "values has shape \(values.shape), but must be [off, on]")
    }
    let axis = try resolveAxis(axis, rank: indices.rank + 1)
    var shape = indices.shape
    shape.insert(depth, at: axis)
    var isOn = [Int](repeating: 0, count: try elementCount(shape))
    let view = AxisView(shape, axis: axis)
    for (flat, index) in indices.ints().enumerated() {
      let k = index < 0 && countsFromEnd ? index &+ depth : index
      guard k >= 0, k < depth else { continue }
      isOn[view.position(flat / view.inner, k, flat % view.inner)] = 1
    }
    return [.tensor(values.selecting(isOn, shape: shape))]
  }
}
