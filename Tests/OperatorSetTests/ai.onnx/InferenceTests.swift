import GraphIR
import OperatorSet
import TensorCore
import Testing

/// One row: facts in, the dims of an output that must follow; by hand from the operator's formula.
struct InferenceCase: CustomTestStringConvertible, Sendable {
  let name: String
  let opset: Int
  let attributes: [String: Attribute]
  let inputs: [Fact?]
  let output: Int
  let dims: [Dim]?

  var testDescription: String { "\(name) \(attributes) \(inputs.map { "\($0?.type?.description ?? "-")" })" }
}

private let N = Dim.param("N")
private let M = Dim.param("M")
private let any = Dim.unknown

private func float(_ dims: Dim...) -> Fact { .tensor(.float, dims) }
private func int64(_ dims: Dim...) -> Fact { .tensor(.int64, dims) }

/// What is known of an output's extents where names or nothing are known of the inputs'.
@Suite struct InferenceTests {
  private static let reshape: [InferenceCase] = [
    // N stays in its place, where as 0 it would be copied: N·4·3 = N·2·6. Elsewhere it might mean a copy.
    row("Reshape", 21, [float(N, 4, 3), .list([-1, N])], [any, N]),
    row("Reshape", 21, [float(N, 4, 3), .list([N, -1, 2])], [N, 6, 2]),
    row("Reshape", 21, [float(N, 4, M), .list([0, -1])], [N, any]),
    row("Reshape", 21, [float(N, 1, M), .list([0, -1])], [N, M]),
    row("Reshape", 21, [float(N, M), .list([0, 0, -1])], [N, M, 1]),
    // A copied extent counts on both sides, known or not.
    row("Reshape", 21, [float(any, 4, 3), .list([0, -1])], [any, 12]),
    row("Reshape", 21, [float(any, 4, 3), .list([-1, 6])], [any, 6]),
    row("Reshape", 21, [float(N, 4, 3), .list([N, any, 2])], [N, any, 2]),
    // 0 is no factor that cancels.
    row("Reshape", 21, ["allowzero": .int(1)], [float(0, N), .list([0, -1])], [0, any]),
    row("Reshape", 21, [float(2, 3), int64(4)], [any, any, any, any]),
  ]

  private static let others: [InferenceCase] = [
    row("Flatten", 13, ["axis": .int(2)], [float(N, 1, 5, 0)], [N, 0]),
    row("Tile", 13, [float(N, 1, 3), .list([1, M, 2])], [N, M, 6]),
    row("Expand", 13, [float(3, 1, N), int64(4)], [any, 3, any, any]),
    row("Expand", 13, [float(3, 1), .list([any, N])], [3, N]),
    row(
      "Col2Im", 18, ["strides": .ints([2, 3])], [float(N, 12, 8), int64(M), int64(M)], [N, any, any, any]),
    row("ConvTranspose", 22, [float(N, 3, 5, 4), float(3, M, 2, 2)], [N, M, 6, 5]),
    row("ConvTranspose", 22, ["group": .int(3)], [float(N, 3, 5), float(3, M, 2)], [N, any, 6]),
    row("Concat", 13, ["axis": .int(0)], [.list([N, 2]), int64(M)], [any]),
    // Whichever axis is transformed, a whole transform keeps its extent, and one of 8 those of 8.
    row("DFT", 20, [float(N, 8, 5, 1), nil, int64()], [N, 8, 5, 2]),
    row("DFT", 20, [float(N, 8, 5, 1), .constant([8]), int64()], [any, 8, any, 2]),
    row("DFT", 20, ["onesided": .int(1)], [float(N, 8, 1, 1), nil, int64()], [any, any, 1, 2]),
    row("DFT", 20, [float(3, N, 1)], [3, N, 2]),
    row("DFT", 20, ["onesided": .int(1)], [float(3, N, 1)], [3, any, 2]),
  ]

