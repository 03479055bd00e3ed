import Foundation

/// What a worker is asked: to try one case.
struct CaseRequest: Codable, Sendable {
  var folder: String
  var tolerance: Tolerance
  var dataSets: [ConformanceCase.DataSet]
  var rejection: String?
  var usesKernels: Bool
  var checksInference: Bool
  var memoryLimit: Int
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
  /// Seconds to read the model and make it ready.
  public var loadSeconds = 0.0
  /// Seconds to run all data sets.
  public var runSeconds = 0.0

  init(_ verdict: Verdict, _ detail: String = "") {
    self.verdict = verdict
    self.detail = detail
  }
}

/// Messages on a pipe: four bytes of length, lowest first, then JSON.
enum Frame {
  static func encode(_ message: some Encodable) throws -> [UInt8] {
    let body = try JSONEncoder().encode(message)
    return (0..<4).map { UInt8(truncatingIfNeeded: body.count >> (8 * $0)) } + body
  }

  /// Takes the first message off `buffer`; nil while it is not complete.
  static func decode<Message: Decodable>(_: Message.Type, from buffer: inout [UInt8]) throws -> Message? {
    guard buffer.count >= 4 else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(buffer[$1]) << (8 * $1) }
    guard buffer.count >= 4 + length else { return nil }
    let message = try JSONDecoder().decode(Message.self, from: Data(buffer[4..<4 + length]))
    buffer.removeFirst(4 + length)
    return message
  }
}

/// The first thing a worker says: that it has started.
struct WorkerGreeting: Codable, Sendable {
  var version = 1
}
