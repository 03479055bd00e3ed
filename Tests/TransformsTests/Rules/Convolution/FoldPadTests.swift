import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand, from the rule's comment.
@Suite struct FoldPadTests {
  private static let image = [float("x", .param("N"), 2, 5, 4)]
  private static let weights = Tensor(floats: (0..<12).map { Float($0) - 5 }, shape: [1, 2, 3, 2])
  private static let pads = Tensor(int64: [0, 0, 1, 0, 0, 0, 0, 1])
  private static let minusInfinity = Tensor(floats: [-.infinity], shape: [])

  private static func padded(
    _ window: Node, _ inputs: [String] = ["x", "p"], _ attributes: [String: Attribute] = [:]
  ) -> [Node] {
    [node("Pad", inputs, ["a"], attributes), window]
  }

  private static func pool(
    _ opType: String, _ attributes: [String: Attribute] = [:], outputs: [String] = ["y"]
  )
    -> Node
  {
    node(opType, ["a"], outputs, ["kernel_shape": .ints([3, 2])].merging(attributes) { $1 })
  }

  @Test(arguments: [
    RuleCase(
      "Conv", padded(node("Conv", ["a", "W"], ["y"])), inputs: image, constants: ["p": pads, "W": weights],
      leaves: ["Conv"]),
    RuleCase(
      "Conv with pads of its own, and axes",
      padded(node("Conv", ["a", "W"], ["y"], ["pads": .ints([1, 2, 0, 1])]), ["x", "p", "", "axes"]),
      inputs: image, constants: ["p": Tensor(int64: [3, 1]), "axes": Tensor(int64: [-1]), "W": weights],
      leaves: ["Conv"]),
    RuleCase(
      "Conv, opset 2",
      padded(node("Conv", ["a", "W"], ["y"]), ["x"], ["pads": .ints([0, 0, 1, 0, 0, 0, 0, 1])]),
      inputs: image, constants: ["W": weights], opset: 8, leaves: ["Conv"]),
    RuleCase(
      "MaxPool", padded(pool("MaxPool"), ["x", "p", "v"]), inputs: image,
      constants: ["p": pads, "v": minusInfinity], leaves: ["MaxPool"]),
    RuleCase(
      "AveragePool", padded(pool("AveragePool")), inputs: image, constants: ["p": pads],
      leaves: ["AveragePool"]),
    RuleCase(
      "AveragePool that counts pads of its own",
      padded(pool("AveragePool", ["pads": .ints([1, 0, 0, 0]), "count_include_pad": .int(1)])), inputs: image,
      constants: ["p": pads], leaves: ["AveragePool"]),
    RuleCase(
      "near miss: another constant", padded(node("Conv", ["a", "W"], ["y"]), ["x", "p", "v"]), inputs: image,
      constants: ["p": pads, "v": Tensor(floats: [1], shape: []), "W": weights], leaves: ["Pad", "Conv"]),
    RuleCase(
      "near miss: another mode",
      padded(node("Conv", ["a", "W"], ["y"]), ["x", "p"], ["mode": .string("edge")]), inputs: image,
      constants: ["p": pads, "W": weights], leaves: ["Pad", "Conv"]),
    RuleCase(
      "near miss: channels are added",
      padded(node("Conv", ["a", "W"], ["y"])), inputs: [float("x", 1, 1, 5, 4)],
      constants: ["p": Tensor(int64: [0, 1, 1, 0, 0, 0, 0, 1]), "W": weights], leaves: ["Pad", "Conv"]),
    RuleCase(
      "near miss: cells are taken away", padded(node("Conv", ["a", "W"], ["y"])), inputs: image,
      constants: ["p": Tensor(int64: [0, 0, -1, 0, 0, 0, 0, 1]), "W": weights], leaves: ["Pad", "Conv"]),
    RuleCase(
      "near miss: infinite weights", padded(node("Conv", ["a", "W"], ["y"])),
      inputs: [float("x", 1, 1, 2, 2)],
      constants: ["p": pads, "W": Tensor(floats: [.infinity, 1], shape: [1, 1, 1, 2])],
      leaves: ["Pad", "Conv"]),
    RuleCase(
      "near miss: MaxPool over zeros", padded(pool("MaxPool")), inputs: image, constants: ["p": pads],
      leaves: ["Pad", "MaxPool"]),
    RuleCase(
      "near miss: Indices count the Pad", padded(pool("MaxPool", outputs: ["y", "i"]), ["x", "p", "v"]),
      inputs: image, outputs: ["y", "i"], constants: ["p": pads, "v": minusInfinity],
      leaves: ["Pad", "MaxPool"]),
    RuleCase(
      "near miss: ceil_mode drops a window that starts in padding",
      padded(pool("MaxPool", ["ceil_mode": .int(1), "strides": .ints([2, 2])]), ["x", "p", "v"]),
      inputs: image,
      constants: ["p": pads, "v": minusInfinity], leaves: ["Pad", "MaxPool"]),
    RuleCase(
      "near miss: AveragePool does not count pads of its own",
      padded(pool("AveragePool", ["pads": .ints([1, 0, 0, 0])])), inputs: image, constants: ["p": pads],
      leaves: ["Pad", "AveragePool"]),
    RuleCase(
      "near miss: pads as large as the kernel", padded(pool("AveragePool")), inputs: image,
      constants: ["p": Tensor(int64: [0, 0, 3, 0, 0, 0, 0, 1])], leaves: ["Pad", "AveragePool"]),
    RuleCase(
      "near miss: auto_pad", padded(pool("AveragePool", ["auto_pad": .string("SAME_UPPER")])), inputs: image,
      constants: ["p": pads], leaves: ["Pad", "AveragePool"]),
    RuleCase(
      "near miss: others want what is padded",
      padded(pool("AveragePool")) + [node("Relu", ["a"], ["z"])], inputs: image, outputs: ["y", "z"],
      constants: ["p": pads], leaves: ["Pad", "AveragePool", "Relu"]),
  ])
  func leaves(_ test: RuleCase) throws { try test.check(FoldPad.self) }
}
