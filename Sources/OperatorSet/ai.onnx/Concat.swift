import GraphIR
import TensorCore

/// # Concat
///
/// Tensors laid one after another along an axis.
///
///     concat_result[…, offsetₖ + i, …] = inputsₖ[…, i, …]      offsetₖ = Σ_{l<k} extent of inputsₗ
///
/// - Inputs: `inputs` (T), variadic: tensors of one rank, whose extents differ along the axis at most.
/// - Outputs: `concat_result` (T).
/// - Attributes: `axis`: along which to join; in 1 it may be omitted and is 1.
/// - Types: T is a float type in 1, any type from 4; also bfloat16 from 13.
/// - Errors: `axis` outside −r…r−1; ranks or other extents that differ.
/// - Versions: 1, 4 (axis is required; every type), 11 (axis may be negative), 13 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
package struct Concat: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.variadic("inputs", "T")],
    outputs: [.single("concat_result", "T")],
    attributes: [.optional("axis", .int)],
    types: ["T": .ieeeFloats])
  private static let version4 = version1.then(
    since: 4, "axis is required; every type", attributes: [.required("axis", .int)],
    types: ["T": .allTensors(ir: 3)])
  private static let version11 = version4.then(
    since: 11, "axis may be negative")
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  package static let schema = OperatorSchema("Concat", versions: [version1, version4, version11, version13])

  package var rounding: Rounding { .none }

  package let axis: Int

  package init(_ node: NodeAttributes) throws { axis = node.optionalInt("axis") ?? 1 }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let parts = try inputs.variadic()
    guard let type = parts.lazy.compactMap(\.elementType).first else { return [.unknown] }
    var fact = Fact.tensor(type, try concatenatedDims(parts.map(\.dims), axis: axis))
    if fact.rank == 1, parts.contains(where: { $0.elements != nil }) { fact.elements = joinedElements(parts) }
    return [fact]
  }

  /// The elements of vectors, unknown ones among them where only a few of the vectors are known.
  private func joinedElements(_ parts: [Fact]) -> [Dim]? {
    var joined: [Dim] = []
    for part in parts {
      guard let count = part.elements?.count ?? part.dims?.first?.number, (0...4_096).contains(count),
        joined.count + count <= 4_096
      else {
        return nil
      }
      joined += part.elements ?? Array(repeating: .unknown, count: count)
    }
    return joined
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    [.tensor(try concatenated(try inputs.tensors(), axis: axis))]
  }
}
