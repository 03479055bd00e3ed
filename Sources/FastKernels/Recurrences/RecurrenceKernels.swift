import Execution
import OperatorSet
import TensorCore

/// LSTM, GRU and RNN over float sequences, with the activations that they have by default; an RNN may have Relu too.
///
/// The inputs of many steps are multiplied at once; then each step multiplies the state and applies the gates in one
/// pass. States are floats from step to step.
enum RecurrenceKernels {
  static let all = [
    Kernel("lstm.float", for: LSTM.self, preparing: lstm),
    Kernel("gru.float", for: GRU.self, preparing: gru),
    Kernel("rnn.float", for: RNN.self, preparing: rnn),
  ]

  private static func lstm(_ lstm: LSTM, _ site: KernelSite) -> PreparedKernel? {
    let isDefault = lstm.layer.activations.allSatisfy { $0.map(\.kind) == [.sigmoid, .tanh, .tanh] }
    guard isDefault else { return nil }
    let cell = RecurrentCell.lstm(couplesInputAndForget: lstm.couplesInputAndForget)
    return prepared("lstm.float", lstm.layer, [cell, cell], site)
  }

  private static func gru(_ gru: GRU, _ site: KernelSite) -> PreparedKernel? {
    guard gru.layer.activations.allSatisfy({ $0.map(\.kind) == [.sigmoid, .tanh] }) else { return nil }
    let cell: RecurrentCell = gru.isLinearBeforeReset ? .gru : .gruResettingFirst
    return prepared("gru.float", gru.layer, [cell, cell], site)
  }

  private static func rnn(_ rnn: RNN, _ site: KernelSite) -> PreparedKernel? {
    let kinds = rnn.layer.activations.map { $0[0].kind }
    guard kinds.allSatisfy({ $0 == .tanh || $0 == .relu }) else { return nil }
    return prepared("rnn.float", rnn.layer, kinds.map { .rnn(rectifies: $0 == .relu) }, site)
  }

  /// - Parameter cells: those of each direction.
  private static func prepared(
    _ name: String, _ layer: RecurrentLayer, _ cells: [RecurrentCell], _ site: KernelSite
  ) -> PreparedKernel? {
    // What becomes of sequences of length 0 by the other reading is the definition's affair.
    guard !layer.forgetsOfNothing, site.mayBe(.float, 0), let bound = layer.activations.first?.first?.bound
    else { return nil }
    var constants: RecurrentWeights?
    if let W = site.constant(1), let R = site.constant(2), W.elementType == .float, R.elementType == .float,
      W.rank == 3, R.rank == 3
    {
      constants = RecurrentWeights(W, R, cells[0])
    }
    return PreparedKernel(name) { [constants] inputs, context in
      guard let given = try RecurrentInputs(layer, inputs, hasCellState: cells[0].hasCellState) else {
        return nil
      }
      let run = RecurrentRun(
        given, constants ?? RecurrentWeights(given.W, given.R, cells[0]), cells, clip: Float(bound))
      return try run.outputs(context)
    }
  }
}

/// What a unit computes.
enum RecurrentCell {
  case lstm(couplesInputAndForget: Bool)
  case gru
  /// A GRU that multiplies r ⊙ H, not H, by the weights of its hidden gate.
  case gruResettingFirst
  case rnn(rectifies: Bool)

  var hasCellState: Bool { if case .lstm = self { true } else { false } }
  var gates: Int {
    switch self {
    case .lstm: 4
    case .gru, .gruResettingFirst: 3
    case .rnn: 1
    }
  }
  /// The gates whose products with H are taken together; a last one waits for r ⊙ H.
  var gatesFromHidden: Int { if case .gruResettingFirst = self { 2 } else { gates } }
}
