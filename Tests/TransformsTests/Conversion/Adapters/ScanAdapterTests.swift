import GraphIR
import TensorCore
import Testing

@testable import Transforms

/// Expected operators: by hand; values: those of the model before.
@Suite struct ScanAdapterTests {
  private static let body = Graph(
    name: "body", nodes: [node("Add", ["s", "e"], ["t"]), node("Mul", ["t", "e"], ["u"])],
    inputs: [float("s", 2), float("e", 2)], outputs: [float("t", 2), float("u", 2)])
  private static func scan(_ inputs: [String], _ attributes: [String: Attribute] = [:]) -> [Node] {
    [
      node(
        "Scan", inputs, ["y", "z"],
        attributes.merging(["body": .graph(body), "num_scan_inputs": .int(1)]) { a, _ in a })
    ]
  }
  private static let batch = [float("i", .param("N"), 2), float("x", .param("N"), 3, 2)]
  private static let plain = [float("i", 2), float("x", 3, 2)]

  @Test(arguments: [
    ConversionCase(
      "a batch", scan(["", "i", "x"]), inputs: batch, outputs: ["y", "z"], from: 8, to: 25, leaves: ["Scan"]),
    ConversionCase(
      "a batch backwards", scan(["", "i", "x"], ["directions": .ints([1])]), inputs: batch,
      outputs: ["y", "z"],
      from: 8, to: 9, leaves: ["Scan"]),
    ConversionCase(
      "lengths of sequences", scan(["l", "i", "x"]),
      inputs: batch + [ValueInfo(name: "l", type: .tensor(.int64, [.param("N")]))], from: 8, to: 9,
      refused: "sequence_lens is given"),
    ConversionCase(
      "no batch", scan(["i", "x"], ["scan_input_directions": .ints([1])]), inputs: plain,
      outputs: ["y", "z"],
      from: 25, to: 8, leaves: ["Unsqueeze", "Unsqueeze", "Scan", "Squeeze", "Squeeze"]),
    ConversionCase(
      "a negative axis",
      scan(["i", "x"], ["scan_input_axes": .ints([-2]), "scan_output_axes": .ints([-2])]),
      inputs: plain, outputs: ["y", "z"], from: 11, to: 8,
      leaves: ["Unsqueeze", "Unsqueeze", "Scan", "Squeeze", "Squeeze"]),
    ConversionCase(
      "another axis", scan(["i", "x"], ["scan_output_axes": .ints([1])]), inputs: plain, outputs: ["y", "z"],
      from: 9, to: 8, refused: "scan_output_axes is not all 0"),
  ])
  func conversions(_ test: ConversionCase) throws { try test.check() }
}
