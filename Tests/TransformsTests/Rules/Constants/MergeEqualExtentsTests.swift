import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct MergeEqualExtentsTests {
  private static let zero = ["0": Tensor(int64: [0], shape: [])]

  /// The sum of the first extents of `a` and `b`.
  private static func extents(of a: String, and b: String) -> [Node] {
    [
      node("Relu", ["x"], ["r"]), node("Shape", [a], ["s"]), node("Gather", ["s", "0"], ["n"]),
      node("Shape", [b], ["t"]), node("Gather", ["t", "0"], ["m"]), node("Add", ["n", "m"], ["y"]),
    ]
  }

  /// x doubled again and again, with the sums of its lengths before and after.
  private static let loop: [Node] = {
    let body = Graph(
      name: "b",
      nodes: [
        node("Constant", [], ["0"], ["value": .tensor(Tensor(int64: [0], shape: []))]),
        node("Concat", ["v", "v"], ["w"], ["axis": .int(0)]), node("Shape", ["v"], ["s"]),
        node("Gather", ["s", "0"], ["n"]), node("Shape", ["w"], ["t"]), node("Gather", ["t", "0"], ["m"]),
        node("Add", ["n", "m"], ["k"]),
      ],
      inputs: [
        ValueInfo(name: "i", type: .tensor(.int64, [])), ValueInfo(name: "c", type: .tensor(.bool, [])),
        untyped("v"),
      ], outputs: [untyped("c"), untyped("w"), untyped("k")])
    return [
      node("Loop", ["3", "", "x"], ["l", "y"], ["body": .graph(body)]), node("ReduceSum", ["l"], ["z"]),
    ]
  }()

  @Test(arguments: [
    RuleCase(
      "of a value and of what is computed from it", extents(of: "x", and: "r"),
      inputs: [float("x", .param("N"), 3)], constants: zero, leaves: ["Shape", "Gather", "Add"]),
    RuleCase(
      "of two shapes with one extent in common",
      [
        node("Transpose", ["x"], ["r"]), node("Shape", ["x"], ["s"]), node("Gather", ["s", "0"], ["n"]),
        node("Shape", ["r"], ["t"]), node("Gather", ["t", "1"], ["m"]), node("Add", ["n", "m"], ["y"]),
      ], inputs: [float("x", .param("N"), 3)],
      constants: zero.merging(["1": Tensor(int64: [1], shape: [])]) { a, _ in a },
      leaves: ["Shape", "Gather", "Add"]),
    RuleCase(
      "of a sum, whose extents nobody states",
      [node("Add", ["x", "z"], ["v"]), node("Exp", ["v"], ["w"])] + extents(of: "v", and: "w").dropFirst(),
      inputs: [float("x", .param("N"), 3), float("z", .param("M"), 3)], constants: zero,
      leaves: ["Add", "Shape", "Gather", "Add"]),
    RuleCase(
      "near miss: a sum and one of its terms, which may have an extent of 1",
      [node("Add", ["x", "z"], ["r"])] + extents(of: "x", and: "r").dropFirst(),
      inputs: [float("x", .param("N"), 3), float("z", 2, 3)], constants: zero,
      leaves: ["Add", "Shape", "Gather", "Shape", "Gather", "Add"]),
    RuleCase(
      "near miss: what a loop's body is given, and what it gives", loop, inputs: [float("x", .param("N"), 3)],
      outputs: ["y", "z"], constants: ["3": Tensor(int64: [3], shape: [])], leaves: ["Loop", "ReduceSum"]),
    RuleCase(
      "near miss: two inputs that call their extents the same", extents(of: "x", and: "z"),
      inputs: [float("x", .param("N"), 3), float("z", .param("N"), 3)], constants: zero,
      leaves: ["Relu", "Shape", "Gather", "Shape", "Gather", "Add"]),
    RuleCase(
      "near miss: a vector and a scalar",
      [
        node("Shape", ["x"], ["s"]), node("Gather", ["s", "0"], ["n"]), node("Add", ["n", "s"], ["y"]),
      ], inputs: [float("x", .param("N"))], constants: zero, leaves: ["Shape", "Gather", "Add"]),
    RuleCase(
      "near miss: an output", extents(of: "x", and: "r"), inputs: [float("x", .param("N"), 3)],
      outputs: ["y", "m", "t"], constants: zero,
      leaves: ["Relu", "Shape", "Gather", "Shape", "Gather", "Add"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(MergeEqualExtents.self) }
}
