import GraphIR
import OperatorSet
import TensorCore
import Testing

private let integerTypes: [ElementType] = [
  .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64,
]
private let signedTypes: [ElementType] = [.int8, .int16, .int32, .int64]
private let floatTypes: [ElementType] = [.float16, .bfloat16, .float, .double]

/// Sub, Mul, Div, Mod and Pow. Expected values: exact arithmetic, wrapped by hand; for floats IEEE 754 and NumPy.
@Suite struct ArithmeticTests {
  @Test(arguments: [
    NumberCase("Sub", 14, integerTypes, [[7, 5], [2, 5]], gives: [5, 0]),
    NumberCase("Sub", 14, [.uint8], [[3, 0], [5, 1]], gives: [254, 255]),
    NumberCase("Sub", 14, [.int8], [[-128], [1]], gives: [127]),
    NumberCase("Sub", 13, floatTypes, [[1.5, .infinity], [2, .infinity]], gives: [-0.5, .nan]),
    NumberCase("Mul", 14, integerTypes, [[7, 5], [2, 0]], gives: [14, 0]),
    NumberCase("Mul", 14, [.int8, .uint8], [[16], [16]], gives: [0]),
    NumberCase("Mul", 13, floatTypes, [[1.5, 0], [-2, .infinity]], gives: [-3, .nan]),
  ])
  func subtractionAndMultiplication(_ row: NumberCase) throws { try row.check() }

  @Test(arguments: [
    NumberCase("Div", 14, integerTypes, [[7, 6, 0], [2, 3, 5]], gives: [3, 2, 0]),
    NumberCase("Div", 14, signedTypes, [[-7, 7, -7], [2, -2, -2]], gives: [-3, -3, 3]),
    NumberCase("Div", 14, [.int8], [[-128], [-1]], gives: [-128]),
    NumberCase("Div", 7, [.int32], [[-2_147_483_648], [-1]], gives: [-2_147_483_648]),
    NumberCase(
      "Div", 6, [.int64], [[-9_223_372_036_854_775_808], [-1]], gives: [-9_223_372_036_854_775_808]),
    NumberCase(
      "Div", 13, floatTypes, [[1, -1, 0, 3], [0, 0, 0, 4]], gives: [.infinity, -.infinity, .nan, 0.75]),
  ])
  func division(_ row: NumberCase) throws { try row.check() }

  @Test(arguments: [
    NumberCase("Mod", 10, integerTypes, [[7, 6], [4, 3]], gives: [3, 0]),
    NumberCase(
      "Mod", 13, signedTypes, [[-4, 7, 5, 4, -7, 8], [2, -3, 8, -2, 3, 5]], gives: [0, -2, 5, 0, 2, 3]),
    NumberCase(
      "Mod", 13, ["fmod": .int(1)], signedTypes, [[-4, 7, 5, 4, -7, 8], [2, -3, 8, -2, 3, 5]],
      gives: [0, 1, 5, 0, -1, 3]),
    // ONNX 1.5's case test_mod_float_mixed_sign_example, in quarters.
    NumberCase(
      "Mod", 10, [.float, .double], [[-4.25, 7.25, 5, 4.25, -7.25, 8], [2, -3.5, 8, -2, 3.5, 5]],
      gives: [1.75, -3.25, 5, -1.75, 3.25, 3]),
    NumberCase("Mod", 28, [.int8], [[-128], [-1]], gives: [0]),
    NumberCase("Mod", 28, [.int64], [[-9_223_372_036_854_775_808], [-1]], gives: [0]),
    NumberCase(
      "Mod", 13, ["fmod": .int(1)], floatTypes,
      [[-4.5, 7, 5, .infinity, 1, 2], [2, -3, 8, 2, 0, .infinity]],
      gives: [-0.5, 1, 5, .nan, .nan, 2]),
    NumberCase(
      "Mod", 28, floatTypes, [[-4.5, 7, 5, .infinity, 1, 2, 2], [2, -3, 8, 2, 0, .infinity, -.infinity]],
      gives: [1.5, -2, 5, .nan, .nan, 2, -.infinity]),
  ])
  func remainder(_ row: NumberCase) throws { try row.check() }

