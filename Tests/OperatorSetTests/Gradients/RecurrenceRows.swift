import GraphIR
import TensorCore

extension GradientTables {
  /// Three steps of two sequences of inputs of 2 numbers; a hidden state of 3.
  private static func recurrent(
    _ name: String, _ opset: Int = 22, _ attributes: [String: Attribute] = [:], directions: Int = 1,
    optional: Bool = true, lengths: [Int]? = nil
  ) -> GradientRow {
    let gates = name == "RNN" ? 1 : name == "GRU" ? 3 : 4
    let isBatchMajor = attributes["layout"].map { if case .int(1) = $0 { true } else { false } } ?? false
    func weights(_ shape: [Int]) -> RowInput { .random([directions] + shape, -1...1) }
    let state = RowInput.random(isBatchMajor ? [2, directions, 3] : [directions, 2, 3], -1...1)
    var inputs: [RowInput] = [
      .random(isBatchMajor ? [2, 3, 2] : [3, 2, 2]), weights([gates * 3, 2]), weights([gates * 3, 3]),
    ]
    if optional {
      inputs += [weights([2 * gates * 3]), lengths.map { .ints($0) } ?? .omitted, state]
      if name == "LSTM" { inputs += [state, weights([9])] }
    }
    return GradientRow(
      name, opset, attributes.merging(["hidden_size": .int(3)]) { $1 }, inputs,
      outputs: name == "LSTM" ? 3 : 2)
  }

  private static func functions(_ names: String...) -> [String: Attribute] {
    ["activations": .strings(names)]
  }

  static let recurrences: [GradientRow] =
    ["RNN", "GRU", "LSTM"].flatMap { name in
      [
        recurrent(name, optional: false), recurrent(name),
        recurrent(name, 7, ["direction": .string("reverse")]),
        recurrent(name, 14, ["direction": .string("bidirectional")], directions: 2, lengths: [3, 2]),
        recurrent(name, 22, ["layout": .int(1)], lengths: [1, 3]),
        recurrent(name, 22, ["clip": .float(0.5)]),
      ]
    }
    + [
      "Affine", "LeakyRelu", "ThresholdedRelu", "ScaledTanh", "HardSigmoid", "Elu", "Softsign", "Softplus",
      "Relu",
    ]
    .map { recurrent("RNN", 22, functions($0)) }
    + [
      recurrent("GRU", 22, ["linear_before_reset": .int(1)]),
      recurrent("GRU", 22, functions("Softplus", "Softsign")),
      recurrent("LSTM", 22, ["input_forget": .int(1)]),
      recurrent("LSTM", 22, functions("Softsign", "Sigmoid", "Softplus")),
    ]
}
