import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct MinMaxToClipTests {
  private static func bounds(_ a: Float, _ b: Float, shape: [Int] = []) -> [String: Tensor] {
    ["a": Tensor(floats: [a], shape: shape), "b": Tensor(floats: [b], shape: shape)]
  }

  private static let minOfMax = [node("Max", ["x", "a"], ["v"]), node("Min", ["b", "v"], ["y"])]
  private static let maxOfMin = [node("Min", ["x", "b"], ["v"]), node("Max", ["a", "v"], ["y"])]

  @Test(arguments: [
    RuleCase("the smaller of the greater", minOfMax, constants: bounds(-1, 2), leaves: ["Clip"]),
    RuleCase("the greater of the smaller", maxOfMin, constants: bounds(-1, 2), leaves: ["Clip"]),
    RuleCase(
      "bounds of one axis", minOfMax, constants: bounds(-1, 2, shape: [1, 1]), leaves: ["Clip"]),
    RuleCase(
      "integers", minOfMax, inputs: [ValueInfo(name: "x", type: .tensor(.int32, [2, 3]))],
      constants: [
        "a": Tensor(.int32, shape: [], wrapping: [-3]), "b": Tensor(.int32, shape: [], wrapping: [7]),
      ],
      leaves: ["Clip"]),
    RuleCase(
      "near miss: bounds that add an axis", minOfMax, constants: bounds(-1, 2, shape: [1, 1, 1]),
      leaves: ["Max", "Min"]),
    RuleCase(
      "near miss: bounds the wrong way round", minOfMax, constants: bounds(2, -1), leaves: ["Max", "Min"]),
    RuleCase("near miss: a bound of 0", minOfMax, constants: bounds(0, 2), leaves: ["Max", "Min"]),
    RuleCase("near miss: a bound is NaN", minOfMax, constants: bounds(.nan, 2), leaves: ["Max", "Min"]),
    RuleCase("near miss: opset 10", minOfMax, constants: bounds(-1, 2), opset: 10, leaves: ["Max", "Min"]),
    RuleCase(
      "near miss: what lies between is an output", minOfMax, outputs: ["v", "y"], constants: bounds(-1, 2),
      leaves: ["Max", "Min"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(MinMaxToClip.self) }
}
