import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct JoinClipsTests {
  private static func number(_ value: Float) -> Tensor { Tensor(floats: [value], shape: []) }

  private static func bounds(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> [String: Tensor] {
    ["a": number(a), "b": number(b), "c": number(c), "d": number(d)]
  }

  private static let clips = [node("Clip", ["x", "a", "b"], ["v"]), node("Clip", ["v", "c", "d"], ["y"])]
  private static let relus = [node("Relu", ["x"], ["v"]), node("Relu", ["v"], ["y"])]
  private static let clipOfRelu = [node("Relu", ["x"], ["v"]), node("Clip", ["v", "c", "d"], ["y"])]
  private static let reluOfClip = [node("Clip", ["x", "a", "b"], ["v"]), node("Relu", ["v"], ["y"])]

  private static func oldClips(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> [Node] {
    [
      node("Clip", ["x"], ["v"], ["min": .float(a), "max": .float(b)]),
      node("Clip", ["v"], ["y"], ["min": .float(c), "max": .float(d)]),
    ]
  }

  @Test(arguments: [
    RuleCase("ranges that overlap", clips, constants: bounds(-2, 1, -1, 3), leaves: ["Clip"]),
    RuleCase("the first within the second", clips, constants: bounds(-1, 1, -2, 3), leaves: ["Clip"]),
    RuleCase("the second within the first", clips, constants: bounds(-2, 3, -1, 1), leaves: ["Clip"]),
    RuleCase("ranges that share one number", clips, constants: bounds(-2, 1, 1, 3), leaves: ["Clip"]),
    RuleCase("bounds 0 and −0", clips, constants: bounds(0, 3, -0.0, 2), leaves: ["Clip"]),
    RuleCase("bounds −0 and 0", clips, constants: bounds(-0.0, 3, 0, 2), leaves: ["Clip"]),
    RuleCase("a high 0 and a low −0", clips, constants: bounds(-3, 0, -0.0, 2), leaves: ["Clip"]),
    RuleCase("Relu twice", relus, leaves: ["Relu"]),
    RuleCase(
      "Relu twice, the first an output", relus + [node("Neg", ["y"], ["z"])], outputs: ["v", "z"],
      leaves: ["Relu", "Neg"]),
    RuleCase(
      "Relu before a bound", clipOfRelu, constants: ["c": number(-1), "d": number(6)], leaves: ["Clip"]),
    RuleCase(
      "Relu behind a bound", reluOfClip, constants: ["a": number(-1), "b": number(6)], leaves: ["Clip"]),
    RuleCase(
      "one bound each",
      [node("Clip", ["x", "a"], ["v"]), node("Clip", ["v", "", "d"], ["y"])],
      constants: ["a": number(-1), "d": number(2)], leaves: ["Clip"]),
    RuleCase(
      "double", reluOfClip, inputs: [ValueInfo(name: "x", type: .tensor(.double, [2, 3]))],
      constants: [
        "a": Tensor(.double, shape: [], elements: [-1.0]), "b": Tensor(.double, shape: [], elements: [0.1]),
      ], leaves: ["Clip"]),
    RuleCase(
      "integers", reluOfClip, inputs: [ValueInfo(name: "x", type: .tensor(.int8, [2, 3]))],
      constants: [
        "a": Tensor(.int8, shape: [], wrapping: [-100]), "b": Tensor(.int8, shape: [], wrapping: [100]),
      ], leaves: ["Clip"]),
    RuleCase("opset 10", oldClips(-2, 1, -1, 3), opset: 10, leaves: ["Clip"]),
    RuleCase(
      "near miss: ranges apart", clips, constants: bounds(0, 1, 2, 3), leaves: ["Clip", "Clip"]),
    RuleCase(
      "near miss: Relu of negative numbers only", reluOfClip,
      constants: ["a": number(-3), "b": number(-1)], leaves: ["Clip", "Relu"]),
    RuleCase(
      "near miss: a bound is NaN", clips, constants: bounds(.nan, 1, -1, 3), leaves: ["Clip", "Clip"]),
    RuleCase("near miss: opset 10, apart", oldClips(0, 1, 2, 3), opset: 10, leaves: ["Clip", "Clip"]),
    RuleCase(
      "near miss: the first is an output", clips, outputs: ["v", "y"], constants: bounds(-2, 1, -1, 3),
      leaves: ["Clip", "Clip"]),
    RuleCase(
      "near miss: a caller may give the bound", clips, inputs: [float("x", 2, 3), float("a")],
      constants: bounds(-2, 1, -1, 3), leaves: ["Clip", "Clip"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(JoinClips.self) }
}
