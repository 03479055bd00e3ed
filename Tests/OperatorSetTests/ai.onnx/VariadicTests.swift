import GraphIR
import OperatorSet
import TensorCore
import Testing

private let floatTypes: [ElementType] = [.float16, .bfloat16, .float, .double]
private let integerTypes: [ElementType] = [.int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64]

/// Min, Max, Sum and Mean. Expected values: exact arithmetic; NaN as in NumPy's minimum and maximum.
@Suite struct VariadicTests {
  @Test(arguments: [
    NumberCase(
      "Min", 13, floatTypes, [[3, 2, .nan, 1], [1, 4, 0, .nan], [2, 5, 1, 0]], gives: [1, 2, .nan, .nan]),
    NumberCase(
      "Max", 13, floatTypes, [[3, 2, .nan, 1], [1, 4, 0, .nan], [2, 5, 1, 0]], gives: [3, 5, .nan, .nan]),
    NumberCase("Min", 12, integerTypes, [[3, 2], [1, 4]], gives: [1, 2]),
    NumberCase("Max", 12, integerTypes, [[3, 2], [1, 4]], gives: [3, 4]),
    NumberCase("Max", 12, [.int8], [[-128, -1], [-127, -2]], gives: [-127, -1]),
    NumberCase("Sum", 13, floatTypes, [[3, 0.5], [1, .infinity], [-2, 1]], gives: [2, .infinity]),
    NumberCase("Mean", 13, floatTypes, [[3, 0.5], [1, .infinity], [-1, 1]], gives: [1, .infinity]),
    NumberCase("Sum", 8, [.float], [[3, 0.5]], gives: [3, 0.5]),
    NumberCase("Mean", 1, [.double], [[3, 0.5]], gives: [3, 0.5]),
    NumberCase("Min", 1, [.float16], [[3, 0.5]], gives: [3, 0.5]),
    NumberCase("Sum", 13, [.double], [[1e100], [1], [-1e100]], gives: [1]),
    NumberCase("Sum", 13, [.float16], [[2048], [1], [1]], gives: [2050]),
  ])
  func table(_ row: NumberCase) throws { try row.check() }

  /// A sum begins with its first term, so that −0 stays what it is, as IEEE 754 adds.
  @Test(arguments: ["Sum", "Mean"])
  func negativeZeros(_ name: String) throws {
    let zero = Value.tensor(Tensor(floats: [-0.0, -0.0, 0]))
    let other = Value.tensor(Tensor(floats: [-0.0, 0, -0.0]))
    let (outputs, _) = try evaluate(name, opset: 13, [:], [zero, other])
    #expect(bits(outputs) == [0x8000_0000, 0, 0])
  }

  @Test func negativeZerosOfReductions() throws {
    let zeros = Value.tensor(Tensor(floats: [-0.0, -0.0]))
    let axis = Value.tensor(Tensor(int64: [0]))
    for name in ["ReduceSum", "ReduceMean"] {
      #expect(bits(try evaluate(name, opset: 18, [:], [zeros, axis]).outputs) == [0x8000_0000])
    }
    let line = Value.tensor(Tensor(floats: [-0.0, -0.0, 1]))
    #expect(
      bits(try evaluate("CumSum", opset: 14, [:], [line, axis]).outputs) == [
        0x8000_0000, 0x8000_0000, 0x3F80_0000,
      ])
    let none = Value.tensor(Tensor(floats: [], shape: [0]))
    #expect(bits(try evaluate("ReduceSum", opset: 18, [:], [none, axis]).outputs) == [0])
  }

  @Test func clipKeepsWhatEqualsABound() throws {
    let inputs = [[0, -0.0], [-0.0]].map {
      Value.tensor(Tensor(floats: $0, shape: $0.count == 1 ? [] : [$0.count]))
    }
    #expect(bits(try evaluate("Clip", opset: 13, [:], inputs).outputs) == [0, 0x8000_0000])
  }

  private func bits(_ values: [Value]) -> [UInt32] {
    guard case .tensor(let tensor)? = values.first else { return [] }
    return tensor.withElements(Float.self) { $0.map(\.bitPattern) }
  }

  @Test func uint64IsComparedUnsigned() throws {
    let (a, b) = (Tensor(.uint64, shape: [1], wrapping: [-1]), Tensor(.uint64, shape: [1], wrapping: [1]))
    try OperatorCase(opset: 13, [:], [a, b], gives: [a]).check("Max")
    try OperatorCase(opset: 13, [:], [a, b], gives: [b]).check("Min")
  }

  private static let names = ["Min", "Max", "Sum", "Mean"]

  @Test(arguments: names) func shapes(_ name: String) throws {
    let (a, b) = (Tensor(floats: [4, 8], shape: [2, 1, 1]), Tensor(floats: [2, 6, 10], shape: [3, 1]))
    let c = Tensor(floats: [0])
    let (min, max): ([Float], [Float]) = ([0, 0, 0, 0, 0, 0], [4, 6, 10, 8, 8, 10])
    let sum: [Float] = [6, 10, 14, 10, 14, 18]
    let want = ["Min": min, "Max": max, "Sum": sum][name] ?? sum.map { $0 / 3 }
    try OperatorCase(opset: 8, [:], [a, b, c], gives: [Tensor(floats: want, shape: [2, 3, 1])]).check(name)
    let empty = Tensor(floats: [], shape: [1, 0])
    try OperatorCase(opset: 13, [:], [empty, b], gives: [Tensor(floats: [], shape: [3, 0])]).check(name)
    expectError(.invalidShape, mentioning: "must have the same shape") {
      _ = try evaluate(name, opset: 6, [:], [.tensor(a), .tensor(b)])
    }
    expectError(.invalidShape, mentioning: "do not broadcast") {
      _ = try evaluate(
        name, opset: 8, [:], [.tensor(Tensor(floats: [1, 2])), .tensor(Tensor(floats: [1, 2, 3]))])
    }
  }

  @Test func dimsOfEqualShapesAreMerged() throws {
    let (type, version) = try OperatorRegistry.standard.resolve("Sum", domain: "", opset: 6)
    let node = try NodeAttributes([], version: version, namedInputs: [true, true], namedOutputs: [true])
    let facts: [Fact] = [.tensor(.float, [.param("N"), .unknown]), .tensor(.float, [.unknown, 3])]
    let result = try type.init(node).infer(Inputs(facts, parameters: version.inputs), NoSubgraphs())
    #expect(result.first?.dims == [.param("N"), 3])
  }
}
