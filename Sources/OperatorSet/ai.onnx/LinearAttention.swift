import GraphIR
import TensorCore

/// # LinearAttention
///
/// Attention without softmax: a state of size keys × values is updated token by token and read by the
/// queries.
///
///     S ← exp(gₜ) · S                                    gated, gated_delta
///     u = vₜ        or        u = βₜ · (vₜ − Sᵀ·kₜ)      delta, gated_delta
///     S ← S + kₜ ⊗ u
///     oₜ = scale · qₜᵀ·S
///
/// for each batch and key head; query head h reads the state of key head h / (q_num_heads / kv_num_heads).
///
/// - Inputs: `query` (T): [B, T, q_num_heads · dk]. `key` (T): [B, T, kv_num_heads · dk]. `value` (T): [B, T,
///   kv_num_heads · dv]. `past_state` (S), optional: [B, kv_num_heads, dk, dv], by default zeros. `decay`
///   (T): g, [B, T, kv_num_heads · dk] or [B, T, kv_num_heads]; for the gated rules only. `beta` (T): β, [B,
///   T, kv_num_heads] or [B, T, 1]; for the delta rules only.
/// - Outputs: `output` (T): [B, T, q_num_heads · dv]. `present_state` (S): [B, kv_num_heads, dk, dv].
/// - Attributes: `q_num_heads`, `kv_num_heads`. `update_rule`: linear, gated, delta or gated_delta. `scale`:
///   by default 0, which means 1/√dk. `chunk_size`: a hint without effect.
/// - Types: T and S are each float, float16 or bfloat16. Without `past_state`, S is T.
/// - Errors: shapes that do not fit together; `decay` or `beta` missing where the rule needs it, or given
///   where it does not.
/// - Versions: 27.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: TSN-0036 (the state is carried in a wider type).
struct LinearAttention: Operator {
  private static let version27 = OperatorVersion(
    since: 27,
    inputs: [
      .single("query", "T"), .single("key", "T"), .single("value", "T"), .optional("past_state", "S"),
      .optional("decay", "T"), .optional("beta", "T"),
    ],
    outputs: [.single("output", "T"), .single("present_state", "S")],
    attributes: [
      .int("chunk_size", 64), .required("kv_num_heads", .int), .required("q_num_heads", .int),
      .float("scale", 0.0), .string("update_rule", "gated_delta"),
    ],
    types: ["T": .tensors(.bfloat16, .float, .float16), "S": .tensors(.bfloat16, .float, .float16)])
  static let schema = OperatorSchema("LinearAttention", versions: [version27])

  enum Rule: String, CaseIterable, Sendable {
    case linear, gated, delta
    case gatedDelta = "gated_delta"
    var isGated: Bool { self == .gated || self == .gatedDelta }
    var isDelta: Bool { self == .delta || self == .gatedDelta }
  }

  let queryHeads: Int
  let keyHeads: Int
  let scale: Double
  let rule: Rule

