import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FuseGeluTests {
  private static let numbers = [
    "half": floats(0.5), "one": floats(1), "two": Tensor(floats: [2], shape: []),
    "three": Tensor(floats: [3], shape: []), "root": floats(1.4142135), "inverse": floats(0.70710677),
    "k": floats(0.044715), "s": floats(0.7978846),
  ]
  /// g = 1 + Erf(x / √2)
  private static let erf = [
    node("Div", ["x", "root"], ["u"]), node("Erf", ["u"], ["e"]), node("Add", ["e", "one"], ["g"]),
  ]
  /// g = 1 + Tanh(√(2/π) · (x + 0.044715 · x³))
  private static let tanh = [
    node("Pow", ["x", "three"], ["p"]), node("Mul", ["k", "p"], ["q"]), node("Add", ["x", "q"], ["w"]),
    node("Mul", ["w", "s"], ["u"]), node("Tanh", ["u"], ["t"]), node("Add", ["one", "t"], ["g"]),
  ]

  @Test(arguments: [
    RuleCase(
      "½ last", erf + [node("Mul", ["x", "g"], ["h"]), node("Mul", ["h", "half"], ["y"])], constants: numbers,
      leaves: ["Gelu"]),
    RuleCase(
      "½ first, by multiplication",
      [node("Mul", ["inverse", "x"], ["u"]), node("Erf", ["u"], ["e"]), node("Add", ["one", "e"], ["g"])]
        + [node("Mul", ["half", "x"], ["h"]), node("Mul", ["h", "g"], ["y"])],
      constants: numbers, leaves: ["Gelu"]),
    RuleCase(
      "divided by 2, of a product",
      [node("Mul", ["z", "z2"], ["x"])] + erf
        + [node("Mul", ["g", "x"], ["h"]), node("Div", ["h", "twice"], ["y"])],
      inputs: [float("z", 2, 3), float("z2", 3)],
      constants: numbers.merging(["twice": floats(2)]) { $1 }, leaves: ["Mul", "Gelu"]),
    RuleCase(
      "tanh", tanh + [node("Mul", ["x", "half"], ["h"]), node("Mul", ["h", "g"], ["y"])], constants: numbers,
      leaves: ["Gelu"]),
    RuleCase(
      "tanh, a cube of products",
      [node("Mul", ["x", "x"], ["p2"]), node("Mul", ["p2", "x"], ["p"])] + tanh.dropFirst()
        + [node("Mul", ["x", "g"], ["h"]), node("Mul", ["h", "half"], ["y"])],
      constants: numbers, leaves: ["Gelu"]),
    RuleCase(
      "tanh, factored out",
      [
        node("Mul", ["x", "s"], ["v"]), node("Mul", ["x", "k"], ["q"]), node("Mul", ["q", "x"], ["r"]),
        node("Add", ["r", "one"], ["w"]), node("Mul", ["v", "w"], ["u"]), node("Tanh", ["u"], ["t"]),
        node("Add", ["t", "one"], ["g"]), node("Mul", ["x", "half"], ["h"]), node("Mul", ["h", "g"], ["y"]),
      ], constants: numbers, leaves: ["Gelu"]),
    RuleCase(
      "values on the way are wanted",
      erf + [node("Mul", ["x", "g"], ["h"]), node("Mul", ["h", "half"], ["y"])],
      outputs: ["y", "e"], constants: numbers, leaves: ["Div", "Erf", "Gelu"]),
    RuleCase(
      "near miss: opset 19", erf + [node("Mul", ["x", "g"], ["h"]), node("Mul", ["h", "half"], ["y"])],
      constants: numbers, opset: 19, leaves: ["Div", "Erf", "Add", "Mul", "Mul"]),
    RuleCase(
      "near miss: not √2", erf + [node("Mul", ["x", "g"], ["h"]), node("Mul", ["h", "half"], ["y"])],
      constants: numbers.merging(["root": floats(1.4142)]) { $1 },
      leaves: ["Div", "Erf", "Add", "Mul", "Mul"]),
    RuleCase(
      "near miss: another value is gated",
      erf + [node("Mul", ["z", "g"], ["h"]), node("Mul", ["h", "half"], ["y"])],
      inputs: [float("x", 2, 3), float("z", 2, 3)], constants: numbers,
      leaves: ["Div", "Erf", "Add", "Mul", "Mul"]),
    RuleCase(
      "near miss: not ½", erf + [node("Mul", ["x", "g"], ["h"]), node("Mul", ["h", "k"], ["y"])],
      constants: numbers, leaves: ["Div", "Erf", "Add", "Mul", "Mul"]),
    RuleCase(
      "near miss: a number adds an axis",
      erf + [node("Mul", ["x", "g"], ["h"]), node("Mul", ["h", "half"], ["y"])],
      constants: numbers.merging(["half": Tensor(floats: [0.5], shape: [1, 1, 1])]) { $1 },
      leaves: ["Div", "Erf", "Add", "Mul", "Mul"]),
    RuleCase(
      "near miss: a square for a cube",
      [node("Mul", ["x", "x"], ["p"])] + tanh.dropFirst()
        + [node("Mul", ["x", "g"], ["h"]), node("Mul", ["h", "half"], ["y"])],
      constants: numbers, leaves: ["Mul", "Mul", "Add", "Mul", "Tanh", "Add", "Mul", "Mul"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FuseGelu.self) }
}
