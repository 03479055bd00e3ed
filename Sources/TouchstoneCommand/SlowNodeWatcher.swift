import Execution
import Synchronization
import TensorCore

/// Says on standard error, once for each node, which one is being computed when that takes long: a model of a
/// few bytes may ask for 2^62 iterations.
final class SlowNodeWatcher: Sendable {
  private static let patience = Duration.seconds(10)
  private let progress: RunProgress
  /// The node that was spoken of last.
  private let reported = Mutex<ContinuousClock.Instant?>(nil)

  init(_ progress: RunProgress) { self.progress = progress }

  /// Called now and then while a node is computed.
  func look() {
    guard let place = progress.place, .now - place.begin >= Self.patience else { return }
    let isNews = reported.withLock { reported in
      defer { reported = place.begin }
      return reported != place.begin
    }
    guard isNews else { return }
    let name = place.name.isEmpty ? "" : " '\(shown(place.name))'"
    let iterations = place.iterations > 1 ? ", iteration \(place.iterations)" : ""
    printToError(
      "\(shown(place.opType))\(name) takes long: it has been computed for \(Self.patience.components.seconds) s"
        + "\(iterations) (\(place.path.joined(separator: " › ")))")
  }
}
