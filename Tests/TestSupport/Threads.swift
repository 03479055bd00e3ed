import Foundation
import Synchronization

/// What `body` gives in each of so many threads that go on at once, in the order of their numbers.
public func inThreads<R: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) throws -> R
) -> [Result<R, any Error>] {
  let results = Results<R>()
  let group = DispatchGroup()
  for index in 0..<count {
    group.enter()
    Thread.detachNewThread {
      let result = Result { try body(index) }
      results.byThread.withLock { $0[index] = result }
      group.leave()
    }
  }
  group.wait()
  return results.byThread.withLock { $0.sorted { $0.key < $1.key }.map(\.value) }
}

private final class Results<R: Sendable>: Sendable {
  let byThread = Mutex<[Int: Result<R, any Error>]>([:])
}
