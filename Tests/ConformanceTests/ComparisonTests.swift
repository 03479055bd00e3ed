import TensorCore
import Testing

@testable import Conformance

/// The rules of `numpy.testing.assert_allclose`, and what ONNX's runner adds.
@Suite struct ComparisonTests {
  private func compare(
    _ got: [Double], _ want: [Double], _ type: ElementType = .float, rtol: Double, atol: Double
  )
    -> Mismatch?
  {
    func tensor(_ values: [Double]) -> Value {
      .tensor(Tensor(type, shape: [values.count], rounding: values))
    }
    return Comparison(Tolerance(rtol: rtol, atol: atol)).compare(tensor(got), with: tensor(want), output: "y")
  }

  @Test func theEdgeOfTheToleranceIsInside() {
    #expect(compare([1.5], [1], .double, rtol: 0.25, atol: 0.25) == nil)
    #expect(compare([1.5000001], [1], .double, rtol: 0.25, atol: 0.25)?.verdict == .wrongValue)
    #expect(compare([0.5], [0], .double, rtol: 10, atol: 0.5) == nil, "rtol is of the value wanted")
    #expect(compare([0.5], [0], .double, rtol: 10, atol: 0.25) != nil)
  }

  @Test func notANumberEqualsItselfOnly() {
    #expect(compare([.nan], [.nan], rtol: 0, atol: 0) == nil)
    #expect(compare([.nan], [1], rtol: 1e9, atol: 1e9) != nil)
    #expect(compare([1], [.nan], rtol: 1e9, atol: 1e9) != nil)
  }

  @Test func infinityEqualsTheSameInfinityOnly() {
    #expect(compare([.infinity, -.infinity], [.infinity, -.infinity], rtol: 0, atol: 0) == nil)
    #expect(compare([-.infinity], [.infinity], rtol: 1e9, atol: 1e9) != nil)
    #expect(compare([1], [.infinity], rtol: 1e9, atol: 1e9) != nil)
    #expect(compare([.infinity], [1], rtol: 1e9, atol: 1e9)?.sufficientRtol == nil)
  }

  @Test func integersHaveTheSameRule() {
    #expect(compare([1_001], [1_000], .int64, rtol: 1e-3, atol: 0) == nil)
    #expect(compare([999], [997], .int64, rtol: 1e-3, atol: 0) != nil)
    #expect(compare([1], [0], .bool, rtol: 1e-3, atol: 1e-7) != nil)
  }

  @Test func bfloat16HasTwoUnitsOfItsOwn() {
    // 1 + 2⁻⁶ is two steps above 1; 1 + 3·2⁻⁷ is three.
    #expect(compare([1.015625], [1], .bfloat16, rtol: 1e-3, atol: 0) == nil)
    #expect(compare([1.0234375], [1], .bfloat16, rtol: 1e-3, atol: 0)?.element?.ulpError == 3)
    #expect(compare([1.015625], [1], .float, rtol: 1e-3, atol: 0) != nil)
  }

  @Test func aMismatchShowsTheWorstElementAndWhatWouldPass() throws {
    let mismatch = try #require(compare([1, 2.5, 4], [1, 2, 3.75], .double, rtol: 0, atol: 0.125))
    #expect(mismatch.wrongCount == 2)
    #expect(mismatch.count == 3)
    #expect(mismatch.element?.index == [1])
    #expect(mismatch.element?.absoluteError == "0.5")
    #expect(mismatch.element?.relativeError == "0.25")
    #expect(mismatch.sufficientAtol == 0.5)
    #expect(mismatch.sufficientRtol == 0.1875)
    #expect("\(mismatch)".contains("would pass with rtol 0.188 or atol 0.5"))
  }

