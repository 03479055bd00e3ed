import TensorCore
import Testing

/// Elements as the numbers in which definitions compute. Expected values: the numbers themselves.
@Suite struct WideNumberTests {
  @Test(arguments: ElementType.allCases.filter { $0.arithmetic != .text && $0.arithmetic != .boolean })
  func smallNumbersComeThrough(_ type: ElementType) {
    let numbers: [Int64] = [0, 1]
    let tensor = Tensor(type, shape: [2], wrapping: numbers)
    guard type.arithmetic != .complex else {
      #expect(tensor.complexes().map(\.real) == [0, 1])
      return
    }
    // float8e8m0 has no 0.
    let first = type == .float8e8m0 ? tensor.doubles()[0] : 0
    #expect(tensor.doubles() == [first, 1])
    if !type.isFloating { #expect(tensor.integers() == numbers) }
  }

  @Test func unsignedNumbersAreNotBitPatterns() {
    let tensor = Tensor(.uint64, shape: [4], wrapping: [1, 2, 3, -1])
    #expect(tensor.doubles() == [1, 2, 3, 18_446_744_073_709_551_616])
    #expect(Tensor(.uint32, shape: [2], wrapping: [1, -1]).doubles() == [1, 4_294_967_295])
    #expect(Tensor(.uint16, shape: [2], wrapping: [1, -1]).doubles() == [1, 65_535])
  }
}
