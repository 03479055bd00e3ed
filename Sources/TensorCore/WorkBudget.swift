import Synchronization

/// A run has done all the work that it may.
public struct WorkLimitError: Error, CustomStringConvertible {
  /// Elementary steps.
  public let limit: Int
  public var description: String { "the run takes more than the \(limit) steps of work that it may take" }
}

/// The work that one run may do, in elementary steps: a multiplication, an element visited. While steps are
/// counted the caller is asked whether the run goes on, so that no loop runs on unseen.
public final class WorkBudget: Sendable {
  /// The budget of the run that this belongs to; a session sets it.
  @TaskLocal public static var current: WorkBudget?

  /// Steps after which the caller is asked again: less than a millisecond, but where steps are as dear as
  /// texts.
  public static let stepsBetweenAskings = 1 << 14

  /// Steps.
  public let limit: Int
  private let ask: @Sendable () throws -> Void
  private let done = Atomic<Int>(0)
  private let asked = Atomic<Int>(0)
  private let hasEnded = Atomic<Bool>(false)
  private let reason = Mutex<(any Error)?>(nil)

  /// - Parameter ask: throws where the run is to end.
  public init(limit: Int = .max, asking ask: @escaping @Sendable () throws -> Void = {}) {
    self.limit = limit
    self.ask = ask
  }

  /// The steps that were taken so far.
  public var spent: Int { done.load(ordering: .relaxed) }

  /// Counts steps, and asks the caller where enough have come together.
  ///
  /// - Throws: `WorkLimitError`, or what the caller throws to end the run.
  public func spend(_ steps: Int) throws {
    // No count of steps that a run lives to see overflows.
    let spent = done.wrappingAdd(min(max(steps, 0), 1 << 48), ordering: .relaxed).newValue
    guard spent - asked.load(ordering: .relaxed) >= Self.stepsBetweenAskings || spent > limit else { return }
    asked.store(spent, ordering: .relaxed)
    try check()
  }

  /// Asks the caller, whatever was spent.
  ///
  /// - Throws: as `spend`.
  public func check() throws {
    try checkGoingOn()
    do {
      try ask()
      if spent > limit { throw WorkLimitError(limit: limit) }
    } catch {
      reason.withLock { $0 = $0 ?? error }
      hasEnded.store(true, ordering: .releasing)
      throw error
    }
  }

  /// Whether the run goes on; asks the caller. For loops that cannot throw: they leave off, and whoever waits
  /// for them calls `checkGoingOn`.
  public func goesOn() -> Bool { (try? check()) != nil }

  /// What has ended the run.
  public var end: (any Error)? { hasEnded.load(ordering: .acquiring) ? reason.withLock { $0 } : nil }

  /// - Throws: what has ended the run, if anything has.
  public func checkGoingOn() throws {
    if let end { throw end }
  }
}

/// Counts the steps of a loop for the budget of the run, if there is one; costs next to nothing.
public struct Work {
  /// Steps that are not yet told to the budget.
  @usableFromInline var pending = 0

  /// Steps that a loop may take before it tells.
  @usableFromInline static let slice: UInt = 1 << 12

  @inlinable public init() {}

  /// Counts `steps` before they are taken; at least one, so that a loop over nothing is seen too.
  ///
  /// - Throws: what ends the run.
  @inlinable public mutating func spend(_ steps: Int) throws {
    pending &+= max(steps, 1)
    if UInt(bitPattern: pending) >= Self.slice { try settle() }
  }

  /// Tells the budget what it was not told yet.
  @inlinable public mutating func settle() throws {
    let steps = pending
    pending = 0
    try Work.spend(steps)
  }

  /// Counts the steps of a loop that asks once.
  ///
  /// - Throws: what ends the run.
  public static func spend(_ steps: Int) throws { try WorkBudget.current?.spend(steps) }
}

/// Asks now and then, in a loop that cannot throw, whether the run goes on. Such a loop leaves off where not,
/// and nobody sees what it leaves: the run ends as soon as it can throw.
public struct WorkPace {
  private let budget: WorkBudget?
  private var steps = 0

  public init(_ budget: WorkBudget? = .current) { self.budget = budget }

  /// Whether to take the next `steps`.
  public mutating func goesOn(_ next: Int) -> Bool {
    steps &+= next
    guard steps >= WorkBudget.stepsBetweenAskings else { return true }
    steps = 0
    return budget?.goesOn() ?? true
  }
}

/// Loops of any length count their work: each element takes `steps`, and a run that is to end ends within
/// them.
extension Sequence {
  @inlinable @inline(__always)
  public func forEach(spending steps: Int, _ body: (Element) throws -> Void) throws {
    var work = Work()
    for element in self {
      try work.spend(steps)
      try body(element)
    }
    try work.settle()
  }

  @inlinable @inline(__always)
  public func map<T>(spending steps: Int, _ transform: (Element) throws -> T) throws -> [T] {
    var result: [T] = []
    result.reserveCapacity(underestimatedCount)
    try forEach(spending: steps) { result.append(try transform($0)) }
    return result
  }

  @inlinable @inline(__always)
  public func flatMap<S: Sequence>(
    spending steps: Int, _ transform: (Element) throws -> S
  ) throws -> [S.Element] {
    var result: [S.Element] = []
    try forEach(spending: steps) { result.append(contentsOf: try transform($0)) }
    return result
  }

  @inlinable @inline(__always)
  public func reduce<T>(
    _ initial: T, spending steps: Int, _ combine: (T, Element) throws -> T
  ) throws -> T {
    var result = initial
    try forEach(spending: steps) { result = try combine(result, $0) }
    return result
  }
}
