import Foundation
import Synchronization

/// Whether the user has pressed Ctrl-C: a run then ends, and what there is of its report is kept.
enum Interruption {
  private static let flag = Atomic(false)

  /// Takes Ctrl-C from now on. A second one ends the program as ever.
  static func watch() {
    signal(SIGINT) { _ in
      Interruption.flag.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    // Whoever started this program may have left the signal blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  static var hasCome: Bool { flag.load(ordering: .relaxed) }
}
