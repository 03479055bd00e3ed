import GraphIR
import TensorCore
import Testing

@testable import OperatorSet

/// Random operators. The generator is held against Random123's known answers; the operators against the moments and
/// sets that their distributions have, and against running them again.
@Suite struct RandomTests {
  @Test func philoxGivesRandom123sKnownAnswers() {
    #expect(
      philox4x32(counter: SIMD4(0, 0, 0, 0), key: SIMD2(0, 0))
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = UInt32.max
    #expect(
      philox4x32(counter: SIMD4(ones, ones, ones, ones), key: SIMD2(ones, ones))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      philox4x32(
        counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        key: SIMD2(0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  private static let count: Int = 20_000
  private static let zeros: Tensor = Tensor(floats: [Float](repeating: 0, count: count), shape: [4, 5000])
  private static let shape: [String: Attribute] = ["shape": .ints([4, 5000])]

  private func run(
    _ name: String, _ attributes: [String: Attribute], _ inputs: [Tensor] = [], opset: Int = 22
  )
    throws -> Tensor
  {
    let (outputs, facts) = try evaluate(name, opset: opset, attributes, inputs.map(Value.tensor))
    #expect(fits(outputs[0], facts[0]))
    guard case .tensor(let tensor) = outputs[0] else { return Tensor(floats: []) }
    return tensor
  }

  private func moments(_ x: [Double]) -> (mean: Double, variance: Double) {
    let mean = x.reduce(0, +) / Double(x.count)
    return (mean, x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count))
  }

  @Test(arguments: [("RandomNormal", false), ("RandomNormalLike", true)])
  func normal(_ name: String, _ isLike: Bool) throws {
    let parameters: [String: Attribute] = ["mean": .float(3), "scale": .float(2), "seed": .float(7)]
    let attributes = isLike ? parameters : parameters.merging(Self.shape) { $1 }
    let y = try run(name, attributes, isLike ? [Self.zeros] : [])
    #expect(y.elementType == .float && y.shape == [4, 5000])
    let (mean, variance) = moments(y.doubles())
    // Six standard errors: 2/√20000 for the mean, 4·√(2/20000) for the variance.
    #expect(abs(mean - 3) < 0.085 && abs(variance - 4) < 0.24, "mean \(mean), variance \(variance)")
  }

  @Test(arguments: [("RandomUniform", false), ("RandomUniformLike", true)])
  func uniform(_ name: String, _ isLike: Bool) throws {
    let parameters: [String: Attribute] = ["low": .float(-1), "high": .float(3), "dtype": .int(11)]
    let attributes = isLike ? parameters : parameters.merging(Self.shape) { $1 }
    let y = try run(name, attributes, isLike ? [Self.zeros] : [])
    #expect(y.elementType == .double && y.shape == [4, 5000])
    let (mean, variance) = moments(y.doubles())
    #expect(abs(mean - 1) < 0.05 && abs(variance - 4 / 3.0) < 0.06, "mean \(mean), variance \(variance)")
    #expect(y.doubles().allSatisfy { -1 <= $0 && $0 < 3 })
  }

  @Test func seedsDecide() throws {
    let first = try run("RandomUniform", ["shape": .ints([3]), "seed": .float(1)])
    #expect(try run("RandomUniform", ["shape": .ints([3]), "seed": .float(1)]).doubles() == first.doubles())
    #expect(try run("RandomUniform", ["shape": .ints([3]), "seed": .float(2)]).doubles() != first.doubles())
    let none = try run("RandomUniform", ["shape": .ints([3])])
    #expect(
      try run("RandomUniform", ["shape": .ints([3]), "seed": .float(.nan)]).doubles() == none.doubles())
  }

  @Test func shapesAndTypes() throws {
    #expect(try run("RandomNormal", ["shape": .ints([])], opset: 1).shape == [])
    #expect(
      try run("RandomNormal", ["shape": .ints([2, 0]), "dtype": .int(10)], opset: 1).elementType == .float16)
    let half = Tensor(.float16, shape: [3], rounding: [0, 0, 0])
    #expect(try run("RandomUniformLike", [:], [half], opset: 1).elementType == .float16)
    let strings = Tensor(strings: ["a", "b"], shape: [2])
    #expect(try run("RandomNormalLike", ["dtype": .int(1)], [strings]).shape == [2])
    expectError(.invalidType, mentioning: "would be string like the input") {
      _ = try run("RandomNormalLike", [:], [strings])
    }
    expectError(.invalidType, mentioning: "would be int64") {
      _ = try run("RandomNormal", ["shape": .ints([2]), "dtype": .int(7)])
    }
    expectError(.invalidType, mentioning: "would be bfloat16") {
      _ = try run("RandomNormal", ["shape": .ints([2]), "dtype": .int(16)], opset: 1)
    }
    expectError(.invalidShape, mentioning: "negative extent") {
      _ = try run("RandomUniform", ["shape": .ints([-1])])
    }
  }

