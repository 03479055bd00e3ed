import GraphIR
import TensorCore

/// # If
///
/// Runs one of two subgraphs; its outputs are the outputs.
///
///     outputs = cond ? then_branch() : else_branch()
///
/// - Inputs: `cond` (B): one bool.
/// - Outputs: `outputs` (V), variadic: those of the branch that ran, in its order.
/// - Attributes: `then_branch`, `else_branch`: graphs without inputs; they see the names of the graph around them.
/// - Types: B is bool. V is any tensor; also any sequence from 13 and optional from 16.
/// - Errors: `cond` with other than one element; branches that yield different numbers of outputs.
/// - Versions: 1, 11 (branches may differ in shape), 13 (sequences), 16 (optionals, bfloat16), 19 (float8),
///   21 (4-bit integers), 23 (float4e2m1), 24 (float8e8m0), 25 (2-bit integers).
/// - Source: onnx/defs/controlflow/defs.cc, old.cc.
/// - Notes: TSN-0033 (outer names and shadowing).
struct If: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("cond", "B")],
    outputs: [.variadic("outputs", "V", homogeneous: false)],
    attributes: [.required("then_branch", .graph), .required("else_branch", .graph)],
    types: ["B": .bool, "V": .allTensors(ir: 3)])
  private static let version11 = version1.then(since: 11, "branches may differ in shape")
  private static let version13 = version11.then(
    since: 13, "sequences", types: ["V": .allTensors(ir: 3) | .allSequences(ir: 3)])
  private static let version16 = version13.then(
    since: 16, "optionals and bfloat16", types: ["V": .controlFlow(ir: 4)])
  private static let version19 = version16.then(since: 19, "float8", types: ["V": .controlFlow(ir: 9)])
  private static let version21 = version19.then(
    since: 21, "4-bit integers", types: ["V": .controlFlow(ir: 10)])
  private static let version23 = version21.then(since: 23, "float4e2m1", types: ["V": .controlFlow(ir: 11)])
  private static let version24 = version23.then(since: 24, "float8e8m0", types: ["V": .controlFlow(ir: 12)])
  private static let version25 = version24.then(
    since: 25, "2-bit integers", types: ["V": .controlFlow(ir: 13)])
  static let schema = OperatorSchema(
    "If",
    versions: [
      version1, version11, version13, version16, version19, version21, version23, version24, version25,
    ])

  init(_ node: NodeAttributes) throws {
    let outputs = (try node.graph("then_branch").outputs.count, try node.graph("else_branch").outputs.count)
    guard outputs.0 == outputs.1 else {
      throw OperatorError(
        .invalidAttribute, "then_branch has \(outputs.0) outputs, but else_branch has \(outputs.1)")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let cond = try inputs.required(0).tensor?.bools().first
    if let cond { return try context.inferSubgraph(cond ? "then_branch" : "else_branch", []) }
    let then = try context.inferSubgraph("then_branch", [])
    return try zip(then, context.inferSubgraph("else_branch", [])).map { $0.union($1) }
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let cond: UInt64 = try inputs.scalar(0)
    return try context.runSubgraph(cond != 0 ? "then_branch" : "else_branch", [])
  }
}