  @Test func remainderOfZeroHasTheSignOfTheDivisor() throws {
    let (a, b) = (Tensor(floats: [0, -0.0, 4]), Tensor(floats: [-3, 3, -2]))
    let (outputs, _) = try evaluate("Mod", opset: 28, [:], [.tensor(a), .tensor(b)])
    guard case .tensor(let c)? = outputs.first else { return }
    #expect(c.doubles().map(\.sign) == [.minus, .plus, .minus])
  }

  @Test(arguments: [
    NumberCase("Pow", 13, [.int32, .int64], [[-2, -2, 3, 0], [3, 0, 4, 0]], gives: [-8, 1, 81, 1]),
    NumberCase("Pow", 13, [.int32, .int64], [[1, -1, -1, 5], [-3, -3, -2, -1]], gives: [1, -1, 1, 0]),
    NumberCase("Pow", 12, [.int32], [[2, 2], [31, 32]], gives: [-2_147_483_648, 0]),
    NumberCase("Pow", 15, floatTypes, [[4, -2, 2, 0], [0.5, 3, -1, -1]], gives: [2, -8, 0.5, .infinity]),
    NumberCase(
      "Pow", 7, [.float, .double], [[-2, .nan, 2], [0.5, 0, .infinity]], gives: [.nan, 1, .infinity]),
  ])
  func powers(_ row: NumberCase) throws { try row.check() }

  @Test(arguments: [
    OperatorCase(
      opset: 12, [:], [Tensor(floats: [2, -1.5]), Tensor(int64: [-2, 3])],
      gives: [Tensor(floats: [0.25, -3.375])]),
    OperatorCase(
      opset: 15, [:], [Tensor(int64: [2, 9, -8]), Tensor(floats: [3, 0.5, 2])],
      gives: [Tensor(int64: [8, 3, 64])]),
    OperatorCase(
      opset: 15, [:], [Tensor(int64: [3]), Tensor(int64: [39])],
      gives: [Tensor(int64: [4_052_555_153_018_976_267])],
      "exact beyond 2^53"),
    OperatorCase(
      opset: 13, [:], [Tensor(floats: [-1]), Tensor(int64: [1 << 53 + 1])], gives: [Tensor(floats: [-1])],
      "an odd exponent beyond 2^53"),
    OperatorCase(
      opset: 13, [:], [Tensor(int64: [-1, 2]), Tensor(.uint64, shape: [2], wrapping: [-1, 5])],
      gives: [Tensor(int64: [-1, 32])], "an exponent of 2^64 − 1"),
  ])
  func powersOfMixedTypes(_ row: OperatorCase) throws { try row.check("Pow") }

  private static let byZero: [(String, [Int], [Int], String)] = [
    ("Div", [7], [0], "A holds 7"), ("Mod", [7], [0], "A holds 7"), ("Pow", [0], [-2], "exponent -2"),
  ]

  @Test(arguments: byZero)
  func integersHaveNoQuotientByZero(_ name: String, _ a: [Int], _ b: [Int], _ message: String) {
    expectError(.invalidValue, mentioning: message) {
      _ = try evaluate(name, opset: 28, [:], [.tensor(Tensor(int64: a)), .tensor(Tensor(int64: b))])
    }
  }

  @Test func floatsNeedFmodBefore28() {
    let x = Value.tensor(Tensor(floats: [1]))
    expectError(.invalidAttribute, mentioning: "'fmod' = 1") {
      _ = try evaluate("Mod", opset: 13, [:], [x, x])
    }
    expectError(.invalidAttribute, mentioning: "fmod' is 2") {
      _ = try evaluate("Mod", opset: 28, ["fmod": .int(2)], [x, x])
    }
  }

  private static let binary = ["Sub", "Mul", "Div", "Mod", "Pow"]

