import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropZeroStateTests {
  private static let steps = [float("x", 2, .param("N"), 1)]
  private static let constants = [
    "W": Tensor(floats: (0..<8).map { Float($0) * 0.1 - 0.3 }, shape: [1, 8, 1]),
    "R": Tensor(floats: (0..<16).map { Float($0) * 0.1 - 0.7 }, shape: [1, 8, 2]),
    "zeros": Tensor(floats: [0, 0], shape: [1, 1, 2]), "minus": Tensor(floats: [0, -0.0], shape: [1, 1, 2]),
    "ones": Tensor(floats: [0, 1], shape: [1, 1, 2]), "one": Tensor(int64: [1]), "two": Tensor(int64: [2]),
    "first": Tensor(int64: [0]),
  ]
  private static let fixed = [float("x", 2, 1, 1)]

  private static func lstm(_ h: String, _ c: String, _ rest: String...) -> [Node] {
    [node("LSTM", ["x", "W", "R", "", "", h, c] + rest, ["y"], ["hidden_size": .int(2)])]
  }

  /// Two states of zeros as large as the batch, of which z is the first.
  private static let made = [
    node("Shape", ["x"], ["d"]), node("Slice", ["d", "one", "two"], ["n"]),
    node("Concat", ["two", "n", "two"], ["s"], ["axis": .int(0)]), node("ConstantOfShape", ["s"], ["all"]),
    node("Slice", ["all", "first", "one"], ["z"]),
  ]

  @Test(arguments: [
    RuleCase("a constant", lstm("zeros", "zeros"), inputs: fixed, constants: constants, leaves: ["LSTM"]),
    RuleCase(
      "as large as the batch", made + lstm("z", "z"), inputs: steps, constants: constants, leaves: ["LSTM"]),
    RuleCase(
      "one of both", lstm("ones", "zeros"), inputs: fixed, constants: constants, leaves: ["LSTM"]),
    RuleCase("near miss: ones", lstm("ones", "ones"), inputs: fixed, constants: constants, leaves: ["LSTM"]),
    RuleCase("near miss: −0", lstm("minus", "minus"), inputs: fixed, constants: constants, leaves: ["LSTM"]),
    RuleCase(
      "near miss: a caller gives it", lstm("h", "h"), inputs: fixed + [float("h", 1, 1, 2)],
      constants: constants,
      leaves: ["LSTM"]),
    RuleCase(
      "near miss: filled with something else",
      [node("ConstantOfShape", ["s"], ["z"], ["value": .tensor(Tensor(floats: [0.5], shape: [1]))])]
        + lstm("z", "z"), inputs: fixed,
      constants: constants.merging(["s": Tensor(int64: [1, 1, 2])]) { $1 },
      leaves: ["ConstantOfShape", "LSTM"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropZeroState.self) }
}
