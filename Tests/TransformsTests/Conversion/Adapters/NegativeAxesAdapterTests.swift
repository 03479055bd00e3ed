import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct NegativeAxesAdapterTests {
  @Test(arguments: [
    ConversionCase(
      "Concat", [node("Concat", ["x", "x"], ["y"], ["axis": .int(-2)])], from: 11, to: 4, leaves: ["Concat"]),
    ConversionCase(
      "Flatten", [node("Flatten", ["x"], ["y"], ["axis": .int(-1)])], from: 11, to: 1, leaves: ["Flatten"]),
    ConversionCase(
      "Unsqueeze counts in the result", [node("Unsqueeze", ["x"], ["y"], ["axes": .ints([-1, 0])])], from: 11,
      to: 1,
      leaves: ["Unsqueeze"]),
    ConversionCase(
      "ReduceMax", [node("ReduceMax", ["x"], ["y"], ["axes": .ints([-1])])], from: 11, to: 1,
      leaves: ["ReduceMax"]),
    ConversionCase(
      "a rank that is not known", [node("Flatten", ["x"], ["y"], ["axis": .int(-1)])],
      inputs: [ValueInfo(name: "x", type: .tensor(.float, nil))], from: 11, to: 10,
      refused: "the rank of input 0 is not known"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
