import GraphIR
import TensorCore

/// # Flatten
///
/// A tensor as a matrix: the axes before one make its rows, the others its columns.
///
///     output[flat(i₀ … i_{axis−1}), flat(i_axis … i_{r−1})] = input[i₀ … i_{r−1}]
///
/// - Inputs: `input` (T): a tensor of rank `axis` or more.
/// - Outputs: `output` (T): of rank 2.
/// - Attributes: `axis`: the first axis of the columns, by default 1, in −r…r; 0 makes a single row.
/// - Types: T is a float type in 1, any type from 9, with the types of each later IR version.
/// - Errors: `axis` out of range.
/// - Versions: 1, 9 (every type), 11 (axis may be negative), 13 (bfloat16), 21 (float8, 4-bit integers), 23
///   (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: none.
package struct Flatten: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    attributes: [.int("axis", 1)],
    types: ["T": .ieeeFloats])
  private static let version9 = version1.then(
    since: 9, "every type", types: ["T": .allTensors(ir: 3)])
  private static let version11 = version9.then(
    since: 11, "axis may be negative")
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  private static let version21 = version13.then(
    since: 21, "float8, 4-bit integers", types: ["T": .allTensors(ir: 10)])
  private static let version23 = version21.then(
    since: 23, "float4e2m1", types: ["T": .allTensors(ir: 11)])
  private static let version24 = version23.then(
    since: 24, "float8e8m0", types: ["T": .allTensors(ir: 12)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers", types: ["T": .allTensors(ir: 13)])
  package static let schema = OperatorSchema(
    "Flatten",
    versions: [version1, version9, version11, version13, version21, version23, version24, version25])

  package var rounding: Rounding { .none }

  package let axis: Int

  package init(_ node: NodeAttributes) throws { axis = try node.int("axis") }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    guard let type = input.elementType else { return [.unknown] }
    guard let dims = input.dims else { return [.tensor(type, [.unknown, .unknown])] }
    let axis = try resolved(rank: dims.count)
    return [.tensor(type, [Dim.product(dims[..<axis]), Dim.product(dims[axis...])])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    let axis = try resolved(rank: input.rank)
    return [.tensor(input.reshaped([input.shape[..<axis].product, input.shape[axis...].product]))]
  }

  /// The axis may also be the rank itself.
  private func resolved(rank: Int) throws -> Int {
    axis == rank ? rank : axis == 0 ? 0 : try resolveAxis(axis, rank: rank)
  }
}
