import GraphIR
import TensorCore

/// # Transpose
///
/// The axes of a tensor in another order.
///
///     transposed[i_{perm[0]}, i_{perm[1]}, …] = data[i₀, i₁, …]
///
/// - Inputs: `data` (T): any tensor.
/// - Outputs: `transposed` (T): axis k has the extent of axis perm[k] of `data`.
/// - Attributes: `perm`: a permutation of the axes, by default their reversal.
/// - Types: T is any tensor, with the types of each later IR version.
/// - Errors: a `perm` that is not a permutation of 0…r−1.
/// - Versions: 1, 13 (bfloat16), 21 (float8, 4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit
///   integers).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
package struct Transpose: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("data", "T")],
    outputs: [.single("transposed", "T")],
    attributes: [.optional("perm", .ints)],
    types: ["T": .allTensors(ir: 3)])
  private static let version13 = version1.then(
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
    "Transpose", versions: [version1, version13, version21, version23, version24, version25])

  package var rounding: Rounding { .none }

  package let perm: [Int]?

  package init(_ node: NodeAttributes) throws { perm = node.optionalInts("perm") }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let data = try inputs.required(0)
    guard let type = data.elementType else { return [.unknown] }
    guard let dims = data.dims else {
      return [.tensor(type, perm?.map { _ in .unknown })]
    }
    let permutation = try permutation(rank: dims.count)
    var fact = Fact.tensor(type, permutation.map { dims[$0] })
    fact.elements = data.elements(rearrangedBy: { $0.transposed(permutation) })
    return [fact]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let data = try inputs.tensor(0)
    return [.tensor(data.transposed(try permutation(rank: data.rank)))]
  }

  private func permutation(rank: Int) throws -> [Int] {
    guard let perm else { return (0..<rank).reversed() }
    guard perm.sorted() == Array(0..<rank) else {
      throw OperatorError(
        .invalidAttribute, "perm is \(perm), but must be a permutation of the \(rank) axes of data")
    }
    return perm
  }
}
