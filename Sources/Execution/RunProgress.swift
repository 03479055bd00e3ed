import Analysis
import Synchronization

/// Where a run stands, for whoever waits for it; may be read from any thread.
public final class RunProgress: Sendable {
  /// A node of the main graph that is being computed.
  public struct Place: Sendable {
    /// The node's name; empty where it has none.
    public let name: String
    public let opType: String
    /// Where the node stands in the model, as `["main", "node 12"]`.
    public let path: [String]
    public let begin: ContinuousClock.Instant
    /// How often the node has run a graph of its own: the iterations of a loop.
    public internal(set) var iterations = 0
  }

  private let state = Mutex<Place?>(nil)

  public init() {}

  /// Nil before the first node and after the last.
  public var place: Place? { state.withLock { $0 } }

  func begin(_ node: ResolvedNode) {
    let place = Place(name: node.name, opType: node.opType, path: node.path, begin: .now)
    state.withLock { $0 = place }
  }

  func end() { state.withLock { $0 = nil } }

  func countIteration() { state.withLock { $0?.iterations += 1 } }
}