  @Test func randomOperatorsAreNotDeterministic() {
    let all: [any Operator.Type] = [
      RandomNormal.self, RandomNormalLike.self, RandomUniform.self, RandomUniformLike.self, Bernoulli.self,
      Multinomial.self, Dropout.self,
    ]
    #expect(all.allSatisfy { !$0.isDeterministic })
  }

  @Test func bernoulli() throws {
    let p = Tensor(floats: [Float](repeating: 0.25, count: Self.count))
    let y = try run("Bernoulli", ["dtype": .int(9), "seed": .float(5)], [p])
    #expect(y.elementType == .bool)
    #expect(abs(moments(y.doubles()).mean - 0.25) < 0.02)
    let certain = Tensor(floats: [0, 1, 0, 1, 1])
    try OperatorCase(opset: 15, [:], [certain], gives: [certain]).check("Bernoulli")
    for bad: Float in [-0.1, 1.5, .nan] {
      expectError(.invalidValue, mentioning: "[0, 1]") {
        _ = try run("Bernoulli", [:], [Tensor(floats: [bad])])
      }
    }
  }

  @Test func multinomial() throws {
    // Probabilities 0, 1/4 and 3/4, and a row with one class only.
    let quarter = Float(1.3862944)
    let x = Tensor(floats: [-.infinity, -quarter, -0.28768207, -.infinity, 5, -.infinity], shape: [2, 3])
    let y = try run("Multinomial", ["sample_size": .int(10_000), "dtype": .int(7)], [x], opset: 7)
    #expect(y.elementType == .int64 && y.shape == [2, 10_000])
    let draws = y.integers()
    #expect(draws[..<10_000].allSatisfy { $0 == 1 || $0 == 2 } && draws[10_000...].allSatisfy { $0 == 1 })
    let share = Double(draws[..<10_000].filter { $0 == 1 }.count) / 10_000
    #expect(abs(share - 0.25) < 0.026)
    #expect(try run("Multinomial", [:], [x]).elementType == .int32)
    #expect(try run("Multinomial", ["sample_size": .int(0)], [x]).shape == [2, 0])
  }

  @Test func multinomialErrors() {
    let x = Tensor(floats: [0, 1], shape: [1, 2])
    expectError(.invalidShape, mentioning: "rank 1") { _ = try run("Multinomial", [:], [x.reshaped([2])]) }
    expectError(.invalidAttribute, mentioning: "-1") {
      _ = try run("Multinomial", ["sample_size": .int(-1)], [x])
    }
    expectError(.invalidType, mentioning: "would be float") {
      _ = try run("Multinomial", ["dtype": .int(1)], [x])
    }
    let rows: [[Float]] = [[-.infinity, -.infinity], [0, .nan], [.infinity, 0]]
    for row in rows {
      expectError(.invalidValue, mentioning: "must be finite") {
        _ = try run("Multinomial", [:], [Tensor(floats: row, shape: [1, 2])])
      }
    }
    expectError(.invalidValue, mentioning: "must be finite") {
      _ = try run("Multinomial", [:], [Tensor(floats: [], shape: [1, 0])])
    }
  }
}
