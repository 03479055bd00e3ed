import Analysis
import Execution
import GraphIR
import OperatorSet
import TensorCore
import Transforms

/// Runs a model and what a tool has made of it side by side, by definitions, and says whether the second
/// computes what the first does: bit by bit, within rounding, or not.
///
/// How far rounding may bring a value is found by moving what every operator of the first model computes by
/// as much as its rounding may (`RoundingNoise`), several times. Nothing is proved: what is tried is in
/// `TrialInputs`.
public struct RewriteVerification: Sendable {
  private let before: Model
  private let after: Model
  /// Values of inputs that are not made up, those of overridable initializers included.
  public var given: NamedValues = [:]
  private let work = TrialWork()

  /// How often a trial is run with noise before it is said that rounding does not explain what differs; and
  /// after how many runs it is asked each time. A number that noise may take over an edge stays where it is
  /// in half of the runs.
  private static let (mostNoisyRuns, noisyRunsAtOnce) = (16, 4)
  /// Units in the last place that any value may be off where something is rounded.
  private static let freeUlps = 4.0

  public init(before: Model, after: Model) { (self.before, self.after) = (before, after) }

  /// - Throws: as `Session` for the first model; what is wrong with the second is a difference.
  public func run() throws -> RewriteReport {
    var report = RewriteReport()
    let options = SessionOptions(graphOptimizationLevel: .none)
    let first = try Session(before, options: options)
    let second: Session
    do {
      second = try Session(after, options: options)
    } catch {
      report.differ("", "", "the rewritten model is refused: \(error)")
      return report
    }
    compareInterfaces(first, second, &report)
    compareDraws(&report)
    for trial in trials(of: first) where !trial.isOneOfMany || report.verdict != .different {
      try attempt(trial, first, second, &report)
    }
    if report.verdict == .withinRounding, report.isZeroSignsOnly {
      report.differ("", "", "only signs of zeros differ, which no rounding explains")
    }
    if report.verdict == .different { try findFirstDifference(first, second, &report) }
    return report
  }

  /// Values for the inputs; of overridable initializers the defaults, and once others.
  private func trials(of session: Session) -> [Trial] {
    let plain = TrialInputs(inputs: session.inputs, given: given).trials()
    let replaced = TrialInputs(inputs: session.inputs + session.overridableInitializers, given: given)
    guard !session.overridableInitializers.isEmpty, let other = replaced.ordinary() else { return plain }
    return plain + [Trial(name: "other values for overridable initializers", inputs: other.inputs)]
  }

  // MARK: - The models themselves

  private func compareInterfaces(_ first: Session, _ second: Session, _ report: inout RewriteReport) {
    let sides = [(first.inputs, second.inputs, "input"), (first.outputs, second.outputs, "output")]
    for (old, new, what) in sides {
      guard old.map(\.name) == new.map(\.name) else {
        report.differ("", "", "the \(what)s are \(new.map(\.name)) instead of \(old.map(\.name))")
        continue
      }
      for (old, new) in zip(old, new) where old.type?.isNarrowed(by: new.type) == true {
        report.differ(old.name, "", "the \(what) is \(Self.text(new.type)) instead of \(Self.text(old.type))")
      }
    }
    let kept = Set((second.inputs + second.overridableInitializers).map { NameKey($0.name) })
    for info in first.overridableInitializers where !kept.contains(NameKey(info.name)) {
      report.differ(info.name, "", "the initializer can no longer be overridden")
    }
  }

  private static func text(_ type: ValueType?) -> String { type.map { "\($0)" } ?? "of no stated type" }

  /// Random numbers that are drawn more or less often are others, even where the values tried are the same.
  private func compareDraws(_ report: inout RewriteReport) {
    let (old, new) = (Draws(Self.living(before)), Draws(Self.living(after)))
    if old != new { report.differ("", "", "\(new) instead of \(old)") }
  }

  /// The model without nodes on which no output depends.
  private static func living(_ model: Model) -> Model {
    let part = try? extractModel(
      model, inputs: model.graph.inputs.map(\.name), outputs: model.graph.outputs.map(\.name))
    return part ?? model
  }

  // MARK: - Trials

  private func attempt(_ trial: Trial, _ first: Session, _ second: Session, _ report: inout RewriteReport)
    throws
  {
    let want: NamedValues
    do {
      want = try work.run(first, trial.inputs)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      report.refusedTrials += 1
      return
    }
    report.trials += 1
    let got: NamedValues
    do {
      got = try second.run(trial.inputs)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      report.differ("", trial.name, "the rewritten model fails: \(error)")
      return
    }
    for (name, judgement) in try judgements(trial, first, first.outputs.map(\.name), want, got) {
      report.take(judgement, of: name, in: trial)
    }
    compareStatedTypes(trial, (first, want), (second, got), &report)
  }

