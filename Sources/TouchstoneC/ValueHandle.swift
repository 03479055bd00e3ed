import Synchronization
import Touchstone

/// A value with the texts and numbers that C reads of it, made when first asked for.
final class ValueHandle: @unchecked Sendable {
  let value: Value

  /// A view of strings: texts and lengths.
  struct Texts {
    let texts: UnsafePointer<UnsafePointer<CChar>?>
    let lengths: UnsafePointer<Int>
    let count: Int
  }

  // Guarded by `lock`; what they point to never changes afterwards.
  private var memory: CMemory?
  private var typeText: UnsafePointer<CChar>?
  private var dims: UnsafePointer<Int64>?
  private var texts: Texts?
  private let lock = Mutex(())

  init(_ value: Value) { self.value = value }

  private func remembered<Result>(
    _ place: ReferenceWritableKeyPath<ValueHandle, Result?>, _ make: (CMemory) -> Result
  ) -> Result {
    lock.withLock { _ in
      if let known = self[keyPath: place] { return known }
      let memory = memory ?? CMemory()
      self.memory = memory
      let made = make(memory)
      self[keyPath: place] = made
      return made
    }
  }

  /// The type string.
  func type() -> UnsafePointer<CChar> { remembered(\.typeText) { $0.text(value.type.typeString) } }

  /// The extents of a shape of this value.
  func dims(_ shape: [Int]) -> UnsafePointer<Int64> { remembered(\.dims) { $0.array(shape.map(Int64.init)) } }

  /// The texts of a string tensor.
  func texts(_ strings: [String]) -> Texts {
    remembered(\.texts) { memory in
      Texts(
        texts: memory.texts(strings), lengths: memory.array(strings.map(\.utf8.count)), count: strings.count)
    }
  }
}
