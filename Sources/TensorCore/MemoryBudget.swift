import Synchronization

/// The memory that one run may take: all values that it holds at a time, and what an operator needs besides.
public final class MemoryBudget: Sendable {
  /// Bytes.
  public let limit: Int
  /// Where blocks come from and go back to; nil for the system alone.
  let pool: BufferPool?
  private let used = Atomic<Int>(0)

  public init(limit: Int, pool: BufferPool? = nil) {
    self.limit = limit
    self.pool = pool
  }

  /// The bytes of the values that were made within the run and still exist.
  public var held: Int { used.load(ordering: .relaxed) }

  fileprivate func take(_ bytes: Int) { used.wrappingAdd(bytes, ordering: .relaxed) }

  fileprivate func giveBack(_ bytes: Int) { used.wrappingSubtract(bytes, ordering: .relaxed) }
}

/// Bytes that count against the budget of a run as long as this exists.
package final class MemoryCharge: Sendable {
  private let budget: MemoryBudget
  private let bytes: Int

  /// Nil outside a run.
  package init?(bytes: Int) {
    guard let budget = MemoryLimit.budget else { return nil }
    self.budget = budget
    self.bytes = bytes
    budget.take(bytes)
  }

  deinit { budget.giveBack(bytes) }
}

/// What may be taken here and now; sizes of values and scratch are asked for through it, so that a model
/// cannot ask for 10^12 elements.
public enum MemoryLimit {
  /// The budget of the run that this belongs to; a session sets it.
  @TaskLocal public static var budget: MemoryBudget?

  /// The limit that the caller of all runs states, if any.
  @TaskLocal public static var stated: Int?

  /// The limit of a run of which nothing else is said.
  public static var standard: Int { stated ?? ofMachine }

  /// 16 GiB, half of the machine's memory, or what the process may have.
  private static let ofMachine: Int = {
    let memory = sysconf(Int32(_SC_PHYS_PAGES)).multipliedReportingOverflow(
      by: sysconf(Int32(_SC_PAGESIZE)))
    var addresses = rlimit()
    let isKnown = getrlimit(addressSpace, &addresses) == 0
    return min(
      16 << 30, memory.overflow || memory.partialValue <= 0 ? .max : memory.partialValue / 2,
      isKnown ? Int(clamping: addresses.rlim_cur) : .max)
  }()

  #if canImport(Glibc)
    private static let addressSpace = __rlimit_resource_t(RLIMIT_AS.rawValue)
  #else
    private static let addressSpace = RLIMIT_AS
  #endif

  /// Bytes that one value may take: the whole budget.
  public static var bytes: Int { budget?.limit ?? standard }

  /// - Throws: `ShapeError` where `count` times `bytes` go beyond what is left.
  public static func check(_ count: Int, times bytes: Int, of what: String) throws {
    let (product, overflow) = count.multipliedReportingOverflow(by: bytes)
    guard !overflow else { throw ShapeError(description: "\(count) \(what) need more than 2^63 bytes") }
    try check(product) { "\(count) \(what) need \(product) bytes" }
  }

  /// - Throws: `ShapeError` where the values of the run take more than it may.
  public static func checkTotal() throws {
    try check(0) { "values are held that need \(budget?.held ?? 0) bytes" }
  }

  static func check(_ bytes: Int, _ what: () -> String) throws {
    let held = budget?.held ?? 0
    guard bytes > self.bytes - held else { return }
    let others = held > 0 && bytes > 0 ? ", beside \(held) that the run holds" : ""
    throw ShapeError(description: "\(what())\(others), over the limit of \(self.bytes)")
  }
}
