import Testing

@testable import TensorCore

/// Conversions and copies of whole tensors, which leave off where the run is to end.
@Suite struct BlockTests {
  private struct Tired: Error {}
  private static let count = 4 * WorkBudget.stepsBetweenAskings

  /// What `body` gives in a run that ends at the second asking.
  private func tired<Result>(_ body: () -> Result) -> Result {
    nonisolated(unsafe) var askings = 0
    let budget = WorkBudget {
      askings += 1
      if askings > 1 { throw Tired() }
    }
    return WorkBudget.$current.withValue(budget, operation: body)
  }

  @Test(arguments: [
    ElementType.float, .double, .float16, .bfloat16, .int8, .int64, .uint64, .float8e4m3fn, .bool,
  ])
  func conversionsLeaveOff(type: ElementType) {
    let tensor = Tensor(type, shape: [Self.count], rounding: [Double](repeating: 1, count: Self.count))
    #expect(tensor.doubles().allSatisfy { $0 == 1 } && tensor.integers().allSatisfy { $0 == 1 })
    let left = tired { tensor.doubles() }
    #expect(left.count == Self.count && left.last == 0)
    let ints = tired { tensor.integers() }
    #expect(ints.count == Self.count && ints.last == 0)
  }

  @Test(arguments: [ElementType.float, .double, .float16, .int32, .uint4, .complex64])
  func roundingLeavesOff(type: ElementType) {
    let numbers = [Double](repeating: 1, count: Self.count)
    let left = tired { Tensor(type, shape: [Self.count], rounding: numbers) }
    #expect(left.count == Self.count)
    #expect(left.complexes().last?.real == 0)
  }

  @Test func joiningAndRepeatingLeaveOff() {
    let row = Tensor(floats: [Float](repeating: 1, count: Self.count))
    let joined = tired { Tensor.joining([row, row], as: .float, shape: [2 * Self.count]) }
    #expect(joined.doubles().first == 1 && joined.doubles().last == 0)
    let repeated = tired { Tensor(floats: [1], shape: []).repeated([Self.count]) }
    #expect(repeated.doubles().first == 1 && repeated.doubles().last == 0)
  }

  /// Long axes are gone along in several runs.
  @Test func longAxesAreWhole() {
    let length = 3 * WorkBudget.stepsBetweenAskings + 5
    let tensor = Tensor(int64: Array(0..<(2 * length)), shape: [2, length])
    #expect(tensor.transposed([1, 0]).transposed([1, 0]).ints() == Array(0..<(2 * length)))
    #expect(
      tensor.strided(shape: [length], strides: [-2], offset: 2 * (length - 1)).ints().first == 2 * length - 2)
    #expect(tensor.elements(length..<(length + 2)).ints() == [length, length + 1])
  }
}
