import GraphIR
import TensorCore
import Testing

/// Expected values: outside training the input itself; in training the equation, given the mask that came out.
@Suite struct DropoutTests {
  private static let x: Tensor = Tensor(floats: [1, -2, 3, .nan, 5, 6], shape: [2, 3])
  private static let kept: Tensor = Tensor(bools: [true, true, true, true, true, true], shape: [2, 3])
  private static let ones: Tensor = Tensor(floats: [1, 1, 1, 1, 1, 1], shape: [2, 3])
  private static let half: Tensor = Tensor(floats: [0.5], shape: [])

  @Test(arguments: [
    OperatorCase(opset: 1, ["is_test": .int(1)], [x], gives: [x, ones], "is_test, mask of the type of data"),
    OperatorCase(opset: 6, ["is_test": .int(1), "ratio": .float(0.9)], [x], gives: [x], "without mask"),
    OperatorCase(opset: 7, [:], [x], gives: [x, ones], "7 has no training"),
    OperatorCase(
      opset: 10, ["ratio": .float(0.9)], [x], gives: [x, kept], "10 has none either; mask is bool"),
    OperatorCase(opset: 12, [:], [x], gives: [x, kept], "training_mode omitted"),
    OperatorCase(
      opset: 13, [:], [x, half, Tensor(bools: [false], shape: [])], gives: [x, kept], "not training"),
    OperatorCase(
      opset: 22, [:], [x, Tensor(floats: [0], shape: []), Tensor(bools: [true], shape: [])],
      gives: [x, kept],
      "ratio 0"),
    OperatorCase(
      opset: 22, [:], [Tensor(floats: [], shape: [0, 2]), nil, Tensor(bools: [true], shape: [])],
      gives: [Tensor(floats: [], shape: [0, 2]), Tensor(bools: [], shape: [0, 2])], "empty"),
  ])
  func inference(_ row: OperatorCase) throws { try row.check("Dropout") }

  private static let ratios: [(Int, Double)] = [(1, 0.5), (6, 0.25), (12, 0.25), (13, 0.5), (22, 0.75)]

  @Test(arguments: ratios) func training(_ opset: Int, _ ratio: Double) throws {
    let count = 10_000
    let x = Tensor(.float, shape: [count], rounding: (0..<count).map { Double($0 % 7) - 3 })
    let isInput = opset >= 12
    let inputs: [Value?] =
      isInput
      ? [
        .tensor(x), .tensor(Tensor(.float, shape: [], rounding: [ratio])),
        .tensor(Tensor(bools: [true], shape: [])),
      ] : [.tensor(x)]
    let attributes: [String: Attribute] = isInput ? ["seed": .int(4)] : ["ratio": .float(Float(ratio))]
    let (outputs, facts) = try evaluate("Dropout", opset: opset, attributes, inputs, outputCount: 2)
    guard case .tensor(let y) = outputs[0], case .tensor(let mask) = outputs[1] else { return }
    #expect(mask.elementType == (opset < 10 ? .float : .bool) && fits(outputs[1], facts[1]))
    let m = mask.doubles()
    let want = zip(x.doubles(), m).map { $0 * $1 / (1 - ratio) }
    #expect(y.doubles() == Tensor(.float, shape: [count], rounding: want).doubles())
    #expect(abs(m.reduce(0, +) / Double(count) - (1 - ratio)) < 0.03)
  }

  @Test func ratioOfAnotherType() throws {
    let (outputs, _) = try evaluate(
      "Dropout", opset: 22,
      [:],
      [
        .tensor(Tensor(.bfloat16, shape: [4], rounding: [1, 1, 1, 1])),
        .tensor(Tensor(.float8e5m2, shape: [], rounding: [0.5])), .tensor(Tensor(bools: [true], shape: [])),
      ])
    guard case .tensor(let y) = outputs[0] else { return }
    #expect(y.elementType == .bfloat16 && y.doubles().allSatisfy { $0 == 0 || $0 == 2 })
    #expect(outputs.count == 1)
  }

  @Test func ratioIsAShare() {
    for ratio: Float in [1, -0.5, .nan] {
      expectError(.invalidValue, mentioning: "[0, 1)") {
        _ = try evaluate(
          "Dropout", opset: 13,
          [:],
          [
            .tensor(Self.x), .tensor(Tensor(floats: [ratio], shape: [])),
            .tensor(Tensor(bools: [true], shape: [])),
          ])
      }
    }
  }
}
