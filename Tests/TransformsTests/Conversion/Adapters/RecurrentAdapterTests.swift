import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct RecurrentAdapterTests {
  private static let sequence = [float("x", 2, 2, 2)]
  private static let outputs = ["y", "h"]
  private static func weights(gates: Int) -> [String: Tensor] {
    func tensor(_ rows: Int) -> Tensor {
      Tensor(floats: (0..<(2 * rows)).map { Float($0 % 5) / 4 - 0.5 }, shape: [1, rows, 2])
    }
    return ["w": tensor(2 * gates), "r": tensor(2 * gates)]
  }
  private static func layer(_ opType: String, _ attributes: [String: Attribute] = [:]) -> [Node] {
    [node(opType, ["x", "w", "r"], outputs, attributes.merging(["hidden_size": .int(2)]) { a, _ in a })]
  }
  private static let transposed = ["Transpose"]

  @Test(arguments: [
    ConversionCase(
      "RNN", layer("RNN", ["output_sequence": .int(1)]), inputs: sequence, outputs: outputs,
      constants: weights(gates: 1), from: 1, to: 22, leaves: ["RNN"]),
    ConversionCase(
      "GRU with its misspelt direction", layer("GRU"), inputs: sequence, outputs: outputs,
      constants: weights(gates: 3), from: 1, to: 22, leaves: ["GRU"]),
    ConversionCase(
      "LSTM", layer("LSTM"), inputs: sequence, outputs: outputs, constants: weights(gates: 4), from: 22,
      to: 1,
      leaves: ["LSTM"]),
    ConversionCase(
      "LSTM with the batch first", layer("LSTM", ["layout": .int(1)]), inputs: sequence, outputs: outputs,
      constants: weights(gates: 4), from: 22, to: 7, leaves: transposed + ["LSTM"] + transposed + transposed),
    ConversionCase(
      "GRU linear before the reset", layer("GRU", ["linear_before_reset": .int(1)]), inputs: sequence,
      outputs: outputs, constants: weights(gates: 3), from: 7, to: 1, refused: "3 → 2"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
