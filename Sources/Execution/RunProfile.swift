import Analysis
import Synchronization
import TensorCore

/// What the nodes of a run take; may be read when the run has ended.
public final class RunProfile: Sendable {
  /// One node, or the nodes that one kernel computes together.
  public struct Entry: Sendable {
    /// The first node's name; empty where it has none.
    public let name: String
    /// `Conv`, or `Conv+Relu` where they are computed together.
    public let opType: String
    /// The kernel that computed it; nil for the definition.
    public let kernel: String?
    /// Where the node stands in the model, as `["main", "node 12"]`.
    public let path: [String]
    /// How many nodes this runs within: 0 for those of the main graph.
    public let depth: Int
    /// Since the profile was made.
    public let start: Duration
    public let duration: Duration
    /// What of it the nodes of its own graphs took.
    public let inner: Duration
    /// Of all outputs.
    public let outputBytes: Int
  }

  private struct State {
    var entries: [Entry] = []
    /// What the nodes at each depth took since the last node around them ended.
    var inner: [Int: Duration] = [:]
  }
  private let begin = ContinuousClock.now
  private let state = Mutex(State())

  public init() {}

  /// In the order in which they ended.
  public var entries: [Entry] { state.withLock { $0.entries } }

  func record(
    _ nodes: [ResolvedNode], kernel: String?, from start: ContinuousClock.Instant, depth: Int,
    _ outputs: [Value?]
  ) {
    let duration = ContinuousClock.now - start
    let bytes = outputs.reduce(0) { sum, value in
      if case .tensor(let tensor)? = value { sum + tensor.byteCount } else { sum }
    }
    state.withLock { state in
      state.entries.append(
        Entry(
          name: nodes[0].name, opType: nodes.map(\.opType).joined(separator: "+"), kernel: kernel,
          path: nodes[0].path, depth: depth, start: start - begin, duration: duration,
          inner: state.inner.removeValue(forKey: depth + 1) ?? .zero, outputBytes: bytes))
      state.inner[depth, default: .zero] += duration
    }
  }
}
