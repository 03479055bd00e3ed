import GraphIR
import TensorCore

/// # GRU
///
/// A layer of gated recurrent units, run over sequences forward, backward or both.
///
///     zₜ = f(Xₜ·Wzᵀ + Hₜ₋₁·Rzᵀ + Wbz + Rbz)
///     rₜ = f(Xₜ·Wrᵀ + Hₜ₋₁·Rrᵀ + Wbr + Rbr)
///     hₜ = g(Xₜ·Whᵀ + (rₜ ⊙ Hₜ₋₁)·Rhᵀ + Rbh + Wbh)      g(Xₜ·Whᵀ + rₜ ⊙ (Hₜ₋₁·Rhᵀ + Rbh) + Wbh)
///                                                        with `linear_before_reset`
///     Hₜ = (1 − zₜ) ⊙ hₜ + zₜ ⊙ Hₜ₋₁
///
/// - Inputs: `X` (T): [time, batch, input]. `W` (T): [directions, 3·hidden, input] and `R` (T): [directions,
///   3·hidden, hidden], the gates in the order z, r, h. `B` (T), optional: [directions, 6·hidden], Wb before
///   Rb. `sequence_lens` (T1), optional: [batch], the steps that each sequence has. `initial_h` (T),
///   optional: [directions, batch, hidden].
/// - Outputs: `Y` (T), optional: [time, directions, batch, hidden], every H; 0 past a sequence's end. `Y_h`
///   (T), optional from 3: [directions, batch, hidden], the last H of each sequence.
/// - Attributes: `hidden_size`. `direction`: forward, reverse or bidirectional. `activations`: f, g, by
///   default Sigmoid, Tanh, then those of the other direction; `activation_alpha`, `activation_beta`:
///   parameters of those that have them, in order. `clip`: a bound on what goes into each activation.
///   `linear_before_reset` (from 3): 1 as in the formula. `layout` (from 14): 1 puts the batch first in X, Y
///   and the states. `output_sequence` (to 6): a hint without effect.
/// - Types: T is float16, float or double; also bfloat16 from 22. T1 is int32.
/// - Errors: shapes that do not fit together; an unknown activation; a length beyond X.
/// - Versions: 1 (its default `direction` is misspelt), 3 (`linear_before_reset`, `Y_h` optional), 7 (no
///   `output_sequence`), 14 (`layout`), 22 (bfloat16).
/// - Source: onnx/defs/rnn/defs.cc, old.cc.
/// - Notes: TSN-0030 (clip before every activation; lengths; α and β); TSN-0036 (a wider type).
package struct GRU: RecurrentOperator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [
      .single("X", "T"), .single("W", "T"), .single("R", "T"), .optional("B", "T"),
      .optional("sequence_lens", "T1"), .optional("initial_h", "T"),
    ],
    outputs: [.optional("Y", "T"), .single("Y_h", "T")],
    attributes: [
      .optional("activation_alpha", .floats), .optional("activation_beta", .floats),
      .optional("activations", .strings), .optional("clip", .float), .string("direction", "foward"),
      .optional("hidden_size", .int), .int("output_sequence", 0),
    ],
    types: ["T": .ieeeFloats, "T1": .tensors(.int32)])
  private static let version3 = version1.then(
    since: 3, "linear_before_reset; Y_h may be omitted",
    outputs: [.optional("Y", "T"), .optional("Y_h", "T")],
    attributes: [.string("direction", "forward"), .int("linear_before_reset", 0)])
  private static let version7 = version3.then(
    since: 7, "output_sequence dropped", removing: ["output_sequence"])
  private static let version14 = version7.then(since: 14, "layout", attributes: [.int("layout", 0)])
  private static let version22 = version14.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema(
    "GRU", versions: [version1, version3, version7, version14, version22])

  static let hasCellState = false
  package var layer: RecurrentLayer
  package let isLinearBeforeReset: Bool

  package init(_ node: NodeAttributes) throws {
    layer = try RecurrentLayer(node, gates: 3, defaults: [.sigmoid, .tanh])
    isLinearBeforeReset = (node.optionalInt("linear_before_reset") ?? 0) != 0
  }

  func step(
    _ x: ArraySlice<Double>, _ state: RecurrentState, _ weights: RecurrentWeights,
    _ functions: [RecurrentActivation]
  ) -> RecurrentState {
    let (f, g) = (functions[0], functions[1])
    let H = state.h
    func gate(_ index: Int, _ j: Int) -> Double {
      weights.fromInput(index, j, x) + weights.fromHidden(index, j, H)
    }
    let r = H.indices.map { f(gate(1, $0)) }
    let resetH = zip(r, H).map { $0 * $1 }
    var next = state
    for j in H.indices {
      let z = f(gate(0, j))
      let hidden =
        isLinearBeforeReset
        ? r[j] * weights.fromHidden(2, j, H) : weights.fromHidden(2, j, resetH)
      let h = g(weights.fromInput(2, j, x) + hidden)
      next.h[j] = (1 - z) * h + z * H[j]
    }
    return next
  }
}
