import GraphIR
import TensorCore

/// # LSTM
///
/// A layer of long short-term memory, run over sequences forward, backward or both.
///
///     iₜ = f(Xₜ·Wiᵀ + Hₜ₋₁·Riᵀ + Pi ⊙ Cₜ₋₁ + Wbi + Rbi)
///     fₜ = f(Xₜ·Wfᵀ + Hₜ₋₁·Rfᵀ + Pf ⊙ Cₜ₋₁ + Wbf + Rbf)      1 − iₜ with `input_forget`
///     cₜ = g(Xₜ·Wcᵀ + Hₜ₋₁·Rcᵀ + Wbc + Rbc)
///     Cₜ = fₜ ⊙ Cₜ₋₁ + iₜ ⊙ cₜ
///     oₜ = f(Xₜ·Woᵀ + Hₜ₋₁·Roᵀ + Po ⊙ Cₜ + Wbo + Rbo)
///     Hₜ = oₜ ⊙ h(Cₜ)
///
/// - Inputs: `X` (T): [time, batch, input]. `W` (T): [directions, 4·hidden, input] and `R` (T): [directions,
///   4·hidden, hidden], the gates in the order i, o, f, c. `B` (T), optional: [directions, 8·hidden], Wb
///   before Rb. `sequence_lens` (T1), optional: [batch], the steps that each sequence has. `initial_h`,
///   `initial_c` (T), optional: [directions, batch, hidden]. `P` (T), optional: [directions, 3·hidden], in
///   the order i, o, f.
/// - Outputs: `Y` (T), optional: [time, directions, batch, hidden], every H; 0 past a sequence's end. `Y_h`,
///   `Y_c` (T), optional: [directions, batch, hidden], the last H and C of each sequence.
/// - Attributes: `hidden_size`. `direction`: forward, reverse or bidirectional. `activations`: f, g, h, by
///   default Sigmoid, Tanh, Tanh, then those of the other direction; `activation_alpha`, `activation_beta`:
///   parameters of those that have them, in order. `clip`: a bound on what goes into each activation.
///   `input_forget`: 1 couples the gates. `layout` (from 14): 1 puts the batch first in X, Y and the states.
///   `output_sequence` (1): a hint without effect.
/// - Types: T is float16, float or double; also bfloat16 from 22. T1 is int32.
/// - Errors: shapes that do not fit together; an unknown activation; a length beyond X.
/// - Versions: 1, 7 (no `output_sequence`), 14 (`layout`), 22 (bfloat16).
/// - Source: onnx/defs/rnn/defs.cc, old.cc.
/// - Notes: TSN-0030 (clip before every activation, h included; lengths; α and β); TSN-0036 (states are
///   carried in a wider type).
package struct LSTM: RecurrentOperator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [
      .single("X", "T"), .single("W", "T"), .single("R", "T"), .optional("B", "T"),
      .optional("sequence_lens", "T1"), .optional("initial_h", "T"), .optional("initial_c", "T"),
      .optional("P", "T"),
    ],
    outputs: [.optional("Y", "T"), .optional("Y_h", "T"), .optional("Y_c", "T")],
    attributes: [
      .optional("activation_alpha", .floats), .optional("activation_beta", .floats),
      .optional("activations", .strings), .optional("clip", .float), .string("direction", "forward"),
      .optional("hidden_size", .int), .int("input_forget", 0), .int("output_sequence", 0),
    ],
    types: ["T": .ieeeFloats, "T1": .tensors(.int32)])
  private static let version7 = version1.then(
    since: 7, "output_sequence dropped", removing: ["output_sequence"])
  private static let version14 = version7.then(since: 14, "layout", attributes: [.int("layout", 0)])
  private static let version22 = version14.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("LSTM", versions: [version1, version7, version14, version22])

  static let hasCellState = true
  package var layer: RecurrentLayer
  package let couplesInputAndForget: Bool

  package init(_ node: NodeAttributes) throws {
    layer = try RecurrentLayer(node, gates: 4, defaults: [.sigmoid, .tanh, .tanh])
    couplesInputAndForget = try node.flag("input_forget")
  }

  func step(
    _ x: ArraySlice<Double>, _ state: RecurrentState, _ weights: RecurrentWeights,
    _ functions: [RecurrentActivation]
  ) -> RecurrentState {
    let (f, g, h) = (functions[0], functions[1], functions[2])
    var next = state
    for j in 0..<weights.hidden {
      func gate(_ index: Int) -> Double {
        weights.fromInput(index, j, x) + weights.fromHidden(index, j, state.h)
      }
      func peephole(_ index: Int) -> Double { weights.P[index * weights.hidden + j] }
      let input = f(gate(0) + peephole(0) * state.c[j])
      let forget = couplesInputAndForget ? 1 - input : f(gate(2) + peephole(2) * state.c[j])
      let C = forget * state.c[j] + input * g(gate(3))
      let output = f(gate(1) + peephole(1) * C)
      next.c[j] = C
      next.h[j] = output * h(C)
    }
    return next
  }
}
