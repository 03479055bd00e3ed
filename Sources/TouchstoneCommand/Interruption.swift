import Foundation
import Synchronization

/// Whether the run is to end, by Ctrl-C, SIGTERM or SIGHUP: what there is of its report is then kept, and
/// temporary files are taken away.
enum Interruption {
  private static let flag = Atomic(false)

  /// Takes these signals from now on. A second one of a kind ends the program as ever.
  static func watch() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // `nohup` has a program ignore SIGHUP, and that is meant.
      if number == SIGHUP, isIgnored(number) { continue }
      signal(number) { number in
        Interruption.flag.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
      sigaddset(&signals, number)
    }
    // Whoever started this program may have left the signals blocked.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// From now on a signal ends the program at once, as before `watch`.
  static func stopWatching() {
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) { signal(number, SIG_DFL) }
  }

  static func isIgnored(_ number: Int32) -> Bool {
    let before = signal(number, SIG_IGN)
    signal(number, before)
    return unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  static var hasCome: Bool { flag.load(ordering: .relaxed) }
}
