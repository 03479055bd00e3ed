import Analysis
import Execution
import Foundation
import GraphIR
import Mutation
import OperatorSet
import Synchronization
import TensorCore
import Testing

/// Every operator asks, while it is evaluated by its definition, whether the run goes on.
@Suite struct CancellationTests {
  /// Elements, and so steps at least, of a long input: asked twice within them.
  private static let count = 2 * WorkBudget.stepsBetweenAskings

  /// What makes new shapes and lists of old ones, or copies bytes, and does not look at elements.
  private static let movements: Set<String> = [
    "BitCast", "CastLike", "ConcatFromSequence", "Constant", "ConstantOfShape", "Flatten", "Identity",
    "Optional",
    "OptionalGetElement", "OptionalHasElement", "Reshape", "SequenceAt", "SequenceConstruct", "SequenceEmpty",
    "SequenceErase", "SequenceInsert", "SequenceLength", "Shape", "Size", "Squeeze", "Unsqueeze",
  ]
  /// What C libraries do is waited for; they bound it themselves.
  private static let foreign: Set<String> = ["ImageDecoder"]

  /// What runs graphs asks once an iteration (FeedTests).
  private static let iterations: Set<String> = ["If", "Loop", "Scan", "SequenceMap"]

  /// What happened in a run.
  private struct Observation {
    /// How often the caller was asked, but for once before each node.
    var askings = 0
    /// The most steps between two askings.
    var longestGap = 0
    var error: (any Error)?
  }

  /// - Parameter patience: after how many askings the run is cancelled; nil for never.
  private static func observe(_ specimen: Specimen, _ session: Session, patience: Int? = nil) -> Observation {
    let state = Mutex((askings: 0, last: 0, gap: 0))
    var options = RunOptions()
    options.workLimit = 4 * WorkBudget.stepsBetweenAskings
    options.checkCancellation = {
      let spent = WorkBudget.current?.spent ?? 0
      let isTired = state.withLock { state in
        state.askings += 1
        state.gap = max(state.gap, spent - state.last)
        state.last = spent
        return patience.map { state.askings > $0 } ?? false
      }
      if isTired { throw CancellationError() }
    }
    var observation = Observation()
    do {
      _ = try session.run(NamedValues(specimen.inputs), options: options)
    } catch {
      observation.error = error
    }
    let nodes = specimen.model.graph.nodes.count
    observation.askings = state.withLock { $0.askings } - nodes
    observation.longestGap = state.withLock { $0.gap }
    return observation
  }

  private static func isWorkLimit(_ error: (any Error)?) -> Bool {
    (error as? NodeError)?.message.contains("steps of work") ?? false
  }

  /// Prints for each operator how long after a cancellation its run ended; `TOUCHSTONE_CANCELLATION_LAG` is
  /// the number of elements. A question of seconds in a release build, which nothing is asserted of.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["TOUCHSTONE_CANCELLATION_LAG"] != nil))
  func printsTheLagOfEachOperator() throws {
    let count =
      ProcessInfo.processInfo.environment["TOUCHSTONE_CANCELLATION_LAG"].flatMap(Int.init) ?? 1 << 18
    var lags: [String: (lag: Duration, name: String)] = [:]
    for specimen in try Specimen.corpora() {
      for grown in specimen.grown(to: count).prefix(6) {
        guard let session = try? Session(grown.model) else { continue }
        let begin = ContinuousClock.now
        let end = begin + .milliseconds(50)
        var options = RunOptions()
        options.checkCancellation = { if .now >= end { throw CancellationError() } }
        do {
          _ = try session.run(NamedValues(grown.inputs), options: options)
        } catch is CancellationError {
          let lag = ContinuousClock.now - end
          if lag > lags[specimen.subject]?.lag ?? .zero { lags[specimen.subject] = (lag, grown.name) }
        } catch {}
      }
    }
    for (subject, worst) in lags.sorted(by: { $0.value.lag > $1.value.lag }) {
      print("LAG \(worst.lag.formatted(.units(allowed: [.milliseconds]))) \(subject) \(worst.name)")
    }
  }

  /// Grows each case until its node takes long, and cancels it there.
  @Test func everyOperatorAsksWithin() throws {
    var bySubject: [String: [Specimen]] = [:]
    for specimen in try Specimen.corpora() where !Self.iterations.contains(specimen.subject) {
      bySubject[specimen.subject, default: []].append(specimen)
    }
    let silent = Mutex<[String: String]>([:])
    let asking = Mutex<Set<String>>([])
    let subjects = bySubject.sorted { $0.key < $1.key }
    DispatchQueue.concurrentPerform(iterations: subjects.count) { index in
      let (subject, specimens) = subjects[index]
      let variants = [Self.count, 4 * Self.count].lazy.flatMap { count in
        specimens.prefix(8).lazy.flatMap { $0.grown(to: count).prefix(5) }
      }
      for grown in variants {
        guard let session = try? Session(grown.model) else { continue }
        let observation = Self.observe(grown, session)
        guard observation.error == nil || Self.isWorkLimit(observation.error) else { continue }
        guard observation.askings > 0 else {
          silent.withLock { $0[subject] = "\(grown.name) \(grown.inputs.mapValues(\.type))" }
          continue
        }
        let cancelled = Self.observe(grown, session, patience: grown.model.graph.nodes.count)
        #expect(
          cancelled.error is CancellationError, "\(subject): \(cancelled.error.map { "\($0)" } ?? "no error")"
        )
        #expect(observation.longestGap <= 8 * Self.count, "\(subject) in \(grown.name)")
        asking.withLock { _ = $0.insert(subject) }
        return
      }
    }
    let never = silent.withLock { $0 }.filter { subject, _ in
      !asking.withLock { $0.contains(subject) }
        && !Self.movements.union(Self.foreign).contains(subject.replacing(" (derivative)", with: ""))
    }
    #expect(never.isEmpty)
    #expect(asking.withLock { $0 }.count > (subjects.count > 300 ? 300 : 50))
  }

  /// Operators whose outputs are as large as a number says.
  @Test(
    arguments: [
      ("Range", [0, 1 << 16, 1], [:]), ("HannWindow", [1 << 16], [:]), ("HammingWindow", [1 << 16], [:]),
      ("BlackmanWindow", [1 << 16], [:]), ("RandomUniform", [], ["shape": .ints([1 << 16])]),
      ("RandomNormal", [], ["shape": .ints([1 << 16])]), ("ConstantOfShape", [[1 << 16]], [:]),
    ] as [(String, [any Sendable], [String: Attribute])])
  func sizesMayBeGiven(opType: String, numbers: [any Sendable], attributes: [String: Attribute]) throws {
    let initializers = numbers.enumerated().map { index, number in
      constant(
        "x\(index)",
        (number as? [Int]).map { Tensor(int64: $0) } ?? Tensor(int64: [number as? Int ?? 0], shape: []))
    }
    let model = model([node(opType, initializers.map(\.name), ["y"], attributes)], initializers: initializers)
    let specimen = Specimen(name: opType, model: model, inputs: [:])
    let observation = Self.observe(specimen, try Session(model))
    #expect(observation.error == nil && observation.askings > 0, "\(observation)")
    #expect(Self.observe(specimen, try Session(model), patience: 1).error is CancellationError)
  }
}
