import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Operators that change nothing. Expected operators: by hand, from each rule's comment.
@Suite struct IdentityTests {
  private static let ints = [ValueInfo(name: "x", type: .tensor(.int64, [2, 3]))]

  @Test(arguments: [
    RuleCase(
      "in the middle",
      [node("Neg", ["x"], ["a"]), node("Identity", ["a"], ["b"]), node("Abs", ["b"], ["y"])],
      leaves: ["Neg", "Abs"]),
    RuleCase("at the end", [node("Neg", ["x"], ["a"]), node("Identity", ["a"], ["y"])], leaves: ["Neg"]),
    RuleCase(
      "at the end, its input read elsewhere",
      [node("Neg", ["x"], ["a"]), node("Identity", ["a"], ["y"]), node("Abs", ["a"], ["z"])],
      outputs: ["y", "z"],
      leaves: ["Neg", "Abs"]),
    RuleCase(
      "read in a branch",
      [
        node("Identity", ["x"], ["a"]),
        node("Constant", [], ["c"], ["value": .tensor(Tensor(bools: [true], shape: []))]),
        node(
          "If", ["c"], ["y"],
          [
            "then_branch": .graph(
              Graph(name: "t", nodes: [node("Neg", ["a"], ["r"])], outputs: [untyped("r")])),
            "else_branch": .graph(
              Graph(name: "e", nodes: [node("Abs", ["a"], ["s"])], outputs: [untyped("s")])),
          ]),
      ], leaves: ["Constant", "If"]),
    RuleCase("near miss: from input to output", [node("Identity", ["x"], ["y"])], leaves: ["Identity"]),
    RuleCase(
      "near miss: both are outputs", [node("Neg", ["x"], ["a"]), node("Identity", ["a"], ["y"])],
      outputs: ["a", "y"],
      leaves: ["Neg", "Identity"]),
  ])
  func dropIdentity(_ test: RuleCase) throws { try test.check(DropIdentity.self) }