  init(_ node: NodeAttributes) throws {
    queryHeads = try node.int("q_num_heads")
    keyHeads = try node.int("kv_num_heads")
    scale = Double(try node.float("scale"))
    rule = try node.choice("update_rule")
    guard keyHeads > 0, queryHeads > 0, queryHeads % keyHeads == 0 else {
      throw OperatorError(
        .invalidAttribute, "q_num_heads \(queryHeads) must be a positive multiple of kv_num_heads \(keyHeads)"
      )
    }
    for (name, index, isNeeded) in [("decay", 4, rule.isGated), ("beta", 5, rule.isDelta)]
    where node.hasInput(index) != isNeeded {
      throw OperatorError(
        .invalidValue, "the rule \(rule.rawValue) \(isNeeded ? "needs" : "has no") input \(name)")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (query, value) = (try inputs.required(0), try inputs.required(2))
    guard let type = query.elementType else { return [.unknown, .unknown] }
    for (name, fact) in [("query", query), ("key", try inputs.required(1)), ("value", value)] {
      if let rank = fact.rank, rank != 3 {
        throw OperatorError(.invalidShape, "\(name) has rank \(rank), but must have rank 3")
      }
    }
    let q = query.dims ?? [.unknown, .unknown, .unknown]
    let dk = q[2].number.map { Dim.value($0 / queryHeads) } ?? .unknown
    let dv = value.dim(2).number.map { $0 / keyHeads }
    let width = dv.map { Dim.value($0 &* queryHeads) } ?? .unknown
    let state = [q[0], .value(keyHeads), dk, dv.map(Dim.value) ?? .unknown].merged(with: inputs[3]?.dims)
    return [.tensor(type, [q[0], q[1], width]), .tensor(inputs[3]?.elementType ?? type, state)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let query = try inputs.tensor(0).splitIntoHeads(queryHeads, name: "query")
    let key = try inputs.tensor(1).splitIntoHeads(keyHeads, name: "key")
    let value = try inputs.tensor(2).splitIntoHeads(keyHeads, name: "value")
    let (batch, tokens, dk, dv) = (query.shape[0], query.shape[2], query.shape[3], value.shape[3])
    guard key.shape == [batch, keyHeads, tokens, dk], value.shape == [batch, keyHeads, tokens, dv] else {
      throw OperatorError(
        .invalidShape,
        "query, key and value split into \(query.shape), \(key.shape) and \(value.shape), which "
          + "do not fit together")
    }
    let stateShape = [batch, keyHeads, dk, dv]
    let past = try inputs.checked(3, shape: stateShape)
    var state = try past?.doubles() ?? [Double](repeating: 0, count: elementCount(stateShape))
    let gates = try perHead(inputs, 4, batch, tokens, sizes: [dk, 1])
    let rates = try perHead(inputs, 5, batch, tokens, sizes: [1])
    let (q, k, v) = (query.doubles(), key.doubles(), value.doubles())
    let factor = scale == 0 ? 1 / sqrt(Double(dk)) : scale
    let groupSize = queryHeads / keyHeads
    let shape = [batch, queryHeads, tokens, dv]
    var output = [Double](repeating: 0, count: try elementCount(shape))
    var work = Work()
    for head in 0..<(batch * keyHeads) {
      var S = Array(state[(head * dk * dv)..<((head + 1) * dk * dv)])
      for t in 0..<tokens {
        try work.spend((3 + groupSize) * dk * dv)
        let row = head * tokens + t
        update(
          &S, k: k[(row * dk)..<((row + 1) * dk)], v: v[(row * dv)..<((row + 1) * dv)],
          gate: gates.map { $0(head, t) }, rate: rates.map { $0(head, t)(0) })
        for reader in 0..<groupSize {
          let from = ((head * groupSize + reader) * tokens + t)
          for j in 0..<dv {
            var sum = CompensatedSum()
            for i in 0..<dk { sum.add(q[from * dk + i], S[i * dv + j]) }
            output[from * dv + j] = factor * sum.value
          }
        }
      }
      state.replaceSubrange((head * dk * dv)..<((head + 1) * dk * dv), with: S)
    }
    let type = query.elementType
    return [
      .tensor(Tensor(type, shape: shape, rounding: output).joinedHeads()),
      .tensor(Tensor(past?.elementType ?? type, shape: stateShape, rounding: state)),
    ]
  }

  /// One token's update of the state S[i, j] of one head.
  private func update(
    _ S: inout [Double], k: ArraySlice<Double>, v: ArraySlice<Double>, gate: ((Int) -> Double)?, rate: Double?
  ) {
    let (k, v) = (Array(k), Array(v))
    if let gate {
      for i in k.indices {
        for j in v.indices { S[i * v.count + j] *= exp(gate(i)) }
      }
    }
    var u = v
    if let rate {
      for j in v.indices {
        var retrieved = CompensatedSum()
        for i in k.indices { retrieved.add(S[i * v.count + j], k[i]) }
        u[j] = rate * (v[j] - retrieved.value)
      }
    }
    for i in k.indices {
      for j in v.indices { S[i * v.count + j] += k[i] * u[j] }
    }
  }

  /// An input [B, T, heads · size], size one of `sizes`, or [B, T, 1] for β, as a function of the flat batch
  /// and head, the token, and the feature; nil where it is omitted.
  private func perHead(_ inputs: Inputs<Value>, _ index: Int, _ batch: Int, _ tokens: Int, sizes: [Int])
    throws
    -> ((_ head: Int, _ t: Int) -> (_ i: Int) -> Double)?
  {
    guard let tensor = try inputs.optionalTensor(index) else { return nil }
    let widths = sizes.map { $0 * keyHeads } + (index == 5 ? [1] : [])
    guard tensor.rank == 3, tensor.shape[0] == batch, tensor.shape[1] == tokens,
      widths.contains(tensor.shape[2])
    else {
      throw OperatorError(
        .invalidShape,
        "\(inputs.name(index)) has shape \(tensor.shape), but must be [\(batch), \(tokens), one of "
          + "\(widths)]")
    }
    let (numbers, width, heads) = (tensor.doubles(), tensor.shape[2], keyHeads)
    return { head, t in
      let row = (head / heads * tokens + t) * width
      return { i in
        if width == heads { return numbers[row + head % heads] }
        return width == 1 ? numbers[row] : numbers[row + head % heads * (width / heads) + i]
      }
    }
  }
}
