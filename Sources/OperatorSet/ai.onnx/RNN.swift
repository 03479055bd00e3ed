import GraphIR
import TensorCore

/// # RNN
///
/// A layer of simple recurrent units, run over sequences forward, backward or both.
///
///     Hₜ = f(Xₜ·Wiᵀ + Hₜ₋₁·Riᵀ + Wbi + Rbi)
///
/// - Inputs: `X` (T): [time, batch, input]. `W` (T): [directions, hidden, input]. `R` (T): [directions,
///   hidden, hidden]. `B` (T), optional: [directions, 2·hidden], Wb before Rb. `sequence_lens` (T1),
///   optional: [batch], the steps that each sequence has. `initial_h` (T), optional: [directions, batch,
///   hidden].
/// - Outputs: `Y` (T), optional: [time, directions, batch, hidden], every H; 0 past a sequence's end. `Y_h`
///   (T), optional: [directions, batch, hidden], the last H of each sequence.
/// - Attributes: `hidden_size`. `direction`: forward, reverse or bidirectional. `activations`: f, by default
///   Tanh, then that of the other direction; `activation_alpha`, `activation_beta`: parameters of those that
///   have them, in order. `clip`: a bound on what goes into each activation. `layout` (from 14): 1 puts the
///   batch first in X, Y and the states. `output_sequence` (1): a hint without effect.
/// - Types: T is float16, float or double; also bfloat16 from 22. T1 is int32.
/// - Errors: shapes that do not fit together; an unknown activation; a length beyond X.
/// - Versions: 1, 7 (no `output_sequence`), 14 (`layout`), 22 (bfloat16).
/// - Source: onnx/defs/rnn/defs.cc, old.cc.
/// - Notes: TSN-0030 (clip before every activation; lengths; α and β); TSN-0036 (a wider type).
package struct RNN: RecurrentOperator {
  private static let version1 = OperatorVersion(
    since: 1,
    inputs: [
      .single("X", "T"), .single("W", "T"), .single("R", "T"), .optional("B", "T"),
      .optional("sequence_lens", "T1"), .optional("initial_h", "T"),
    ],
    outputs: [.optional("Y", "T"), .optional("Y_h", "T")],
    attributes: [
      .optional("activation_alpha", .floats), .optional("activation_beta", .floats),
      .list("activations", .strings(["Tanh", "Tanh"])), .optional("clip", .float),
      .string("direction", "forward"), .optional("hidden_size", .int), .int("output_sequence", 0),
    ],
    types: ["T": .ieeeFloats, "T1": .tensors(.int32)])
  private static let version7 = version1.then(
    since: 7, "output_sequence dropped", removing: ["output_sequence"])
  private static let version14 = version7.then(since: 14, "layout", attributes: [.int("layout", 0)])
  private static let version22 = version14.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("RNN", versions: [version1, version7, version14, version22])

  static let hasCellState = false
  package var layer: RecurrentLayer

  package init(_ node: NodeAttributes) throws {
    layer = try RecurrentLayer(node, gates: 1, defaults: [.tanh])
  }

  func step(
    _ x: ArraySlice<Double>, _ state: RecurrentState, _ weights: RecurrentWeights,
    _ functions: [RecurrentActivation]
  ) -> RecurrentState {
    let f = functions[0]
    let h = state.h.indices.map { f(weights.fromInput(0, $0, x) + weights.fromHidden(0, $0, state.h)) }
    return RecurrentState(h: h, c: [])
  }
}
