import ArgumentParser
import Execution
import GraphIR
import ModelFile
import Reports
import TensorCore
import Verification

/// `touchstone verify`
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Says whether a rewritten model still computes the same.",
    discussion: """
      Both models run by definitions on numbers at which rewritings go wrong, on ordinary ones, and on those given. \
      What differs is held against what rounding may do. The exit code is 0 where all is the same or explained by \
      rounding, else 1.
      """)

  @Argument(help: "The model.") var before: String
  @Argument(help: "What a tool has made of it.") var after: String
  @Option(help: "An input, as name=file.npy, name=file.pb, or name=file.npz; others are made up.")
  var input: [String] = []
  @Option(help: "A folder of input_N.pb.") var dataDir: String?
  @Flag(help: "Let nothing differ, not even by rounding.") var sameBits = false
  @Option(name: .customLong("json"), help: "Write the report as JSON.") var jsonFile: String?

  func run() throws {
    let (old, new) = (try OnnxFile.load(path: before), try OnnxFile.load(path: after))
    var verification = RewriteVerification(before: old, after: new)
    let data = try dataDir.map { try DataFolder($0, model: old).inputs } ?? [:]
    verification.given = try data.merging(InputReader.read(input, of: old.graph.inputs))
    Interruption.watch()
    let report = try RunOptions.$standard.withValue(LongWorkWatcher("the comparison").runOptions) {
      try verification.run()
    }
    Interruption.stopWatching()
    printText(report.console)
    if let jsonFile { try write(jsonText(report), to: jsonFile) }
    let isGood = report.verdict == .sameBits || (report.verdict == .withinRounding && !sameBits)
    guard isGood else { throw ExitCode(ExitStatus.mismatch.rawValue) }
  }
}

extension RewriteReport {
  /// How many differences are printed.
  private static let shown = 10

  var console: String {
    var lines = differences.prefix(Self.shown).map(\.line)
    if differences.count > Self.shown { lines.append("… and \(differences.count - Self.shown) more") }
    if let firstDifference { lines.append("first value that differs: \(firstDifference.line)") }
    let refused =
      refusedTrials > 0 ? ", \(refusedTrials) more that the model itself refuses or is too long at" : ""
    lines.append("\(verdict.words), in \(trials) trials\(refused)")
    return lines.map { spellingOut($0) }.joined(separator: "\n") + "\n"
  }
}

extension RewriteDifference {
  fileprivate var line: String {
    let place = [value, trial].filter { !$0.isEmpty }.joined(separator: ", ")
    return place.isEmpty ? description : "\(place): \(description)"
  }
}

extension RewriteVerdict {
  fileprivate var words: String {
    switch self {
    case .sameBits: "the same, bit by bit"
    case .withinRounding: "the same within rounding"
    case .different: "different"
    }
  }
}
