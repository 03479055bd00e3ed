import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Blocks of memory that runs of one session take in turn: what the system gives anew it must first fill with zeros,
/// page by page, which can take longer than an operator.
public final class BufferPool: Sendable {
  /// A block, as long as somebody holds it.
  struct Block: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let byteCount: Int
  }

  private struct State {
    var idle: [Block] = []
    var idleBytes = 0
    var usedBytes = 0
    /// The most that was in use at a time.
    var mostUsed = 0
  }
  private let state = Mutex(State())

  /// Smaller ones come from the system, which keeps such ready itself.
  static let smallestBlock = 1 << 14
  /// What may lie idle beside the most that was in use: blocks that do not fit what is asked for.
  private static let slack = 16 << 20

  public init() {}

  deinit { state.withLock { $0.idle.forEach { $0.base.deallocate() } } }

  /// A block of at least `byteCount` bytes, aligned to 64: of those that lie idle the smallest that is not more than
  /// twice as large.
  func take(_ byteCount: Int) -> Block {
    let found = state.withLock { state -> Block? in
      let fits = state.idle.indices.filter {
        state.idle[$0].byteCount >= byteCount && state.idle[$0].byteCount <= 2 * byteCount
      }
      let best = fits.min { state.idle[$0].byteCount < state.idle[$1].byteCount }
      let block = best.map { state.idle.swapRemove(at: $0) }
      state.idleBytes -= block?.byteCount ?? 0
      state.usedBytes += block?.byteCount ?? byteCount
      state.mostUsed = max(state.mostUsed, state.usedBytes)
      return block
    }
    return found ?? Block(base: Self.allocate(byteCount), byteCount: byteCount)
  }

  /// Pages of this size are asked for where a block holds some of them: loops over rows that lie far apart then need
  /// fewer translations of addresses.
  private static let hugePage = 2 << 20

  private static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    let isHuge = byteCount >= 2 * hugePage
    let base = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: isHuge ? hugePage : 64)
    #if canImport(Glibc)
      // A refusal changes nothing but speed.
      if isHuge { _ = madvise(base, byteCount / hugePage * hugePage, MADV_HUGEPAGE) }
    #endif
    return base
  }

  /// Takes a block back, and lets go of those that have lain idle longest where all take too much.
  func giveBack(_ block: Block) {
    let superfluous = state.withLock { state -> [Block] in
      state.usedBytes -= block.byteCount
      state.idle.append(block)
      state.idleBytes += block.byteCount
      let limit = state.mostUsed + state.mostUsed / 4 + Self.slack
      var superfluous: [Block] = []
      while state.usedBytes + state.idleBytes > limit, !state.idle.isEmpty {
        let oldest = state.idle.removeFirst()
        state.idleBytes -= oldest.byteCount
        superfluous.append(oldest)
      }
      return superfluous
    }
    for block in superfluous { block.base.deallocate() }
  }
}

extension Array {
  /// Removes an element whose place the last one takes.
  fileprivate mutating func swapRemove(at index: Int) -> Element {
    swapAt(index, count - 1)
    return removeLast()
  }
}
