import Execution
import Glibc
import Workers

/// Deals cases to worker processes and collects what becomes of them.
struct WorkerPool {
  let launch: WorkerLaunch
  let jobs: Int
  /// Seconds that one case may take.
  let timeout: Double
  let isInterrupted: @Sendable () -> Bool
  let request: (ConformanceCase) -> CaseRequest

  /// A worker with what it is at.
  private final class Seat {
    let process: WorkerProcess
    var isGreeted = false
    var current: Int?
    var deadline: ContinuousClock.Instant

    init(_ process: WorkerProcess, deadline: ContinuousClock.Instant) {
      self.process = process
      self.deadline = deadline
    }
  }

  /// How often in a row workers may fail to start before the run gives up. A worker that dies of a case needs
  /// no such limit: it takes its case with it.
  private static let startAttempts = 3

  /// Milliseconds after which an interruption is noticed at the latest, though another thread took its
  /// signal.
  private static let patience: Int64 = 500

  /// Tries every case; `finished` hears of each as soon as its verdict is there.
  func run(_ cases: [ConformanceCase], finished: (Int, CaseReport) -> Void) throws {
    signal(SIGPIPE, SIG_IGN)
    var next = 0
    var failedStarts = 0
    var seats: [Seat] = []
    defer { for seat in seats { _ = seat.process.end(kill: true) } }
    func deadline() -> ContinuousClock.Instant { ContinuousClock.now.advanced(by: .seconds(timeout)) }
    func busyCount() -> Int { seats.count { $0.current != nil } }

    while !isInterrupted(), next < cases.count || busyCount() > 0 {
      // Those that have no case yet take the next ones.
      while seats.count < min(jobs, cases.count - next + busyCount()), next < cases.count {
        seats.append(Seat(try WorkerProcess(launch), deadline: deadline()))
      }
      for seat in seats where seat.isGreeted && seat.current == nil && next < cases.count {
        // Where the worker has died meanwhile, its end is seen below and the case waits for another.
        guard try seat.process.send(request(cases[next])) else { continue }
        seat.current = next
        seat.deadline = deadline()
        next += 1
      }
      let events = wait(for: seats)
      if isInterrupted() { return }
      for (index, event) in events.enumerated().reversed() where event != .nothing {
        let seat = seats[index]
        guard let ending = try handle(event, of: seat, finished) else {
          if seat.isGreeted { failedStarts = 0 }
          continue
        }
        seats.remove(at: index)
        if let current = seat.current {
          finished(current, ending)
        } else if !seat.isGreeted {
          failedStarts += 1
          guard failedStarts < Self.startAttempts else {
            throw CorpusError(description: "workers do not start: \(ending.detail)")
          }
        }
      }
    }
  }

  /// Takes what a worker has sent.
  ///
  /// - Returns: what its end means for its case; nil where it lives on.
  private func handle(
    _ event: Event, of seat: Seat, _ finished: (Int, CaseReport) -> Void
  ) throws -> CaseReport? {
    switch event {
    case .nothing: return nil
    case .gone: return CaseReport(.crash, seat.process.end(kill: false).sentence)
    case .late:
      _ = seat.process.end(kill: true)
      return CaseReport(.timeout, "no answer within \(timeout) s")
    case .data:
      do {
        try take(from: seat, finished)
        return nil
      } catch let damage as DamagedMessage {
        _ = seat.process.end(kill: true)
        return CaseReport(.crash, damage.description)
      }
    }
  }

  private func take(from seat: Seat, _ finished: (Int, CaseReport) -> Void) throws {
    if !seat.isGreeted, let greeting = try seat.process.message(WorkerGreeting.self) {
      if case .failed(let failure) = greeting { throw failure }
      seat.isGreeted = true
    }
    guard seat.isGreeted, let current = seat.current, let report = try seat.process.message(CaseReport.self)
    else {
      return
    }
    try report.checkTimes()
    seat.current = nil
    finished(current, report)
  }

  private enum Event { case nothing, data, gone, late }

  /// Waits until some worker has something to say or has taken too long.
  private func wait(for seats: [Seat]) -> [Event] {
    var entries = seats.map { pollfd(fd: $0.process.answers.number, events: Int16(POLLIN), revents: 0) }
    let now = ContinuousClock.now
    let waiting = seats.filter { !$0.isGreeted || $0.current != nil }
    let nearest = waiting.map { now.duration(to: $0.deadline) }.min() ?? .seconds(1)
    let parts = nearest.components
    let milliseconds = parts.seconds * 1_000 + parts.attoseconds / 1_000_000_000_000_000 + 1
    poll(&entries, nfds_t(entries.count), Int32(min(max(0, milliseconds), Self.patience)))
    let after = ContinuousClock.now
    return zip(seats, entries).map { seat, entry in
      if entry.revents != 0 { return seat.process.receive() ? .data : .gone }
      return (!seat.isGreeted || seat.current != nil) && seat.deadline <= after ? .late : .nothing
    }
  }
}
