import Foundation
import Synchronization
import TestSupport
import Testing
import Workers

@testable import Conformance

/// Whole runs, with workers, over a corpus made for the purpose.
@Suite(.serialized) struct RunTests {
  private func run(_ scratch: Scratch, expectations: String = "", timeout: Double = 20) throws -> RunResult {
    var run = ConformanceRun(
      corpus: try Corpus(folder: scratch.path), provider: TouchstoneProvider(kernels: nil).description,
      launch: try TestProgram.launch())
    run.jobs = 2
    run.timeout = timeout
    run.expectations = try Expectations(text: expectations, path: "e.jsonl")
    return try run.run()
  }

  @Test func everyEndOfACaseIsAVerdict() throws {
    let scratch = try Scratch()
    try scratch.write("good", want: [2, 4])
    try scratch.write("wrong", want: [2, 5])
    try scratch.write("shape", want: [2, 4, 6])
    try scratch.write("unknown", want: [2, 4], opType: "NoSuchOperator")
    try scratch.write("empty", want: nil)
    try scratch.write("crashes", want: [2, 4], fault: "crash")
    try scratch.write("good2", want: [2, 4])
    let names = ["good", "wrong", "shape", "unknown", "empty", "crashes", "good2", "absent"]
    try scratch.writeManifest(names, noData: ["empty"])
    let result = try run(scratch)
    let verdicts = result.results.map(\.report.verdict)
    #expect(verdicts == [.pass, .wrongValue, .wrongShape, .unsupported, .skipped, .crash, .pass, .rejected])
    #expect(result.results[5].report.detail.contains("SIGABRT"))
    #expect(result.missingOperators.map(\.name) == ["NoSuchOperator"])
    #expect(result.exitCode == 7)
    #expect(result.passCount == 2)
    try isWellFormed(ConformanceReport([result]).junit, cases: names.count)
    #expect(ConsoleReport(result).text.contains("score: 2 of 8"))
    #expect(try ConformanceReport([result]).json().contains("\"passed\" : 2"))
  }

  /// A worker reads nothing outside of the corpus; the verdict says where the link leads.
  @Test(.enabled(if: Sandbox.mechanisms.count == 2, "the kernel lacks Landlock or seccomp"))
  func aCaseThatIsALinkToElsewhere() throws {
    let (scratch, elsewhere) = (try Scratch(), try Scratch())
    for place in [scratch, elsewhere] { try place.write("good", want: [2, 4]) }
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/node/far", withDestinationPath: elsewhere.path + "/node/good")
    try scratch.writeManifest(["good", "far"])
    let reports = try run(scratch).results.map(\.report)
    #expect(reports.map(\.verdict) == [.pass, .rejected])
    let target = elsewhere.path + "/node/good/model.onnx"
    #expect(reports[1].detail.contains("it is a link to '\(target)'"), "\(reports[1].detail)")
  }

  /// What a worker says of time is no time: that is a crash, and no sum of the report.
  @Test(arguments: [-1, -1e-9, 1e7, 1e300])
  func timesThatCannotBeAreACrash(_ seconds: Double) throws {
    let scratch = try Scratch()
    try scratch.write("good", want: [2, 4])
    try scratch.writeManifest(["good"])
    let provider = TouchstoneProvider(kernels: nil).description
    var report = CaseReport(.pass)
    report.runSeconds = seconds
    for (name, message) in [
      ("greeting", try Frame.encode(WorkerGreeting.ready(provider))), ("report", try Frame.encode(report)),
    ] { try Data(message).write(to: URL(fileURLWithPath: "\(scratch.path)/\(name)")) }
    let run = ConformanceRun(
      corpus: try Corpus(folder: scratch.path), provider: provider,
      launch: WorkerLaunch(
        executable: "/bin/sh",
        arguments: [
          "-c",
          "cd '\(scratch.path)'; cat greeting >&4; head -c 1 <&3 >/dev/null; cat report >&4; exec sleep 60",
        ]))
    let result = try run.run()
    #expect(result.results.map(\.report.verdict) == [.crash])
    #expect(result.results[0].report.detail == "what the worker sent cannot be: a case takes \(seconds) s")
  }

