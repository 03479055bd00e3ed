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

  /// Weights stay where they lie in a file, at addresses of any kind.
  @Test(arguments: ElementType.allCases.filter { $0.arithmetic != .text }, [1, 3, 8])
  func elementsAtAnyAddress(_ type: ElementType, _ offset: Int) {
    let aligned = Tensor(type, shape: [5, 8], wrapping: (0..<40).map { $0 % 2 })
    let bytes = [UInt8](repeating: 0, count: offset) + aligned.withUnsafeBytes { Array($0) }
    let storage = bytes.withUnsafeBytes { bytes in
      let storage = Storage(byteCount: bytes.count)
      storage.base.copyMemory(
        from: bytes.baseAddress ?? UnsafeRawPointer(storage.base), byteCount: bytes.count)
      return storage
    }
    let tensor = Tensor(type, shape: [5, 8], storage: storage, byteOffset: offset)
    #expect(tensor.complexes() == aligned.complexes())
    if type.arithmetic != .complex { #expect(tensor.integers() == aligned.integers()) }
    #expect(tensor.transposed([1, 0]).complexes() == aligned.transposed([1, 0]).complexes())
    let chosen = [39, 0, 7]
    #expect(
      tensor.selecting(chosen, shape: [3]).complexes() == aligned.selecting(chosen, shape: [3]).complexes())
  }
}
