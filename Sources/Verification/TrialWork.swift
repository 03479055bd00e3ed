import Execution
import Synchronization
import TensorCore

/// How much work the trials of a model take. Where a number that is made up says how often a loop runs, a trial
/// would not end: one that takes much more than those before it is given up.
final class TrialWork: Sendable {
  /// Steps of work and nodes of the longest run that came to its end; nil where none did.
  private let most = Mutex<Int?>(nil)

  /// How many times the work of those before, and how much besides, a trial may take.
  private static let (factor, slack) = (16, 1 << 12)

  /// What the next run may take; the first may take any.
  var limit: Int {
    guard let most = most.withLock({ $0 }) else { return .max }
    let (product, overflows) = most.multipliedReportingOverflow(by: Self.factor)
    return overflows || product > .max - Self.slack ? .max : product + Self.slack
  }

  /// All outputs of a session, by a run whose work is limited and counted.
  func run(_ session: Session, _ inputs: NamedValues) throws -> NamedValues {
    var options = RunOptions()
    let (limit, nodes, spent, goOn) = (limit, SharedCount(), SharedCount(), options.checkCancellation)
    options.workLimit = limit
    options.checkCancellation = {
      try goOn()
      if nodes.value > limit { throw TrialTakesTooLong() }
    }
    options.disturbance = { _, _, outputs in
      nodes.grow(by: 1)
      spent.raise(to: WorkBudget.current?.spent ?? 0)
      return outputs
    }
    let outputs = try session.run(inputs, fetching: session.outputs.map(\.name), options: options)
    most.withLock { $0 = max($0 ?? 0, nodes.value + spent.value) }
    return outputs
  }
}

private struct TrialTakesTooLong: Error {}

/// A number that only grows, for closures that any thread may call.
private final class SharedCount: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  func grow(by steps: Int) { count.withLock { $0 += steps } }
  func raise(to other: Int) { count.withLock { $0 = max($0, other) } }
}