  @Test(arguments: [
    RuleCase(
      "outside of training", [node("Dropout", ["x"], ["a"]), node("Neg", ["a"], ["y"])], leaves: ["Neg"]),
    RuleCase(
      "training is constant false", [node("Dropout", ["x", "", "t"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["t": Tensor(bools: [false], shape: [])], leaves: ["Neg"]),
    RuleCase(
      "opset 7", [node("Dropout", ["x"], ["a"]), node("Neg", ["a"], ["y"])], opset: 7, leaves: ["Neg"]),
    RuleCase(
      "near miss: the mask is read",
      [node("Dropout", ["x"], ["a", "m"]), node("Neg", ["a"], ["y"])], outputs: ["y", "m"],
      leaves: ["Dropout", "Neg"]),
    RuleCase(
      "near miss: a caller may train",
      [node("Dropout", ["x", "", "t"], ["a"]), node("Neg", ["a"], ["y"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "t", type: .tensor(.bool, []))], leaves: ["Dropout", "Neg"]),
    RuleCase(
      "near miss: training", [node("Dropout", ["x", "", "t"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["t": Tensor(bools: [true], shape: [])], leaves: ["Dropout", "Neg"]),
  ])
  func dropDropout(_ test: RuleCase) throws { try test.check(DropDropout.self) }

  @Test(arguments: [
    RuleCase(
      "to its own type", [node("Cast", ["x"], ["a"], ["to": .int(1)]), node("Neg", ["a"], ["y"])],
      leaves: ["Neg"]),
    RuleCase(
      "like one of its type", [node("CastLike", ["x", "x"], ["a"]), node("Neg", ["a"], ["y"])],
      leaves: ["Neg"]),
    RuleCase(
      "near miss: to another", [node("Cast", ["x"], ["a"], ["to": .int(11)]), node("Neg", ["a"], ["y"])],
      leaves: ["Cast", "Neg"]),
  ])
  func dropCast(_ test: RuleCase) throws { try test.check(DropCast.self) }

  @Test(arguments: [
    RuleCase(
      "perm in order",
      [node("Transpose", ["x"], ["a"], ["perm": .ints([0, 1])]), node("Neg", ["a"], ["y"])],
      leaves: ["Neg"]),
    RuleCase(
      "one axis", [node("Transpose", ["x"], ["a"]), node("Neg", ["a"], ["y"])], inputs: [float("x", 3)],
      leaves: ["Neg"]),
    RuleCase(
      "near miss: no perm", [node("Transpose", ["x"], ["a"]), node("Neg", ["a"], ["y"])],
      leaves: ["Transpose", "Neg"]),
  ])
  func dropTranspose(_ test: RuleCase) throws { try test.check(DropTranspose.self) }

  @Test(arguments: [
    RuleCase(
      "the shape it has", [node("Reshape", ["x", "s"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["s": Tensor(int64: [2, -1])], leaves: ["Neg"]),
    RuleCase(
      "its own shape, of open extents",
      [node("Shape", ["x"], ["s"]), node("Reshape", ["x", "s"], ["a"]), node("Neg", ["a"], ["y"])],
      inputs: [float("x", .param("N"), 3)], leaves: ["Neg"]),
    RuleCase(
      "near miss: dims of two inputs that are called the same",
      [node("Shape", ["z"], ["s"]), node("Expand", ["x", "s"], ["a"]), node("Neg", ["a"], ["y"])],
      inputs: [float("x", .param("N")), float("z", .param("N"))], leaves: ["Shape", "Expand", "Neg"]),
    RuleCase(
      "near miss: an extent that may be 1", [node("Expand", ["x", "s"], ["a"]), node("Neg", ["a"], ["y"])],
      inputs: [float("x", .param("N"), 3)], constants: ["s": Tensor(int64: [2, 3])],
      leaves: ["Expand", "Neg"]),
    RuleCase(
      "near miss: a new axis", [node("Unsqueeze", ["x", "s"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["s": Tensor(int64: [0])], leaves: ["Unsqueeze", "Neg"]),
  ])
  func dropReshape(_ test: RuleCase) throws { try test.check(DropReshape.self) }

  @Test(arguments: [
    RuleCase(
      "by nothing", [node("Pad", ["x", "p"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["p": Tensor(int64: [0, 0, 0, 0])], leaves: ["Neg"]),
    RuleCase(
      "in opset 2", [node("Pad", ["x"], ["a"], ["pads": .ints([0, 0, 0, 0])]), node("Neg", ["a"], ["y"])],
      opset: 7,
      leaves: ["Neg"]),
    RuleCase(
      "near miss: by something", [node("Pad", ["x", "p"], ["a"]), node("Neg", ["a"], ["y"])],
      constants: ["p": Tensor(int64: [0, 0, 0, 1])], leaves: ["Pad", "Neg"]),
  ])
  func dropPad(_ test: RuleCase) throws { try test.check(DropPad.self) }

  @Test(arguments: [
    RuleCase(
      "one part", [node("Concat", ["x"], ["a"], ["axis": .int(0)]), node("Neg", ["a"], ["y"])],
      leaves: ["Neg"]),
    RuleCase("the greatest of one", [node("Max", ["x"], ["a"]), node("Neg", ["a"], ["y"])], leaves: ["Neg"]),
    RuleCase(
      "near miss: twice the same",
      [node("Concat", ["x", "x"], ["a"], ["axis": .int(0)]), node("Neg", ["a"], ["y"])],
      leaves: ["Concat", "Neg"]),
    RuleCase(
      "near miss: a sum", [node("Sum", ["x"], ["a"]), node("Neg", ["a"], ["y"])], leaves: ["Sum", "Neg"]),
  ])
  func dropConcat(_ test: RuleCase) throws { try test.check(DropConcat.self) }

  @Test(arguments: [
    RuleCase(
      "twice the same",
      [node("Neg", ["x"], ["a"]), node("Neg", ["x"], ["b"]), node("Sub", ["a", "b"], ["y"])],
      leaves: ["Neg", "Sub"]),
    RuleCase(
      "near miss: another attribute",
      [
        node("LeakyRelu", ["x"], ["a"], ["alpha": .float(0)]),
        node("LeakyRelu", ["x"], ["b"], ["alpha": .float(-0.0)]),
        node("Sub", ["a", "b"], ["y"]),
      ], leaves: ["LeakyRelu", "LeakyRelu", "Sub"]),
    RuleCase(
      "near miss: draws",
      [
        node("RandomNormalLike", ["x"], ["a"]), node("RandomNormalLike", ["x"], ["b"]),
        node("Sub", ["a", "b"], ["y"]),
      ], leaves: ["RandomNormalLike", "RandomNormalLike", "Sub"]),
    RuleCase(
      "near miss: the later one is an output", [node("Neg", ["x"], ["a"]), node("Neg", ["x"], ["y"])],
      outputs: ["a", "y"], leaves: ["Neg", "Neg"]),
  ])
  func mergeEqualNodes(_ test: RuleCase) throws { try test.check(MergeEqualNodes.self) }
}
