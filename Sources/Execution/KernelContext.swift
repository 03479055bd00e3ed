import Dispatch

/// What a kernel may use besides its inputs: threads, and which outputs the node names.
public struct KernelContext: Sendable {
  /// Threads within one operator, at least 1.
  public let threadCount: Int
  /// The number of outputs that the node lists; a kernel may leave out those beyond.
  public let outputCount: Int

  public init(threadCount: Int, outputCount: Int = 1) {
    self.threadCount = max(1, threadCount)
    self.outputCount = outputCount
  }

  /// Calls `body` for every chunk 0..<count, perhaps several at a time, and returns when all are done.
  ///
  /// How work is cut into chunks must not depend on the number of threads, so that results never do.
  public func forEachChunk(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if threadCount == 1 || count <= 1 {
      for chunk in 0..<count { body(chunk) }
    } else if count <= threadCount {
      DispatchQueue.concurrentPerform(iterations: count, execute: body)
    } else {
      // Dispatch knows no limit of its own: each of the threads takes every threadCount-th chunk.
      DispatchQueue.concurrentPerform(iterations: threadCount) { thread in
        for chunk in stride(from: thread, to: count, by: threadCount) { body(chunk) }
      }
    }
  }
}
