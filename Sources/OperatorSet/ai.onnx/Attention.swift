import GraphIR
import TensorCore

/// # Attention
///
/// Scaled dot-product attention, with masks, grouped heads and a cache of keys and values.
///
///     S[b, h, i, j] = softcap(scale · Σ d  Q[b, h, i, d] · K[b, h / g, j, d]) + bias[b, h, i, j]
///     Y[b, h, i, d] = Σ j  softmaxⱼ(S)[b, h, i, j] · V[b, h / g, j, d]      g = q_num_heads / kv_num_heads
///
/// where softcap(s) = c · tanh(s / c), and bias is the mask, −∞ where a key is not to be seen. A query that
/// sees no key yields 0.
///
/// - Inputs: `Q` (T1), `K` (T1), `V` (T2): [batch, heads, sequence, size], or [batch, sequence, heads ·
///   size]. `attn_mask` (U), optional: stretches to [batch, heads, queries, keys]; false hides, numbers are
///   added; keys past its end are hidden. `past_key` (T1), `past_value` (T2), optional, together: put before
///   K and V. `nonpad_kv_seqlen` (tensor(int64), from 24), optional: [batch], how many keys are real.
/// - Outputs: `Y` (T1): as Q, with the size of V. `present_key` (T1), `present_value` (T2), optional: past
///   and new together, with four axes. `qk_matmul_output` (T1), optional: [batch, heads, queries, keys].
/// - Attributes: `scale`: by default 1/√size. `softcap`: c, by default 0, which means none. `is_causal`: 1
///   lets query i see the keys up to i + offset: the number of past keys, or `nonpad_kv_seqlen` less the
///   queries, or 0. `left_window_size`, `right_window_size` (from 25): how far from there a query sees, −1
///   without bound. `q_num_heads`, `kv_num_heads`: needed with three axes. `qk_matmul_output_mode`: 0 the
///   products, 1 after softcap, 2 after the mask, 3 after softmax. `softmax_precision`: the type in which the
///   softmax is computed, by default T1.
/// - Types: T1 and T2 are float16, float, double or bfloat16; U is bool, an integer or one of these.
/// - Errors: shapes that do not fit together; a past key without a past value, or with `nonpad_kv_seqlen`.
/// - Versions: 23, 24 (`nonpad_kv_seqlen`), 25 (windows).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0029 (softcap before the mask, causal alignment, hidden rows, short masks; in bfloat16
///   each step is rounded); TSN-0036.
package struct Attention: HasOtherReadings {
  private static let version23 = OperatorVersion(
    since: 23,
    inputs: [
      .single("Q", "T1"), .single("K", "T1"), .single("V", "T2"), .optional("attn_mask", "U"),
      .optional("past_key", "T1"), .optional("past_value", "T2"),
    ],
    outputs: [
      .single("Y", "T1"), .optional("present_key", "T1"), .optional("present_value", "T2"),
      .optional("qk_matmul_output", "T1"),
    ],
    attributes: [
      .int("is_causal", 0), .optional("kv_num_heads", .int), .optional("q_num_heads", .int),
      .int("qk_matmul_output_mode", 0), .optional("scale", .float), .float("softcap", 0.0),
      .optional("softmax_precision", .int),
    ],
    types: ["T1": .floats, "T2": .floats, "U": .integers | .floats | .bool])
  private static let version24 = version23.then(
    since: 24, "nonpad_kv_seqlen",
    inputs: [
      .single("Q", "T1"), .single("K", "T1"), .single("V", "T2"), .optional("attn_mask", "U"),
      .optional("past_key", "T1"), .optional("past_value", "T2"),
      .optional("nonpad_kv_seqlen", "tensor(int64)"),
    ])
  private static let version25 = version24.then(
    since: 25, "windows", attributes: [.int("left_window_size", -1), .int("right_window_size", -1)])
  package static let schema = OperatorSchema("Attention", versions: [version23, version24, version25])

  package let scale: Double?
  package let softcap: Double
  package let isCausal: Bool
  package let leftWindow: Int?
  package let rightWindow: Int?
  package let queryHeads: Int?
  package let keyHeads: Int?
  package let outputMode: Int
  package var softmaxType: ElementType?

  package init(_ node: NodeAttributes) throws {
    scale = node.optionalFloat("scale").map(Double.init)
    softcap = Double(try node.float("softcap"))
    isCausal = try node.flag("is_causal")
    queryHeads = node.optionalInt("q_num_heads")
    keyHeads = node.optionalInt("kv_num_heads")
    outputMode = try node.int("qk_matmul_output_mode")
    softmaxType = node.has("softmax_precision") ? try node.floatingType("softmax_precision") : nil
    func window(_ name: String) throws -> Int? {
      let size = node.optionalInt(name) ?? -1
      guard size >= -1 else {
        throw OperatorError(.invalidAttribute, "\(name) is \(size), but must be -1 or more")
      }
      return size == -1 ? nil : min(size, 1 << 60)
    }
    leftWindow = try window("left_window_size")
    rightWindow = try window("right_window_size")
    guard (0...3).contains(outputMode) else {
      throw OperatorError(.invalidAttribute, "qk_matmul_output_mode is \(outputMode), but must lie in 0…3")
    }
    for heads in [queryHeads, keyHeads] where heads.map({ $0 < 1 }) == true {
      throw OperatorError(.invalidAttribute, "a number of heads is \(heads ?? 0), but must be positive")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (Q, K, V) = (try inputs.required(0), try inputs.required(1), try inputs.required(2))
    guard let type = Q.elementType else { return [.unknown, .unknown, .unknown, .unknown] }
    let valueType = V.elementType ?? type
    guard let q = try heads(Q.dims, queryHeads, "Q"), let k = try heads(K.dims, keyHeads, "K"),
      let v = try heads(V.dims, keyHeads, "V")
    else { return [.tensor(type, nil), .tensor(type, nil), .tensor(valueType, nil), .tensor(type, nil)] }
    // Keys and values of the past may make up for each other's length.
    if inputs[4] == nil { try AttentionHeads.check(Q: q, K: k, V: v) }
    let past =
      inputs[4] == nil ? Dim.value(0) : inputs[4]?.dims.flatMap { $0.count == 4 ? $0[2] : nil } ?? .unknown
    let total = past + k[2]
    let Y = [q[0], q[1], q[2], v[3]]
    return [
      .tensor(type, Q.rank == 3 ? [q[0], q[2], q[1] * v[3]] : Y),
      .tensor(type, [k[0], k[1], total, k[3]]), .tensor(valueType, [v[0], v[1], total, v[3]]),
      .tensor(type, [q[0], q[1], q[2], total]),
    ]
  }

  /// The dims as [batch, heads, sequence, size].
  private func heads(_ dims: [Dim]?, _ heads: Int?, _ name: String) throws -> [Dim]? {
    guard let dims else { return nil }
    if dims.count == 4 { return dims }
    guard dims.count == 3, let heads else { throw rankError(name, dims.count) }
    return [dims[0], .value(heads), dims[1], dims[2].number.map { .value($0 / heads) } ?? .unknown]
  }

  private func rankError(_ name: String, _ rank: Int) -> OperatorError {
    OperatorError(
      .invalidShape, "\(name) has rank \(rank), but must have rank 4, or 3 with q_num_heads and kv_num_heads")
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let given = try inputs.tensor(0)
    let steps = try steps(inputs)
    let (type, heads) = (given.elementType, steps.heads)
    let Y = Tensor(type, shape: heads.outputShape, rounding: try heads.weighed(steps.probabilities))
    let shown = [steps.products, steps.capped, steps.masked, steps.probabilities][outputMode]
    return [
      .tensor(given.rank == 3 ? Y.joinedHeads() : Y), .tensor(steps.K), .tensor(steps.V),
      .tensor(Tensor(type, shape: heads.scoresShape, rounding: shown)),
    ]
  }

  /// What is computed on the way from the inputs to Y.
  struct Steps {
    let heads: AttentionHeads
    /// All keys and values, those of the past first.
    let K: Tensor
    let V: Tensor
    let scale: Double
    let products: [Double]
    let capped: [Double]
    let bias: [Double]
    let masked: [Double]
    let probabilities: [Double]
  }

  func steps(_ inputs: Inputs<Value>) throws -> Steps {
    let given = try inputs.tensor(0)
    var K = try split(inputs.tensor(1), keyHeads, "K")
    var V = try split(inputs.tensor(2), keyHeads, "V")
    let (pastKey, pastValue) = (try inputs.optionalTensor(4), try inputs.optionalTensor(5))
    guard (pastKey == nil) == (pastValue == nil), pastKey == nil || inputs[6] == nil else {
      throw OperatorError(
        .invalidValue, "past_key and past_value belong together, and exclude nonpad_kv_seqlen")
    }
    if let pastKey, let pastValue {
      K = try pastKey.appending(K, name: "past_key")
      V = try pastValue.appending(V, name: "past_value")
    }
    let type = given.elementType
    let heads = try AttentionHeads(Q: split(given, queryHeads, "Q"), K: K, V: V)
    let scale = scale ?? 1 / sqrt(Double(heads.size))
    let products = try heads.scores(scale: scale)
    let capped = softcap > 0 ? try products.map(spending: 1) { softcap * tanh($0 / softcap) } : products
    let bias = try bias(heads, inputs, past: pastKey?.shape[2])
    let masked = try zip(capped, bias).map(spending: 1) { $0 + $1 }
    var probabilities = try softmax(masked, heads, type)
    // A row without a key is decided by the bias alone: its scores may be NaN.
    var work = Work()
    for i in 0..<(heads.keys == 0 ? 0 : bias.count / heads.keys) {
      try work.spend(heads.keys)
      let row = (i * heads.keys)..<((i + 1) * heads.keys)
      if bias[row].allSatisfy({ $0 == -.infinity }) { for j in row { probabilities[j] = 0 } }
    }
    return Steps(
      heads: heads, K: K, V: V, scale: scale, products: products, capped: capped, bias: bias, masked: masked,
      probabilities: probabilities)
  }

  /// The weights of the values. Steps are wide; `softmax_precision` stands for the casts that its text names:
  /// of the scores to that type, and of the weights to it and back (TSN-0029).
  private func softmax(_ scores: [Double], _ heads: AttentionHeads, _ type: ElementType) throws -> [Double] {
    guard let softmaxType else { return try heads.softmax(scores) }
    func cast(_ x: [Double], to type: ElementType) -> [Double] {
      Tensor(type, shape: [x.count], rounding: x).doubles()
    }
    return cast(cast(try heads.softmax(cast(scores, to: softmaxType)), to: softmaxType), to: type)
  }

  /// A softmax that is wider than `softmax_precision` asks is as good.
  package var otherReadings: [(note: String, definition: Attention)] {
    var other = self
    other.softmaxType = nil
    return softmaxType == nil ? [] : [("TSN-0029", other)]
  }

  private func split(_ tensor: Tensor, _ heads: Int?, _ name: String) throws -> Tensor {
    if tensor.rank == 4 { return tensor }
    guard tensor.rank == 3, let heads else { throw rankError(name, tensor.rank) }
    return try tensor.splitIntoHeads(heads, name: name)
  }

  /// What is added to the scores: the mask, and −∞ for keys that causality, the window or padding hide.
  private func bias(_ heads: AttentionHeads, _ inputs: Inputs<Value>, past: Int?) throws -> [Double] {
    var bias = try mask(inputs.optionalTensor(3), heads)
    let lengths = try inputs.checked(6, shape: [heads.batch])?.integers()
    var (at, work) = (0, Work())
    for b in 0..<heads.batch {
      let length = lengths.map { Int(min(max($0[b], 0), Int64(heads.keys))) }
      let offset = past ?? length.map { $0 - heads.queries } ?? 0
      for _ in 0..<heads.queryHeads {
        for i in 0..<heads.queries {
          try work.spend(heads.keys)
          for j in 0..<heads.keys {
            if !sees(j, from: i + offset) || length.map({ j >= $0 }) == true { bias[at] = -.infinity }
            at += 1
          }
        }
      }
    }
    return bias
  }

  /// Whether a query at position `p` of the keys may see key `j`.
  private func sees(_ j: Int, from p: Int) -> Bool {
    (!isCausal || j <= p) && (leftWindow.map { p - $0 <= j } ?? true)
      && (rightWindow.map { j <= p + $0 } ?? true)
  }

  /// `attn_mask` as numbers of the shape of the scores; keys past its end are hidden.
  private func mask(_ mask: Tensor?, _ heads: AttentionHeads) throws -> [Double] {
    let shape = heads.scoresShape
    guard let mask else { return [Double](repeating: 0, count: try elementCount(shape)) }
    guard let length = mask.shape.last, length <= heads.keys, mask.rank <= 4 else {
      throw OperatorError(.invalidShape, "attn_mask has shape \(mask.shape), but the scores have \(shape)")
    }
    let full = try unidirectional(mask, to: Array(shape.dropLast()) + [length], name: "attn_mask")
    let numbers =
      mask.elementType == .bool ? full.bools().map { $0 ? 0 : -.infinity } : full.doubles()
    if length == heads.keys { return numbers }
    let hidden = [Double](repeating: -.infinity, count: heads.keys - length)
    return try (0..<shape.dropLast().product).flatMap(spending: heads.keys) {
      numbers[($0 * length)..<(($0 + 1) * length)] + hidden
    }
  }
}
