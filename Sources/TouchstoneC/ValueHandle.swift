import Synchronization
import Touchstone

/// A value with the texts and numbers that C reads of it, made when first asked for.
final class ValueHandle: Sendable {
  let value: Value

  private struct Views {
    var type: CText?
    var dims: CDims?
    var texts: CTexts?
  }
  private let views = Mutex(Views())

  init(_ value: Value) { self.value = value }

  /// The type string.
  func type() -> UnsafePointer<CChar> {
    views.withLock { $0.type.orMade { CText(value.type.typeString) } }.pointer
  }

  /// The extents of this value's shape.
  func dims(_ shape: [Int]) -> UnsafePointer<Int64> {
    views.withLock { $0.dims.orMade { CDims(shape) } }.pointer
  }

  /// The texts of this value, a string tensor.
  func texts(_ strings: [String]) -> CTexts { views.withLock { $0.texts.orMade { CTexts(strings) } } }
}

extension Optional {
  /// What is there, or else what `make` makes, which then is there.
  fileprivate mutating func orMade(_ make: () -> Wrapped) -> Wrapped {
    if let self { return self }
    let made = make()
    self = made
    return made
  }
}

/// The extents of a shape for C.
final class CDims: @unchecked Sendable {
  // Written in `init` alone.
  let pointer: UnsafePointer<Int64>
  private let memory = CMemory()

  init(_ shape: [Int]) { pointer = memory.array(shape.map(Int64.init)) }
}

/// The elements of a string tensor for C.
final class CTexts: @unchecked Sendable {
  // Written in `init` alone.
  let texts: UnsafePointer<UnsafePointer<CChar>?>
  let lengths: UnsafePointer<Int>
  let count: Int
  private let memory = CMemory()

  init(_ strings: [String]) {
    texts = memory.texts(strings)
    lengths = memory.array(strings.map(\.utf8.count))
    count = strings.count
  }
}