  @Test func aHangIsATimeoutAndTheRunGoesOn() throws {
    let scratch = try Scratch()
    try scratch.write("hangs", want: [2, 4], fault: "hang")
    try scratch.write("good", want: [2, 4])
    try scratch.writeManifest(["hangs", "good"])
    let result = try run(scratch, timeout: 2)
    #expect(result.results.map(\.report.verdict) == [.timeout, .pass])
    #expect(result.exitCode == 7)
  }

  /// Workers are killed at any moment, but none twice without a case done between, which would be no start.
  @Test func killedWorkersCostTheirCasesAndNothingElse() throws {
    let scratch = try Scratch()
    let names = (0..<300).map { "case\($0)" }
    for name in names { try scratch.write(name, want: [2, 4]) }
    try scratch.writeManifest(names)
    var launch = try TestProgram.launch()
    // Under a name of its own, by which the workers of this run are known.
    let program = scratch.path + "/program"
    try FileManager.default.createSymbolicLink(atPath: program, withDestinationPath: launch.executable)
    launch.executable = program
    var run = ConformanceRun(
      corpus: try Corpus(folder: scratch.path), provider: TouchstoneProvider(kernels: nil).description,
      launch: launch)
    run.jobs = 2
    let killer = Killer(of: program)
    let result = try run.run { _, _, _ in killer.allowOne() }
    let kills = killer.stop()
    #expect(result.results.count == names.count)
    let crashes = result.results.filter { $0.report.verdict == .crash }
    #expect(result.results.allSatisfy { [.pass, .crash].contains($0.report.verdict) })
    #expect(kills > 0)
    #expect(crashes.count <= kills)
    #expect(crashes.allSatisfy { $0.report.detail.contains("SIGKILL") })
    #expect(result.exitCode == (crashes.isEmpty ? 0 : 7))
  }

  /// However many workers are asked for, there are no more than cases.
  @Test func oneCaseStartsOneWorker() throws {
    let scratch = try Scratch()
    try scratch.write("good", want: [2, 4])
    try scratch.writeManifest(["good"])
    var launch = try TestProgram.launch()
    let script = "echo started >> '\(scratch.path)/starts'; exec \"$0\" \"$@\""
    launch.arguments = ["-c", script, launch.executable] + launch.arguments
    launch.executable = "/bin/sh"
    for jobs in [1, 200, Int.max] {
      try? FileManager.default.removeItem(atPath: scratch.path + "/starts")
      var run = ConformanceRun(
        corpus: try Corpus(folder: scratch.path), provider: TouchstoneProvider(kernels: nil).description,
        launch: launch)
      run.jobs = jobs
      #expect(try run.run().results.map(\.report.verdict) == [.pass])
      #expect(try String(contentsOfFile: scratch.path + "/starts", encoding: .utf8) == "started\n")
    }
  }

  @Test func refusalsAreHeldAgainstTheirReason() throws {
    let scratch = try Scratch()
    try scratch.write("refused", want: nil, opType: "NoSuchOperator")
    try scratch.write("otherwise", want: nil, opType: "NoSuchOperator")
    try scratch.write("accepted", want: [2, 4])
    try scratch.writeManifest(
      ["refused", "otherwise", "accepted"],
      rejects: ["refused": "unsupported", "otherwise": "invalidShape", "accepted": "invalidType"],
      noData: ["refused", "otherwise"])
    #expect(try run(scratch).results.map(\.report.verdict) == [.pass, .unsupported, .shouldHaveRejected])
  }

