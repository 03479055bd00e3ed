/// Loops over whole tensors that cannot throw: they go block by block, and leave off where the run is to end.
/// Nobody sees what they leave then.

/// Calls `body` with the positions from 0 up to `count`, block by block, until the run is to end.
///
/// - Returns: how many positions were gone through.
func forEachBlock(of count: Int, _ body: (Range<Int>) -> Void) -> Int {
  let length = WorkBudget.stepsBetweenAskings
  guard count > length else {
    body(0..<count)
    return count
  }
  var pace = WorkPace()
  var start = 0
  while start < count {
    let end = min(start + length, count)
    guard pace.goesOn(end - start) else { return start }
    body(start..<end)
    start = end
  }
  return count
}

extension UnsafeBufferPointer {
  /// `transform` of each element, as `map` gives it; zeros for those that are left.
  func mapInBlocks<T: AdditiveArithmetic>(_ transform: (Element) -> T) -> [T] {
    Array(unsafeUninitializedCapacity: count) { target, filled in
      let done = forEachBlock(of: count) { block in
        for i in block { target.initializeElement(at: i, to: transform(self[i])) }
      }
      target[done..<count].initialize(repeating: .zero)
      filled = count
    }
  }
}

extension Array {
  /// `transform` of each element, as `map` gives it; zeros for those that are left.
  func mapInBlocks<T: AdditiveArithmetic>(_ transform: (Element) -> T) -> [T] {
    withUnsafeBufferPointer { $0.mapInBlocks(transform) }
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Copies bytes to the beginning of these; zeros for those that are left.
  func copyInBlocks(from source: UnsafeRawBufferPointer) {
    let done = forEachBlock(of: source.count) { block in
      UnsafeMutableRawBufferPointer(rebasing: self[block]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: source[block]))
    }
    UnsafeMutableRawBufferPointer(rebasing: self[..<source.count]).zero(from: done)
  }

  /// Writes `transform` of each number; zeros for those that are left.
  func write<Number, T: BitwiseCopyable>(_ numbers: [Number], as transform: (Number) -> T) {
    let target = bindMemory(to: T.self)
    let done = numbers.withUnsafeBufferPointer { numbers in
      forEachBlock(of: numbers.count) { block in for i in block { target[i] = transform(numbers[i]) } }
    }
    zero(from: done * MemoryLayout<T>.stride)
  }

  /// Zeros from `byte` on: what a loop that was ended leaves may still be read as positions.
  func zero(from byte: Int) {
    UnsafeMutableRawBufferPointer(rebasing: self[byte...]).initializeMemory(as: UInt8.self, repeating: 0)
  }
}