  /// Lists of extents or axes that have another rank than 1 count by their elements, as in evaluation.
  private static let lists: [InferenceCase] = [
    row("ConstantOfShape", 21, [int64(2, 3)], [any, any, any, any, any, any]),
    row("ConstantOfShape", 21, [int64(4, 0)], []),
    row("ConstantOfShape", 21, [int64(4, N)], nil),
    row("Reshape", 21, [float(N), int64(1, 2)], [any, any]),
    row("Expand", 13, [float(2, 3), int64(5, 0)], [2, 3]),
    row("Squeeze", 13, [float(N, M), int64(2, 0)], [any, any]),
    row("Unsqueeze", 13, [float(N, M), int64(1, 2)], [any, any, any, any]),
    row("Tile", 13, [.tensor(.float, nil), int64(1, 2)], [any, any]),
  ]

  private static let states: [InferenceCase] = [
    row(
      "CausalConvWithState", 27, [float(2, N, 7), float(N, 1, M), nil, float(2, N, 3)], output: 1, [2, N, 3]),
    row(
      "LinearAttention", 27,
      ["update_rule": .string("linear"), "q_num_heads": .int(4), "kv_num_heads": .int(2)],
      [float(N, 5, M), float(N, 5, any), float(N, 5, any), float(N, 2, 8, 6)], output: 1, [N, 2, 8, 6]),
    row(
      "Attention", 23, [float(N, 3, 4, 8), float(N, 3, M, 8), float(N, 3, M, 6)], output: 1, [N, 3, M, 8]),
  ]

  private static func row(
    _ name: String, _ opset: Int, _ attributes: [String: Attribute], _ inputs: [Fact?], output: Int = 0,
    _ dims: [Dim]?
  ) -> InferenceCase {
    InferenceCase(
      name: name, opset: opset, attributes: attributes, inputs: inputs, output: output, dims: dims)
  }

  private static func row(_ name: String, _ opset: Int, _ inputs: [Fact?], output: Int = 0, _ dims: [Dim]?)
    -> InferenceCase
  {
    row(name, opset, [:], inputs, output: output, dims)
  }

  @Test(arguments: reshape + others + lists + states)
  func extents(row: InferenceCase) throws {
    let facts = try infer(row.name, opset: row.opset, row.attributes, row.inputs, outputCount: row.output + 1)
    #expect(facts[row.output].dims == row.dims)
  }

  @Test(
    arguments: [
      ("Add", [N, 0, 3], [0, M, 4], [N, M, 7]),
      ("Sub", [N, 5, M], [0, 7, M], [N, -2, any]),
      ("Mul", [N, 0, 1], [1, M, M], [N, 0, M]),
      ("Div", [7, -7, N], [2, 2, 2], [3, -3, any]),
      ("Add", [.value(1 << 62)], [.value(1 << 62)], [.value(Int.min)]),
      ("Mul", [3], [], []),
    ] as [(String, [Dim], [Dim], [Dim])])
  func elements(name: String, a: [Dim], b: [Dim], expected: [Dim]) throws {
    #expect(try infer(name, opset: 14, [:], [.list(a), .list(b)])[0].elements == expected)
  }

  /// 2^30 + 2^30 is not what wraps around in 32 bits, and nothing is known where the division fails.
  @Test func elementsThatWrapOrFailAreUnknown() throws {
    let big = Fact(.tensor(.int32, [1]), elements: [.value(1 << 30)])
    #expect(try infer("Add", opset: 14, [:], [big, big])[0].elements == [any])
    #expect(try infer("Div", opset: 14, [:], [.list([4]), .list([0])])[0].elements == [any])
  }

  @Test func elementsOfPartsAndSizes() throws {
    let joined = try infer("Concat", opset: 13, ["axis": .int(0)], [.list([N, 2]), int64(2)])[0]
    #expect(joined.elements == [N, 2, any, any])
    #expect(try infer("Concat", opset: 13, ["axis": .int(0)], [int64(2), int64(2)])[0].elements == nil)
    #expect(try infer("Size", opset: 13, [:], [float(1, N)])[0].elements == [N])
    #expect(try infer("Size", opset: 13, [:], [float(2, N)])[0].elements == [any])
  }
}
