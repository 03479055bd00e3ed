import GraphIR
import TensorCore

/// # CausalConvWithState
///
/// A convolution of each channel by itself that looks only back, with the last inputs carried from call to
/// call.
///
///     output[n, c, t] = f(bias[c] + Σ j  weight[c, 0, j] · P[n, c, t + j])      P = past_state, then input
///     present_state = the last k − 1 elements of P
///
/// where f(y) = y / (1 + exp(−y)) for silu and swish.
///
/// - Inputs: `input` (T): [N, C, L]. `weight` (T): [C, 1, k]. `bias` (T), optional: [C]. `past_state` (T),
///   optional: [N, C, k − 1], by default zeros.
/// - Outputs: `output` (T): [N, C, L]. `present_state` (T): [N, C, k − 1].
/// - Attributes: `activation`: f, one of none, silu and swish; by default none.
/// - Types: T is float, float16 or bfloat16.
/// - Errors: shapes that do not fit together; a kernel of no cells.
/// - Versions: 27.
/// - Source: onnx/defs/nn/defs.cc.
/// - Notes: TSN-0036 (sum and activation are taken in a wider type and rounded once).
struct CausalConvWithState: Operator {
  private static let version27 = OperatorVersion(
    since: 27,
    inputs: [
      .single("input", "T"), .single("weight", "T"), .optional("bias", "T"), .optional("past_state", "T"),
    ],
    outputs: [.single("output", "T"), .single("present_state", "T")],
    attributes: [.string("activation", "none")], types: ["T": .tensors(.bfloat16, .float, .float16)])
  static let schema = OperatorSchema("CausalConvWithState", versions: [version27])

  enum Activation: String, CaseIterable, Sendable { case none, silu, swish }

  let activation: Activation

  init(_ node: NodeAttributes) throws { activation = try node.choice("activation") }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (input, weight) = (try inputs.required(0), try inputs.required(1))
    for (name, fact) in [("input", input), ("weight", weight)] {
      if let rank = fact.rank, rank != 3 {
        throw OperatorError(.invalidShape, "\(name) has rank \(rank), but must have rank 3")
      }
    }
    guard let type = input.elementType else { return [.unknown, .unknown] }
    let x = input.dims ?? [.unknown, .unknown, .unknown]
    let carried = weight.dim(2).number.map { Dim.value($0 - 1) } ?? .unknown
    let state = [x[0], x[1], carried].merged(with: inputs[3]?.dims)
    return [Fact(input.type), .tensor(type, state)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (input, weight) = (try inputs.tensor(0), try inputs.tensor(1))
    guard input.rank == 3, weight.rank == 3, weight.shape[0] == input.shape[1], weight.shape[1] == 1,
      weight.shape[2] > 0
    else {
      throw OperatorError(
        .invalidShape,
        "input \(input.shape) must be [N, C, L] and weight \(weight.shape) [C, 1, k], k positive")
    }
    let (batch, channels, length, k) = (input.shape[0], input.shape[1], input.shape[2], weight.shape[2])
    let bias = try inputs.checked(2, shape: [channels])?.doubles()
    let carried = [batch, channels, k - 1]
    _ = try elementCount(carried)
    let past = try inputs.checked(3, shape: carried)?.doubles()
    let (x, w) = (input.doubles(), weight.doubles())
    var (y, state): ([Double], [Double]) = ([], [])
    var work = Work()
    for plane in 0..<(batch * channels) {
      let c = plane % channels
      let before = past.map { Array($0[(plane * (k - 1))..<((plane + 1) * (k - 1))]) }
      let P = (before ?? [Double](repeating: 0, count: k - 1)) + x[(plane * length)..<((plane + 1) * length)]
      try work.spend(k + length)
      for t in 0..<length {
        try work.spend(k)
        var sum = CompensatedSum(bias?[c] ?? 0)
        for j in 0..<k { sum.add(w[c * k + j], P[t + j]) }
        y.append(activation == .none ? sum.value : sum.value / (1 + exp(-sum.value)))
      }
      state += P.suffix(k - 1)
    }
    return [
      .tensor(Tensor(input.elementType, shape: input.shape, rounding: y)),
      .tensor(Tensor(input.elementType, shape: carried, rounding: state)),
    ]
  }
}