  @Test func shapesAndTypesComeFirst() {
    let comparison = Comparison(.onnx)
    let row = Value.tensor(Tensor(floats: [1, 2], shape: [1, 2]))
    let vector = Value.tensor(Tensor(floats: [1, 2]))
    #expect(comparison.compare(row, with: vector, output: "y")?.verdict == .wrongShape)
    let doubles = Value.tensor(Tensor(.double, shape: [2], elements: [1.0, 2.0]))
    #expect(comparison.compare(doubles, with: vector, output: "y")?.verdict == .wrongType)
    #expect(
      comparison.compare(.sequence([vector], of: .tensor(.float, nil)), with: vector, output: "y")?.verdict
        == .wrongType)
  }

  @Test func sequencesAreComparedElementByElement() {
    let comparison = Comparison(.onnx)
    func sequence(_ numbers: [Float]) -> Value {
      .sequence(numbers.map { .tensor(Tensor(floats: [$0], shape: [])) }, of: .tensor(.float, []))
    }
    #expect(comparison.compare(sequence([1, 2]), with: sequence([1, 2]), output: "s") == nil)
    #expect(comparison.compare(sequence([1, 3]), with: sequence([1, 2]), output: "s")?.output == "s[1]")
    #expect(comparison.compare(sequence([1]), with: sequence([1, 2]), output: "s")?.verdict == .wrongShape)
    let oneD = Value.sequence([.tensor(Tensor(floats: [1]))], of: .tensor(.float, [1]))
    #expect(comparison.compare(oneD, with: sequence([1]), output: "s")?.verdict == .wrongShape)
    let emptyInts = Value.sequence([], of: .tensor(.int64, nil))
    #expect(comparison.compare(emptyInts, with: sequence([]), output: "s")?.verdict == .wrongType)
  }

  @Test func anAbsentOptionalIsNotAPresentOne() {
    let comparison = Comparison(.onnx)
    let one = Value.tensor(Tensor(floats: [1]))
    let type = ValueType.tensor(.float, nil)
    #expect(comparison.compare(.optional(one, of: type), with: one, output: "o") == nil)
    #expect(comparison.compare(.optional(nil, of: type), with: .optional(nil, of: type), output: "o") == nil)
    #expect(comparison.compare(.optional(nil, of: type), with: one, output: "o")?.verdict == .wrongType)
  }

  @Test func mapsAreComparedByKey() {
    func map(_ keys: [String], _ values: [Float]) -> Value {
      .map(
        Map(
          keys: .strings(keys), values: values.map { .tensor(Tensor(floats: [$0], shape: [])) },
          valueType: .tensor(.float, [])))
    }
    let comparison = Comparison(.onnx)
    #expect(
      comparison.compare(map(["a", "b"], [1, 2]), with: map(["b", "a"], [2, 1]), output: "m") == nil)
    #expect(comparison.compare(map(["a"], [1]), with: map(["b"], [1]), output: "m")?.verdict == .wrongValue)
    #expect(comparison.compare(map(["a"], [1]), with: map(["a"], [2]), output: "m")?.output == "m[a]")
  }

  @Test func stringsAreComparedByCodePoint() {
    let comparison = Comparison(.onnx)
    let composed = Value.tensor(Tensor(strings: ["\u{e9}"], shape: [1]))
    let decomposed = Value.tensor(Tensor(strings: ["e\u{301}"], shape: [1]))
    #expect(comparison.compare(composed, with: composed, output: "t") == nil)
    #expect(comparison.compare(composed, with: decomposed, output: "t")?.verdict == .wrongValue)
  }

  @Test func complexNumbersAreComparedByModulus() {
    func tensor(_ number: Complex) -> Value { .tensor(Tensor(.complex128, shape: [1], complex: [number])) }
    let comparison = Comparison(Tolerance(rtol: 0, atol: 5))
    #expect(comparison.compare(tensor(Complex(3, 4)), with: tensor(Complex(0, 0)), output: "z") == nil)
    #expect(comparison.compare(tensor(Complex(3, 4.5)), with: tensor(Complex(0, 0)), output: "z") != nil)
  }
}

/// Distances between neighbours, across zero and to infinity, for wide and narrow formats.
@Suite struct UlpDistanceTests {
  @Test(arguments: [
    (ElementType.float, 1.0, 1.0 + 0x1p-23, UInt64(1)), (.float, -0x1p-149, 0x1p-149, 2),
    (.float, 0.0, -0.0, 0),
    (.double, 1.0, 1.0.nextUp.nextUp, 2), (.float16, 65_504, .infinity, 1), (.bfloat16, 1, 1.015625, 2),
    (.float8e4m3fn, 1, 1.125, 1), (.float8e5m2, -1, 1, 120), (.float4e2m1, 0.5, 6, 6), (.float8e8m0, 1, 8, 3),
  ])
  func countsSteps(_ type: ElementType, _ a: Double, _ b: Double, _ distance: UInt64) {
    let (x, y) = (
      Tensor(type, shape: [1], rounding: [a], saturate: false),
      Tensor(type, shape: [1], rounding: [b], saturate: false)
    )
    #expect(x.ulpDistance(to: y, at: 0) == distance)
    #expect(y.ulpDistance(to: x, at: 0) == distance)
  }

  @Test func thereIsNoneToWhatIsNoNumber() {
    #expect(Tensor(floats: [.nan]).ulpDistance(to: Tensor(floats: [1]), at: 0) == nil)
    #expect(Tensor(int64: [1]).ulpDistance(to: Tensor(int64: [2]), at: 0) == nil)
    #expect(Tensor(floats: [1]).ulpDistance(to: Tensor(.double, shape: [1], elements: [1.0]), at: 0) == nil)
  }
}
