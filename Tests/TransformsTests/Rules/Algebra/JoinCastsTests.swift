import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct JoinCastsTests {
  private static func casts(_ types: ElementType...) -> [Node] {
    types.enumerated().map { index, type in
      node(
        "Cast", [index == 0 ? "x" : "a\(index)"], [index == types.count - 1 ? "y" : "a\(index + 1)"],
        ["to": .int(Int(type.rawValue))])
    }
  }

  private static func input(_ type: ElementType) -> [ValueInfo] {
    [ValueInfo(name: "x", type: .tensor(type, [11]))]
  }

  @Test(arguments: [
    RuleCase(
      "there and back", casts(.double, .float) + [node("Neg", ["y"], ["z"])], outputs: ["z"],
      leaves: ["Neg"]),
    RuleCase("float to double to float16", casts(.double, .float16), leaves: ["Cast"]),
    RuleCase("float16 to float to int8", casts(.float, .int8), inputs: input(.float16), leaves: ["Cast"]),
    RuleCase("bool to int64 to float", casts(.int64, .float), inputs: input(.bool), leaves: ["Cast"]),
    RuleCase("uint8 to int16 to int4", casts(.int16, .int4), inputs: input(.uint8), leaves: ["Cast"]),
    RuleCase("int32 to double to bool", casts(.double, .bool), inputs: input(.int32), leaves: ["Cast"]),
    RuleCase(
      "near miss: rounded twice", casts(.float, .float16), inputs: input(.double), leaves: ["Cast", "Cast"]),
    RuleCase("near miss: to integers and back", casts(.int64, .float), leaves: ["Cast", "Cast"]),
    RuleCase(
      "near miss: float does not hold an int32", casts(.float, .double), inputs: input(.int32),
      leaves: ["Cast", "Cast"]),
    RuleCase(
      "near miss: uint8 does not hold an int8", casts(.uint8, .float), inputs: input(.int8),
      leaves: ["Cast", "Cast"]),
    RuleCase(
      "near miss: bfloat16 does not hold a float16", casts(.bfloat16, .float), inputs: input(.float16),
      leaves: ["Cast", "Cast"]),
    RuleCase("near miss: spelled out", casts(.double, .string), leaves: ["Cast", "Cast"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(JoinCasts.self) }
}
