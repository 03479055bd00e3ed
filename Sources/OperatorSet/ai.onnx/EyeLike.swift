import GraphIR
import TensorCore

/// # EyeLike
///
/// A matrix of ones on a diagonal and zeros elsewhere.
///
///     output[i, j] = j − i = k ? 1 : 0
///
/// - Inputs: `input` (T1): a matrix, of which the shape and perhaps the type are taken.
/// - Outputs: `output` (T2): of the same shape.
/// - Attributes: `dtype`: the element type, by default that of `input`. `k`: the diagonal, 0 the main one,
///   positive above it.
/// - Types: T1 and T2 are any number or bool; also bfloat16 from 22.
/// - Errors: an input of another rank than 2; a `dtype` that T2 does not allow.
/// - Versions: 9, 22 (bfloat16).
/// - Source: onnx/defs/generator/defs.cc, old.cc.
/// - Notes: none.
struct EyeLike: Operator {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("input", "T1")],
    outputs: [.single("output", "T2")],
    attributes: [.optional("dtype", .int), .int("k", 0)],
    types: ["T1": .integers | .ieeeFloats | .bool, "T2": .integers | .ieeeFloats | .bool])
  private static let version22 = version9.then(
    since: 22, "bfloat16", types: ["T1": .integers | .floats | .bool, "T2": .integers | .floats | .bool])
  static let schema = OperatorSchema("EyeLike", versions: [version9, version22])

  var rounding: Rounding { .none }

  let dtype: ElementType?
  let k: Int

  init(_ node: NodeAttributes) throws {
    dtype = node.has("dtype") ? try node.elementType("dtype") : nil
    k = try node.int("k")
    guard let dtype, node.version.types["T2"]?.contains(.tensor(dtype, nil)) == false else { return }
    throw OperatorError(.invalidAttribute, "dtype is \(dtype), which this version does not allow")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    if let rank = input.rank { try checkRank(rank) }
    guard let type = dtype ?? input.elementType else { return [.unknown] }
    return [.tensor(type, input.dims ?? [.unknown, .unknown])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    try checkRank(input.rank)
    let (rows, columns) = (input.shape[0], input.shape[1])
    let eye = try (0..<rows).flatMap(spending: columns) { i in
      (0..<columns).map { j in j - i == k ? Int64(1) : 0 }
    }
    return [.tensor(Tensor(dtype ?? input.elementType, shape: input.shape, wrapping: eye))]
  }

  private func checkRank(_ rank: Int) throws {
    guard rank == 2 else {
      throw OperatorError(.invalidShape, "input has rank \(rank), but must be a matrix")
    }
  }
}