  @Test(arguments: binary) func broadcasting(_ name: String) throws {
    let (a, b) = (Tensor(int64: [1, 2], shape: [2, 1]), Tensor(int64: [1, 1, 1], shape: [3]))
    let c: [Int] = ["Sub": [0, 0, 0, 1, 1, 1], "Mod": [0, 0, 0, 0, 0, 0]][name] ?? [1, 1, 1, 2, 2, 2]
    try OperatorCase(opset: 28, [:], [a, b], gives: [Tensor(int64: c, shape: [2, 3])]).check(name)
    let empty = Tensor(int64: [], shape: [0, 1])
    try OperatorCase(opset: 28, [:], [empty, b], gives: [Tensor(int64: [], shape: [0, 3])]).check(name)
    expectError(.invalidShape, mentioning: "do not broadcast") {
      _ = try evaluate(name, opset: 28, [:], [.tensor(Tensor(int64: [1, 2])), .tensor(b)])
    }
  }

  @Test(arguments: ["Sub", "Mul", "Div", "Pow"]) func broadcastingBefore7(_ name: String) throws {
    let a = Tensor(floats: [4, 8, 2, 3, 5, 7], shape: [2, 3])
    let b = Tensor(floats: [2, 1])
    let c: [Float]
    switch name {
    case "Sub": c = [2, 6, 0, 2, 4, 6]
    case "Mul": c = [8, 16, 4, 3, 5, 7]
    case "Div": c = [2, 4, 1, 3, 5, 7]
    default: c = [16, 64, 4, 3, 5, 7]
    }
    try OperatorCase(
      opset: 1, ["broadcast": .int(1), "axis": .int(0)], [a, b], gives: [Tensor(floats: c, shape: [2, 3])]
    ).check(name)
    expectError(.invalidShape, mentioning: "'broadcast' is not 1") {
      _ = try evaluate(name, opset: 6, [:], [.tensor(a), .tensor(b)])
    }
    // Only B is repeated, never A.
    expectError(.invalidShape, mentioning: "does not fit") {
      let one = Tensor(floats: [1])
      _ = try evaluate(name, opset: 6, ["broadcast": .int(1)], [.tensor(one), .tensor(b)])
    }
  }

  /// Shapes that cannot fit are known to before a run.
  @Test(arguments: ["Div", "Pow", "Less"]) func shapesBefore7(_ name: String) throws {
    let (n, stretched) = (Dim.param("N"), ["broadcast": Attribute.int(1)])
    func shape(_ a: [Dim], _ b: [Dim]?, _ attributes: [String: Attribute] = [:]) throws -> [Dim]? {
      try infer(name, opset: 1, attributes, [.tensor(.float, a), .tensor(.float, b)])[0].dims
    }
    for b: [Dim]? in [[n, 3], [2, .unknown], [], nil] { #expect(try shape([2, 3], b) == [2, 3]) }
    for b: [Dim] in [[1, 3], [n], [3]] { #expect(try shape([2, 3], b, stretched) == [2, 3]) }
    for b: [Dim] in [[3, 3], [3], [n]] {
      expectError(.invalidShape, mentioning: "'broadcast' is not 1") { _ = try shape([2, 3], b) }
    }
    for b: [Dim] in [[2], [1, 2, 3]] {
      expectError(.invalidShape, mentioning: "does not fit") { _ = try shape([2, 3], b, stretched) }
    }
  }

  @Test func extentsPropagate() throws {
    let n = Dim.param("N")
    #expect(try propagated("Sub", [n, 5], [0, 2]) == [n, 3])
    #expect(try propagated("Mul", [n, 5, n], [1, 2, 3]) == [n, 10, .unknown])
  }

  @Test func elementsOfMatricesDoNotPropagate() throws {
    let (a, b) = (Tensor(int64: [5, 7], shape: [2, 1]), Tensor(int64: [1, 2], shape: [1, 2]))
    for name in ["Add", "Sub", "Mul"] {
      let (_, facts) = try evaluate(name, opset: 14, [:], [.tensor(a), .tensor(b)])
      #expect(facts[0].elements == nil && facts[0].dims == [2, 2])
    }
  }

  private func propagated(_ name: String, _ a: [Dim], _ b: [Dim]) throws -> [Dim]? {
    let (type, version) = try OperatorRegistry.standard.resolve(name, domain: "", opset: 14)
    let node = try NodeAttributes([], version: version, namedInputs: [true, true], namedOutputs: [true])
    let facts = [a, b].map { Fact(.tensor(.int64, [.value($0.count)]), elements: $0) }
    return try type.init(node).infer(Inputs(facts, parameters: version.inputs), NoSubgraphs()).first?.elements
  }
}
