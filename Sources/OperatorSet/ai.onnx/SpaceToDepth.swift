import GraphIR
import TensorCore

/// # SpaceToDepth
///
/// Blocks of pixels gathered as channels: the inverse of DepthToSpace.
///
///     output[n, (i·b + j)·C + c, h, w] = input[n, c, h·b + i, w·b + j]      DCR
///     output[n, (c·b + i)·b + j, h, w] = input[n, c, h·b + i, w·b + j]      CRD
///
/// where b is the block size.
///
/// - Inputs: `input` (T): [N, C, H, W].
/// - Outputs: `output` (T): [N, C·b², H / b, W / b].
/// - Attributes: `blocksize`: b. `mode` (from 28): DCR (the default) or CRD.
/// - Types: T is any tensor; also bfloat16 from 13.
/// - Errors: another rank; an H or W that b does not divide; a `blocksize` below 1.
/// - Versions: 1, 13 (bfloat16), 28 (mode).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: none.
package struct SpaceToDepth: Operator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [.single("input", "T")],
    outputs: [.single("output", "T")],
    attributes: [.required("blocksize", .int)],
    types: ["T": .allTensors(ir: 3)])
  private static let version13 = version1.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  private static let version28 = version13.then(
    since: 28, "mode", attributes: [.string("mode", "DCR")])
  package static let schema = OperatorSchema("SpaceToDepth", versions: [version1, version13, version28])

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
    let channels = dims[1].number.map { Dim.value($0 &* b &* b) } ?? .unknown
    let (height, width) = (try exactQuotient(dims[2], b, name: "H"), try exactQuotient(dims[3], b, name: "W"))
    return [.tensor(type, [dims[0], channels, height, width])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    try checkImageRank(input.rank)
    let (N, C) = (input.shape[0], input.shape[1])
    guard let H = try exactQuotient(.value(input.shape[2]), b, name: "H").number,
      let W = try exactQuotient(.value(input.shape[3]), b, name: "W").number
    else { return [] }
    let shape = [N, try elementCount([C, b, b]), H, W]
    _ = try elementCount(shape)
    let blocks = input.reshaped([N, C, H, b, W, b])
    let order = mode == .DCR ? [0, 3, 5, 1, 2, 4] : [0, 1, 3, 5, 2, 4]
    return [.tensor(blocks.transposed(order).reshaped(shape))]
  }
}
