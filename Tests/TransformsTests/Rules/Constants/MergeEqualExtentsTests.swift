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
