import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The threads that help the caller with the chunks of one loop at a time.
///
/// A loop takes about a microsecond to begin: its chunks are claimed one by one from a single word, by the caller too,
/// who waits only for chunks that somebody has begun. A thread that finds nothing looks again for a while before it
/// sleeps. Where the pool is busy, with another session's loop or with the one that the caller stands in, the caller
/// does all alone.
final class ThreadPool: Sendable {
  static let shared = ThreadPool()

  /// What all threads read and claim from, in one word.
  private struct Loop {
    var word: UInt64
    private static let chunkBits: UInt64 = 18
    private static let threadBits: UInt64 = 8
    private static let chunkMask: UInt64 = 1 << chunkBits - 1
    /// The chunks that one loop may have.
    static let mostChunks = Int(chunkMask) - 1
    /// The threads that one loop may have.
    static let mostThreads = 1 << threadBits - 1

    init(word: UInt64) { self.word = word }

    init(after last: Loop, chunks: Int, threads: Int) {
      let generation = (last.generation + 1) << (2 * Self.chunkBits + Self.threadBits)
      word = generation | UInt64(threads) << (2 * Self.chunkBits) | UInt64(chunks) << Self.chunkBits
    }

    /// Goes up by one with each loop, and wraps.
    var generation: UInt64 { word >> (2 * Self.chunkBits + Self.threadBits) }
    var threads: Int { Int(word >> (2 * Self.chunkBits) & UInt64(Self.mostThreads)) }
    var chunks: Int { Int(word >> Self.chunkBits & Self.chunkMask) }
    /// The chunk that is claimed next.
    var next: Int { Int(word & Self.chunkMask) }
  }

  /// What a chunk does; an address, since it is shared before the threads know of it.
  private struct Body: @unchecked Sendable {
    let run: (_ chunk: Int, _ thread: Int) -> Void
  }

  private let loop = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  /// The address of the loop's body.
  private let body = Atomic<UInt>(0)
  private let isBusy = Atomic<Bool>(false)
  private let helpers = Mutex<[Helper]>([])

  /// A thread of the pool.
  private final class Helper: Sendable {
    let isAsleep = Atomic<Bool>(false)
    let alarm = DispatchSemaphore(value: 0)
  }

  /// How often a thread that has nothing to do looks again before it sleeps: some tens of microseconds.
  private static let patience = 4_000

  /// Calls `body` with every chunk below `chunks` and the number of the thread that runs it, below `threads`; returns
  /// when all are done.
  func forEachChunk(_ chunks: Int, threads: Int, _ body: (_ chunk: Int, _ thread: Int) -> Void) {
    guard chunks <= Loop.mostChunks else {
      let group = (chunks + Loop.mostChunks - 1) / Loop.mostChunks
      return forEachChunk((chunks + group - 1) / group, threads: threads) { first, thread in
        for chunk in (first * group)..<min((first + 1) * group, chunks) { body(chunk, thread) }
      }
    }
    let threads = min(threads, chunks, Loop.mostThreads)
    guard threads > 1,
      isBusy.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
    else {
      for chunk in 0..<chunks { body(chunk, 0) }
      return
    }
    defer { isBusy.store(false, ordering: .releasing) }
    withoutActuallyEscaping(body) { body in
      var shared = Body(run: body)
      withUnsafePointer(to: &shared) { address in
        self.body.store(UInt(bitPattern: address), ordering: .relaxed)
        finished.store(0, ordering: .relaxed)
        let last = Loop(word: loop.load(ordering: .relaxed))
        let current = Loop(after: last, chunks: chunks, threads: threads)
        loop.store(current.word, ordering: .sequentiallyConsistent)
        wake(threads - 1)
        work(current.generation, thread: 0)
        var looks = 0
        while finished.load(ordering: .acquiring) < chunks {
          looks &+= 1
          if looks > 200 { sched_yield() }
        }
      }
    }
  }

  /// Claims chunks of a loop and runs them, until none is left.
  private func work(_ generation: UInt64, thread: Int) {
    while true {
      let seen = Loop(word: loop.load(ordering: .acquiring))
      guard seen.generation == generation, seen.next < seen.chunks else { return }
      let claim = loop.compareExchange(
        expected: seen.word, desired: seen.word + 1, ordering: .acquiringAndReleasing)
      guard claim.exchanged else { continue }
      // The caller waits for this chunk, so the body is still there.
      UnsafePointer<Body>(bitPattern: body.load(ordering: .relaxed))?.pointee.run(seen.next, thread)
      finished.wrappingAdd(1, ordering: .releasing)
    }
  }

  /// Wakes as many helpers, and makes those that are missing.
  private func wake(_ count: Int) {
    helpers.withLock { helpers in
      while helpers.count < count { helpers.append(newHelper(thread: helpers.count + 1)) }
      for helper in helpers.prefix(count) where helper.isAsleep.load(ordering: .sequentiallyConsistent) {
        if helper.isAsleep.exchange(false, ordering: .sequentiallyConsistent) { helper.alarm.signal() }
      }
    }
  }

  private func newHelper(thread: Int) -> Helper {
    let helper = Helper()
    let last = Loop(word: loop.load(ordering: .relaxed)).generation
    DispatchQueue(label: "touchstone.\(thread)", qos: .userInteractive).async { [self] in
      help(helper, thread: thread, last &- 1)
    }
    return helper
  }

  /// What a helper does for ever.
  private func help(_ helper: Helper, thread: Int, _ last: UInt64) -> Never {
    var last = last
    while true {
      var looks = 0
      while Loop(word: loop.load(ordering: .acquiring)).generation == last && looks < Self.patience {
        looks &+= 1
      }
      if Loop(word: loop.load(ordering: .acquiring)).generation == last {
        helper.isAsleep.store(true, ordering: .sequentiallyConsistent)
        // A loop that began meanwhile has perhaps not seen it asleep.
        let hasWork = Loop(word: loop.load(ordering: .sequentiallyConsistent)).generation != last
        if !hasWork || !helper.isAsleep.exchange(false, ordering: .sequentiallyConsistent) {
          helper.alarm.wait()
        }
        continue
      }
      let current = Loop(word: loop.load(ordering: .acquiring))
      last = current.generation
      if thread < current.threads { work(last, thread: thread) }
    }
  }
}
