import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct DropNeutralOperandTests {
  private static func number(_ value: Float) -> Tensor { Tensor(floats: [value], shape: []) }

  private static func typed(_ type: ElementType) -> ValueInfo {
    ValueInfo(name: "x", type: .tensor(type, [2, 3]))
  }

  private static func applied(_ opType: String, _ operands: [String]) -> [Node] {
    [node(opType, operands, ["a"]), node("Identity", ["a"], ["y"])]
  }

  @Test(arguments: [
    RuleCase(
      "times 1", applied("Mul", ["x", "c"]), constants: ["c": number(1)], leaves: ["Identity"]),
    RuleCase(
      "1 times", applied("Mul", ["c", "x"]), constants: ["c": number(1)], leaves: ["Identity"]),
    RuleCase(
      "divided by ones", applied("Div", ["x", "c"]), constants: ["c": floats(1, 1, 1)], leaves: ["Identity"]),
    RuleCase(
      "to the power of 1", applied("Pow", ["x", "c"]), constants: ["c": Tensor(int64: [1])],
      leaves: ["Identity"]),
    RuleCase(
      "less 0", applied("Sub", ["x", "c"]), constants: ["c": number(0)], leaves: ["Identity"]),
    RuleCase(
      "plus −0", applied("Add", ["x", "c"]), constants: ["c": number(-0.0)], leaves: ["Identity"]),
    RuleCase(
      "plus 0 of integers", applied("Add", ["c", "x"]), inputs: [typed(.int32)],
      constants: ["c": Tensor(.int32, shape: [], wrapping: [0])], leaves: ["Identity"]),
    RuleCase(
      "and true", applied("And", ["x", "c"]), inputs: [typed(.bool)],
      constants: ["c": Tensor(bools: [true], shape: [1])], leaves: ["Identity"]),
    RuleCase(
      "or false", applied("Or", ["x", "c"]), inputs: [typed(.bool)],
      constants: ["c": Tensor(bools: [false], shape: [1])], leaves: ["Identity"]),
    RuleCase(
      "xor false", applied("Xor", ["x", "c"]), inputs: [typed(.bool)],
      constants: ["c": Tensor(bools: [false], shape: [1])], leaves: ["Identity"]),
    RuleCase(
      "times 1 of open extents", applied("Mul", ["x", "c"]), inputs: [float("x", .param("N"), .param("M"))],
      constants: ["c": floats(1)], leaves: ["Identity"]),
    RuleCase(
      "near miss: plus 0, which makes 0 of −0", applied("Add", ["x", "c"]), constants: ["c": number(0)],
      leaves: ["Add", "Identity"]),
    RuleCase(
      "near miss: less −0", applied("Sub", ["x", "c"]), constants: ["c": number(-0.0)],
      leaves: ["Sub", "Identity"]),
    RuleCase(
      "near miss: 1 divided", applied("Div", ["c", "x"]), constants: ["c": number(1)],
      leaves: ["Div", "Identity"]),
    RuleCase(
      "near miss: 0 less", applied("Sub", ["c", "x"]), constants: ["c": number(0)],
      leaves: ["Sub", "Identity"]),
    RuleCase(
      "near miss: 1 to the power", applied("Pow", ["c", "x"]), constants: ["c": number(1)],
      leaves: ["Pow", "Identity"]),
    RuleCase(
      "near miss: not all are 1", applied("Mul", ["x", "c"]), constants: ["c": floats(1, 2, 1)],
      leaves: ["Mul", "Identity"]),
    RuleCase(
      "near miss: a new axis", applied("Mul", ["x", "c"]),
      constants: ["c": Tensor(floats: [1], shape: [1, 1, 1])], leaves: ["Mul", "Identity"]),
    RuleCase(
      "near miss: an extent that may be 1", applied("Mul", ["x", "c"]), inputs: [float("x", 2, .param("N"))],
      constants: ["c": floats(1, 1)], leaves: ["Mul", "Identity"]),
    RuleCase(
      "near miss: opset 6", applied("Mul", ["x", "c"]), constants: ["c": number(1)], opset: 6,
      leaves: ["Mul", "Identity"]),
    RuleCase(
      "near miss: and false", applied("And", ["x", "c"]), inputs: [typed(.bool)],
      constants: ["c": Tensor(bools: [false], shape: [1])], leaves: ["And", "Identity"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(DropNeutralOperand.self) }
}
