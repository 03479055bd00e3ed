import TensorCore

/// What a kernel may use besides its inputs: threads, scratch, and which outputs the node names.
public struct KernelContext: Sendable {
  /// Threads within one operator, at least 1.
  public let threadCount: Int
  /// The number of outputs that the node lists; a kernel may leave out those beyond.
  public let outputCount: Int
  /// The budget of the run; threads of ours do not inherit what belongs to the run's task.
  private let work: WorkBudget?

  public init(threadCount: Int, outputCount: Int = 1, work: WorkBudget? = nil) {
    self.threadCount = max(1, threadCount)
    self.outputCount = outputCount
    self.work = work
  }

  /// Whether the run goes on; asks the caller. Kernels leave off where not, and nobody sees what they leave.
  public func goesOn() -> Bool { work?.goesOn() ?? true }

  /// The same for a loop of many steps.
  public var pace: WorkPace { WorkPace(work) }

  /// Calls `body` for every chunk 0..<count, perhaps several at a time, and returns when all are done, or the
  /// run is cancelled.
  ///
  /// How work is cut into chunks must not depend on the number of threads, so that results never do.
  public func forEachChunk(_ count: Int, _ body: (Int) -> Void) {
    ThreadPool.shared.forEachChunk(count, threads: threadCount) { chunk, _ in
      if goesOn() { body(chunk) }
    }
  }

  /// Calls `body` for every row 0..<count of `length` elements each, as many at a time as are worth it.
  public func forEachRow(_ count: Int, length: Int, _ body: (Int) -> Void) {
    let rows = max(1, (1 << 14) / max(1, length))
    forEachChunk((count + rows - 1) / rows) { chunk in
      for row in (chunk * rows)..<min((chunk + 1) * rows, count) { body(row) }
    }
  }

  /// Calls `body` for every chunk with `floats` of scratch, uninitialised.
  ///
  /// - Throws: `ShapeError` where the run may not take as much memory.
  public func forEachChunk(
    _ count: Int, scratch floats: Int, _ body: (Int, UnsafeMutablePointer<Float>) -> Void
  ) throws {
    let threads = max(1, min(threadCount, count))
    // Whole pages lie between the threads' parts.
    let bytes = (floats * MemoryLayout<Float>.stride + 4_095) / 4_096 * 4_096
    try MemoryLimit.check(threads, times: bytes, of: "parts of scratch")
    let scratch = Storage(byteCount: threads * bytes)
    withExtendedLifetime(scratch) {
      ThreadPool.shared.forEachChunk(count, threads: threads) { chunk, thread in
        if goesOn() { body(chunk, (scratch.base + thread * bytes).assumingMemoryBound(to: Float.self)) }
      }
    }
  }
}
