import Execution
import Foundation
import TestSupport
import Testing

@testable import Workers

/// A shell that plays a worker: it sends what it is told to, heedless of requests, and then does `end`.
struct FakeWorker {
  private let scratch: Scratch
  let launch: WorkerLaunch

  init(_ answers: [[UInt8]], end: String) throws {
    scratch = try Scratch()
    let file = scratch.path + "/answers"
    try Data(answers.flatMap { $0 }).write(to: URL(fileURLWithPath: file))
    launch = WorkerLaunch(executable: "/bin/sh", arguments: ["-c", "cat '\(file)' >&4; \(end)"])
  }

  static let description = ProviderDescription(name: "fake", version: "1", devices: ["CPU"])

  static func greeting() throws -> [UInt8] { try Frame.encode(WorkerGreeting.ready(description)) }

  static func answer(_ answer: SessionAnswer) throws -> [UInt8] { try Frame.encode(answer) }
}
