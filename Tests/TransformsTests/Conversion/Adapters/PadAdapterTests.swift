import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct PadAdapterTests {
  private static let pads = Tensor(int64: [0, 1, 2, 0])

  @Test(arguments: [
    ConversionCase(
      "paddings", [node("Pad", ["x"], ["y"], ["paddings": .ints([0, 1, 2, 0]), "value": .float(1.5)])],
      from: 1,
      to: 18, leaves: ["Pad"]),
    ConversionCase(
      "edges", [node("Pad", ["x"], ["y"], ["pads": .ints([0, -1, 2, 0]), "mode": .string("edge")])], from: 2,
      to: 21,
      leaves: ["Pad"]),
    ConversionCase(
      "constants", [node("Pad", ["x", "p", "v"], ["y"])],
      constants: ["p": pads, "v": Tensor(floats: [2], shape: [])], from: 18, to: 1, leaves: ["Pad"]),
    ConversionCase(
      "some axes", [node("Pad", ["x", "p", "", "a"], ["y"])],
      constants: ["p": Tensor(int64: [1, 2]), "a": Tensor(int64: [-1])], from: 18, to: 2, leaves: ["Pad"]),
    ConversionCase(
      "some axes, pads of callers", [node("Pad", ["x", "p", "", "a"], ["y"])],
      inputs: [float("x", .param("N"), 3), ValueInfo(name: "p", type: .tensor(.int64, [.value(2)]))],
      constants: ["a": Tensor(int64: [1])], feeds: ["p": Tensor(int64: [2, 1])], from: 18, to: 17,
      leaves: ["ScatterElements", "Pad"]),
    ConversionCase(
      "axes of callers", [node("Pad", ["x", "p", "", "a"], ["y"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "a", type: .tensor(.int64, [.value(1)]))],
      constants: ["p": Tensor(int64: [1, 2])], from: 18, to: 17, refused: "input 'axes' is not constant"),
    ConversionCase(
      "pads of callers", [node("Pad", ["x", "p"], ["y"])],
      inputs: [float("x", 2, 3), ValueInfo(name: "p", type: .tensor(.int64, [.value(4)]))], from: 11, to: 10,
      refused: "input 'pads' is not constant"),
    ConversionCase(
      "cells taken away", [node("Pad", ["x"], ["y"], ["pads": .ints([0, -1, 2, 0])])], from: 2, to: 1,
      refused: "pads take cells away"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
