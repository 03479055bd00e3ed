import Dispatch
import TensorCore

/// What a kernel may use besides its inputs: threads, and which outputs the node names.
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
  public func forEachChunk(_ count: Int, _ body: @Sendable (Int) -> Void) {
    @Sendable func run(_ chunk: Int) {
      if goesOn() { body(chunk) }
    }
    if threadCount == 1 || count <= 1 {
      for chunk in 0..<count { run(chunk) }
    } else if count <= threadCount {
      DispatchQueue.concurrentPerform(iterations: count, execute: run)
    } else {
      // Dispatch knows no limit of its own: each of the threads takes every threadCount-th chunk.
      DispatchQueue.concurrentPerform(iterations: threadCount) { thread in
        for chunk in stride(from: thread, to: count, by: threadCount) { run(chunk) }
      }
    }
  }
}
