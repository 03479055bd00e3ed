import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct UnflattenProductTests {
  private static let lines = [float("x", 2, 5, 3)]
  private static let constants = [
    "W": Tensor(floats: (0..<12).map { Float($0) - 5 }, shape: [3, 4]), "b": floats(3, 0.5, -1, 0),
    "V": Tensor(floats: (0..<12).map { Float($0) - 5 }, shape: [4, 3]), "f": Tensor(int64: [-1, 3]),
    "s": Tensor(int64: [2, 5, 4]), "t": Tensor(int64: [5, 2, 4]),
  ]

  private static func product(
    _ inputs: [String] = ["r", "W", "b"], _ attributes: [String: Attribute] = [:], shape: String = "s"
  ) -> [Node] {
    [
      node("Reshape", ["x", "f"], ["r"]), node("Gemm", inputs, ["g"], attributes),
      node("Reshape", ["g", shape], ["y"]),
    ]
  }

  @Test(arguments: [
    RuleCase("with C", product(), inputs: lines, constants: constants, leaves: ["MatMul", "Add"]),
    RuleCase(
      "without C, transposed", product(["r", "V"], ["transB": .int(1)]), inputs: lines, constants: constants,
      leaves: ["MatMul"]),
    RuleCase(
      "open extents by the shape of x",
      [
        node("Shape", ["x"], ["d"], ["end": .int(2)]),
        node("Concat", ["d", "four"], ["s2"], ["axis": .int(0)]),
      ] + product(shape: "s2"), inputs: [float("x", .param("N"), .param("M"), 3)],
      constants: constants.merging(["four": Tensor(int64: [4])]) { $1 }, leaves: ["MatMul", "Add"]),
    RuleCase(
      "near miss: other axes", product(shape: "t"), inputs: lines, constants: constants,
      leaves: ["Reshape", "Gemm", "Reshape"]),
    RuleCase(
      "near miss: the rows are cut otherwise",
      [
        node("Reshape", ["x", "f"], ["r"]), node("Gemm", ["r", "U"], ["g"]),
        node("Reshape", ["g", "s"], ["y"]),
      ], inputs: lines,
      constants: constants.merging([
        "f": Tensor(int64: [-1, 1]), "U": Tensor(floats: [1, 2, 3, 4], shape: [1, 4]),
        "s": Tensor(int64: [2, 5, 12]),
      ]) { $1 }, leaves: ["Reshape", "Gemm", "Reshape"]),
    RuleCase(
      "near miss: alpha", product(["r", "W", "b"], ["alpha": .float(2)]), inputs: lines, constants: constants,
      leaves: ["Reshape", "Gemm", "Reshape"]),
    RuleCase(
      "near miss: C for each row", product(["r", "W", "c"]), inputs: lines,
      constants: constants.merging(["c": Tensor(floats: (0..<10).map(Float.init), shape: [10, 1])]) { $1 },
      leaves: ["Reshape", "Gemm", "Reshape"]),
    RuleCase(
      "near miss: no rows, so that another extent is no error",
      [
        node("Reshape", ["x", "f"], ["r"]), node("Gemm", ["r", "W"], ["g"]),
        node("Reshape", ["g", "z"], ["y"], ["allowzero": .int(1)]),
      ],
      inputs: [float("x", 2, 0, 3)],
      constants: constants.merging(["z": Tensor(int64: [2, 0, 9])]) { $1 },
      leaves: ["Reshape", "Gemm", "Reshape"]),
    RuleCase(
      "near miss: others want the rows", product(), inputs: lines, outputs: ["r", "y"], constants: constants,
      leaves: ["Reshape", "Gemm", "Reshape"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(UnflattenProduct.self) }
}
