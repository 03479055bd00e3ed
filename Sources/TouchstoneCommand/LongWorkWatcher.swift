import Execution
import Synchronization
import TensorCore

/// Says on standard error, once for each node, which one is being computed when that takes long, and once that
/// all takes long where no node does: a model of a few bytes may ask for 2^62 iterations, or for much of each
/// of its nodes.
final class LongWorkWatcher: Sendable {
  private static let patience = Duration.seconds(10)
  /// What is watched, as "the run".
  private let work: String
  private let progress = RunProgress()
  private let begin = ContinuousClock.now

  private struct State {
    /// What is being done besides computing nodes.
    var phase: String?
    /// When the node began that was spoken of last.
    var reported: ContinuousClock.Instant?
    var hasSpoken = false
  }
  private let state = Mutex(State())

  init(_ work: String) { self.work = work }

  /// Runs that are watched, and end where the user wants it.
  var runOptions: RunOptions {
    var options = RunOptions()
    options.progress = progress
    options.checkCancellation = {
      if Interruption.hasCome { throw CancellationError() }
      self.look()
    }
    return options
  }

  /// What is done from now on.
  func note(_ phase: String) { state.withLock { $0.phase = phase } }

  /// Called now and then while something is done.
  func look() {
    let now = ContinuousClock.now
    guard now - begin >= Self.patience else { return }
    let place = progress.place
    let isFirst = state.withLock { !$0.hasSpoken }
    // The first time, the node that took most of it is named.
    let isSlow = place.map { now - $0.begin >= Self.patience / (isFirst ? 2 : 1) } ?? false
    let isNews = state.withLock { state in
      defer { state.hasSpoken = true }
      guard let place, isSlow else { return !state.hasSpoken }
      defer { state.reported = place.begin }
      return state.reported != place.begin
    }
    guard isNews else { return }
    if let place, isSlow {
      let seconds = (now - place.begin).components.seconds
      let iterations = place.iterations > 1 ? ", iteration \(place.iterations)" : ""
      return printToError(
        "\(place.node) takes long: it has been computed for \(seconds) s\(iterations) (\(place.shownPath))")
    }
    let seconds = "\((now - begin).components.seconds) s"
    let phase = state.withLock { $0.phase }.map { ", and is at \(spellingOut($0))" } ?? ""
    let node = place.map { ", now \($0.node) (\($0.shownPath))" } ?? ""
    printToError("\(work) takes long: it has gone on for \(seconds)\(phase)\(node)")
  }
}

extension RunProgress.Place {
  fileprivate var node: String { shown(opType) + (name.isEmpty ? "" : " '\(shown(name))'") }
  fileprivate var shownPath: String { path.joined(separator: " › ") }
}
