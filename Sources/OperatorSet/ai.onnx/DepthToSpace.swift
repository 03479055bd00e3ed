import GraphIR
import TensorCore

/// # DepthToSpace
///
/// Channels spread out as blocks of pixels.
///
///     output[n, c, h·b + i, w·b + j] = input[n, (i·b + j)·C' + c, h, w]      DCR
///     output[n, c, h·b + i, w·b + j] = input[n, (c·b + i)·b + j, h, w]       CRD
///
/// where b is the block size and C' = C / b².
///
/// - Inputs: `input` (T): [N, C, H, W].
/// - Outputs: `output` (T): [N, C / b², H·b, W·b].
/// - Attributes: `blocksize`: b. `mode` (from 11): DCR (the default) or CRD.
/// - Types: T is any tensor; also bfloat16 from 13.
/// - Errors: another rank; a C that b² does not divide; a `blocksize` below 1.
/// - Versions: 1, 11 (mode), 13 (bfloat16), 28 (nothing but the text).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
package struct DepthToSpace: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    attributes: [.required("blocksize", .int)],
    types: ["T": .allTensors(ir: 3)])
  private static let version11 = version1.then(
    since: 11, "mode", attributes: [.string("mode", "DCR")])
  private static let version13 = version11.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  private static let version28 = version13.then(
    since: 28, "nothing but the text")
  package static let schema = OperatorSchema(
    "DepthToSpace", versions: [version1, version11, version13, version28])

  package var rounding: Rounding { .none }

  package let b: Int
  let mode: DepthOrder

  package init(_ node: NodeAttributes) throws {
    b = try blockSize(node)
    mode = node.has("mode") ? try node.choice("mode") : .DCR
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    guard let type = input.elementType else { return [.unknown] }
    guard let dims = input.dims else { return [.tensor(type, [.unknown, .unknown, .unknown, .unknown])] }
    try checkImageRank(dims.count)
    let spatial = dims[2...].map { $0.number.map { Dim.value($0 &* b) } ?? .unknown }
    return [.tensor(type, [dims[0], try exactQuotient(dims[1], b * b, name: "C")] + spatial)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    try checkImageRank(input.rank)
    let (N, H, W) = (input.shape[0], input.shape[2], input.shape[3])
    guard let C = try exactQuotient(.value(input.shape[1]), b * b, name: "C").number else { return [] }
    let shape = [N, C, try elementCount([H, b]), try elementCount([W, b])]
    _ = try elementCount(shape)
    let blocks =
      switch mode {
      case .DCR: input.reshaped([N, b, b, C, H, W]).transposed([0, 3, 4, 1, 5, 2])
      case .CRD: input.reshaped([N, C, b, b, H, W]).transposed([0, 1, 4, 2, 5, 3])
      }
    return [.tensor(blocks.reshaped(shape))]
  }
}
