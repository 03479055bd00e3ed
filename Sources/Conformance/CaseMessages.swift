import Execution
import Workers

/// What a worker is asked: to try one case.
struct CaseRequest: Codable, Sendable {
  var folder: String
  var tolerance: Tolerance
  var dataSets: [ConformanceCase.DataSet]
  var rejection: String?
  var admission: ConformanceCase.Admission?
  var options: LoadOptions
  /// Whether the report has a digest of the outputs.
  var digestsOutputs = false
}

/// What became of a case, as far as a worker can say.
public struct CaseReport: Codable, Sendable {
  public var verdict: Verdict
  /// Why, where it is no pass: one sentence or a diagnostic of several lines.
  public var detail = ""
  /// The data set in which it happened.
  public var dataSet: String?
  public var mismatch: Mismatch?
  /// The operators that the model asks for and the provider does not have.
  public var missingOperators: [String] = []
  /// A digest of every bit of the outputs, where that is asked for.
  public var outputDigest: String?
  /// Seconds to read the model and make it ready.
  public var loadSeconds = 0.0
  /// Seconds to run all data sets.
  public var runSeconds = 0.0

  init(_ verdict: Verdict, _ detail: String = "") {
    self.verdict = verdict
    self.detail = detail
  }

  /// Seconds that no case takes, since no run may be given as many.
  private static let longest = 1e6

  /// - Throws: `DamagedMessage` for times that cannot have passed.
  func checkTimes() throws {
    for seconds in [loadSeconds, runSeconds] where !(seconds >= 0 && seconds <= Self.longest) {
      throw DamagedMessage(claim: "a case takes \(seconds) s")
    }
  }
}