  @Test func expectationsDecideTheExitCode() throws {
    let scratch = try Scratch()
    try scratch.write("wrong", want: [2, 5])
    try scratch.writeManifest(["wrong"])
    let line =
      #"{"provider":"touchstone*","versions":"*","case":"wrong","outcome":"wrong-value","reason":"r"}"#
    #expect(try run(scratch).exitCode == 1)
    #expect(try run(scratch, expectations: line).exitCode == 0)
    #expect(
      try run(scratch, expectations: line.replacingOccurrences(of: "wrong-value", with: "wrong-type"))
        .exitCode == 1)
  }

  @Test func fewerCasesThanTheManifestSaysIsAFailure() throws {
    let scratch = try Scratch()
    try scratch.write("good", want: [2, 4])
    try scratch.writeManifest(["good"], count: 2)
    #expect(try run(scratch).exitCode == 6)
  }

  @Test func workersThatDoNotStartEndTheRun() throws {
    let scratch = try Scratch()
    try scratch.write("good", want: [2, 4])
    try scratch.writeManifest(["good"])
    let run = ConformanceRun(
      corpus: try Corpus(folder: scratch.path), provider: TouchstoneProvider(kernels: nil).description,
      launch: WorkerLaunch(executable: "/bin/false", arguments: []))
    #expect(throws: CorpusError.self) { _ = try run.run() }
  }

  private func isWellFormed(_ xml: String, cases: Int) throws {
    var open: [Substring] = []
    var count = 0
    for part in xml.split(separator: "<").dropFirst() {
      let tag = try #require(part.split(separator: ">", omittingEmptySubsequences: false).first)
      let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
      if name == "testcase" { count += 1 }
      if tag.hasPrefix("?") || tag.hasSuffix("/") { continue }
      if tag.hasPrefix("/") { #expect(open.popLast() == tag.dropFirst()) } else { open.append(name) }
      #expect(tag.filter { $0 == "\"" }.count.isMultiple(of: 2))
    }
    #expect(open.isEmpty)
    #expect(count == cases)
  }
}

/// Texts in XML, and digests.
@Suite struct ReportPartsTests {
  @Test func whatXmlCannotHoldIsReplaced() {
    #expect(JunitReport.escaped("a<b>&\"c\u{1}\n") == "a&lt;b&gt;&amp;&quot;c\u{fffd}\n")
  }

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      String(repeating: "a", count: 119),
      "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"
    ),
  ])
  func digests(_ text: String, _ digest: String) { #expect(Sha256.hex(of: Array(text.utf8)) == digest) }

  @Test func numbersWithFixedDecimals() {
    #expect(fixed(1.005, 1) == "1.0")
    #expect(fixed(-0.25, 2) == "-0.25")
    #expect(fixed(99.999, 2) == "100.00")
    #expect(shortened(0.0012341) == "0.00124")
    #expect(shortened(12_345) == "12400.0")
  }
}

/// Kills worker processes at moments of chance, each time that it is allowed to.
private final class Killer: Sendable {
  private struct State {
    var isAllowed = false
    var isStopped = false
    var kills = 0
    var hasEnded = false
  }
  private let state = Mutex(State())

  init(of program: String) {
    Thread.detachNewThread { [self] in
      while !state.withLock({ $0.isStopped }) {
        usleep(UInt32.random(in: 0...20_000))
        guard state.withLock({ $0.isAllowed }), let victim = Self.processes(of: program).randomElement(),
          kill(victim, SIGKILL) == 0
        else { continue }
        state.withLock {
          $0.isAllowed = false
          $0.kills += 1
        }
      }
      state.withLock { $0.hasEnded = true }
    }
  }

  func allowOne() { state.withLock { $0.isAllowed = true } }

  /// How many it has killed.
  func stop() -> Int {
    state.withLock { $0.isStopped = true }
    while !state.withLock({ $0.hasEnded }) { usleep(1_000) }
    return state.withLock { $0.kills }
  }

  private static func processes(of program: String) -> [pid_t] {
    let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap {
      pid_t($0)
    }
    return numbers.filter { number in
      // Files of /proc have no size, so they are read to their end; their process may be gone by then.
      guard let file = FileHandle(forReadingAtPath: "/proc/\(number)/cmdline"),
        let data = try? file.readToEnd()
      else { return false }
      let text = String(decoding: data, as: UTF8.self)
      return text.split(separator: "\0").first.map(String.init) == program
    }
  }
}