  /// A type that the rewritten model states of an output must be that of the value, unless the first model
  /// errs too.
  private func compareStatedTypes(
    _ trial: Trial, _ first: (Session, NamedValues), _ second: (Session, NamedValues),
    _ report: inout RewriteReport
  ) {
    func isWrong(_ info: ValueInfo, _ values: NamedValues) -> Bool {
      values[info.name].map { Fact(info.type).contradiction(with: $0) != nil } ?? false
    }
    for (old, new) in zip(first.0.outputs, second.0.outputs) where isWrong(new, second.1) {
      guard !isWrong(old, first.1), let type = second.1[new.name]?.type else { continue }
      report.differ(new.name, trial.name, "the output is \(type), but said to be \(Self.text(new.type))")
    }
  }

  /// What is to be said of the values that differ, in the order of `names`.
  private func judgements(
    _ trial: Trial, _ first: Session, _ names: [String], _ want: NamedValues, _ got: NamedValues
  ) throws -> [(String, RewriteJudgement)] {
    let differing = names.filter { !isSame(want[$0], got[$0]) }
    guard !differing.isEmpty else { return [] }
    var noisy: [NamedValues] = []
    var judgements: [(String, RewriteJudgement)] = []
    // Of a trial that overflows numbers are not judged.
    let most = trial.overflows ? Self.noisyRunsAtOnce : Self.mostNoisyRuns
    for start in stride(from: 0, to: most, by: Self.noisyRunsAtOnce) {
      noisy += try noisyRuns(start..<start + Self.noisyRunsAtOnce, of: first, trial, differing)
      judgements = differing.map { name in
        (name, RewriteJudgement(got[name], want[name], noisy.map { $0[name] }, freeUlps: Self.freeUlps))
      }
      if judgements.allSatisfy(\.1.isExplained) { break }
    }
    return judgements
  }

  /// What the first model gives with noise; a run that fails says nothing.
  private func noisyRuns(_ seeds: Range<Int>, of session: Session, _ trial: Trial, _ names: [String]) throws
    -> [NamedValues]
  {
    try seeds.compactMap { seed in
      var options = RunOptions()
      options.workLimit = work.limit
      options.disturbance = RoundingNoise(seed: UInt64(seed)).disturb
      do {
        return try session.run(trial.inputs, fetching: names, options: options)
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        return nil
      }
    }
  }

  private func isSame(_ want: Value?, _ got: Value?) -> Bool {
    guard let want, let got else { return want == nil && got == nil }
    return ValueBits(want) == ValueBits(got)
  }

  // MARK: - Where they part

  /// The first value, in the order of the first model's nodes, that both name and that differs.
  private func findFirstDifference(_ first: Session, _ second: Session, _ report: inout RewriteReport) throws
  {
    let new = Set(after.graph.nodes.flatMap(\.outputs).map(NameKey.init))
    let common = before.graph.nodes.flatMap(\.outputs).filter { !$0.isEmpty && new.contains(NameKey($0)) }
    guard !common.isEmpty else { return }
    for trial in trials(of: first) where report.differences.contains(where: { $0.trial == trial.name }) {
      guard let want = try? first.run(trial.inputs, fetching: common),
        let got = try? second.run(trial.inputs, fetching: common)
      else { continue }
      for (name, judgement) in try judgements(trial, first, common, want, got) where !judgement.isExplained {
        let node = after.graph.nodes.first { $0.outputs.contains { areSame($0, name) } }
        let place = node.map { "\($0.opType) '\(shown($0.name))': " } ?? ""
        report.firstDifference = RewriteDifference(
          value: name, trial: trial.name, description: place + judgement.words)
        return
      }
    }
  }
}

extension RewriteReport {
  mutating func differ(_ value: String, _ trial: String, _ description: String) {
    verdict = .different
    differences.append(RewriteDifference(value: value, trial: trial, description: description))
  }

  fileprivate mutating func take(_ judgement: RewriteJudgement, of name: String, in trial: Trial) {
    isZeroSignsOnly = isZeroSignsOnly && judgement.isZeroSignsOnly
    if trial.overflows, judgement.isOfNumbers {
      verdict = max(verdict, .withinRounding)
      return
    }
    largestShare = max(largestShare, judgement.share)
    guard !judgement.isExplained else {
      verdict = max(verdict, .withinRounding)
      return
    }
    differ(name, trial.name, judgement.words)
  }
}

extension ValueType {
  /// Whether `other` says other numbers or ranks, or numbers where this leaves a dim open.
  fileprivate func isNarrowed(by other: ValueType?) -> Bool {
    guard let other else { return false }
    guard case .tensor(let element, let dims) = self, case .tensor(let newElement, let newDims) = other else {
      return merged(with: other) == nil
    }
    guard element == newElement else { return true }
    guard let dims, let newDims else { return false }
    return dims.count != newDims.count
      || zip(dims, newDims).contains { $1.number != nil && $0.number != $1.number }
  }
}
