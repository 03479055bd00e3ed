import Foundation
import TestSupport
import Testing

@testable import Conformance

/// What the command leaves behind when it is interrupted, or when its files cannot be written.
@Suite(.serialized) struct ReportFileTests {
  @Test func anInterruptedRunKeepsWhatItHas() throws {
    let scratch = try Scratch()
    try scratch.write("good", want: [2, 4])
    try scratch.write("hangs", want: [2, 4], fault: "hang")
    try scratch.writeManifest(["good", "hangs"])
    let files = ["r.json", "r.xml", "r.html"].map { "\(scratch.path)/\($0)" }
    let mark = "TOUCHSTONE_TEST_RUN=\(UUID().uuidString)"
    let parts = mark.split(separator: "=").map(String.init)
    let ended = try Ended.running(
      touchstoneProgram(),
      [
        "conform", scratch.path, "--provider", "touchstone,touchstone:definitions", "--jobs", "1",
        "--timeout", "30", "--json",
        files[0], "--junit", files[1], "--html", files[2],
      ],
      environment: [CaseWorker.faultVariable: "1", parts[0]: parts[1]]
    ) { process in
      // The second case hangs in its worker by now, or does so soon: either way it has no verdict.
      while processes(with: mark).count < 2 { usleep(20_000) }
      sleep(2)
      kill(process.processIdentifier, SIGINT)
    }
    #expect(ended.code == 130)
    #expect(processes(with: mark).isEmpty, "workers outlive the run")
    #expect(ended.output.contains("interrupted: the report is partial"))
    let texts = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
    #expect(texts[0].contains("\"interrupted\" : true") && texts[0].contains("\"name\" : \"good\""))
    #expect(!texts[0].contains("\"name\" : \"hangs\""))
    #expect(texts[1].contains("touchstone.run") && texts[1].contains("interrupted after 1 cases"))
    #expect(texts[1].contains("interrupted after 0 cases"), "the second provider had no turn")
    #expect(texts[2].contains("touchstone: interrupted after 1 cases"))
  }

  /// The processes whose environment holds a variable.
  private func processes(with variable: String) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.filter { name in
      Int(name) != nil
        && (FileManager.default.contents(atPath: "/proc/\(name)/environ")).map {
          String(decoding: $0, as: UTF8.self).contains(variable)
        } ?? false
    }
  }

  @Test func whatCannotBeWrittenIsOneErrorAndTheRestIsKept() throws {
    let scratch = try Scratch()
    try scratch.write("good", want: [2, 4])
    try scratch.writeManifest(["good"])
    let absent = "\(scratch.path)/absent/r.json"
    let before = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    let ended = try Ended.running(
      touchstoneProgram(),
      [
        "conform", scratch.path, "--json", absent, "--junit", "/dev/full", "--html",
        "\(scratch.path)/r.html",
      ])
    #expect(ended.code == 2)
    #expect(ended.output.contains("score: 1 of 1"))
    let errors = ended.complaints.split(separator: "\n").filter { $0.contains("error") }
    #expect(errors.count == 2)
    #expect(errors.first?.contains("\(absent): cannot be created: No such file or directory") == true)
    #expect(errors.last?.contains("/dev/full: cannot be written: No space left on device") == true)
    let after = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(Set(after) == Set(before + ["r.html"]), "nothing half-written is left")
  }

  @Test func anOlderReportOutlivesAFullDisk() throws {
    let scratch = try Scratch()
    try scratch.write("good", want: [2, 4])
    try scratch.writeManifest(["good"])
    let file = "\(scratch.path)/r.html"
    try "older".write(toFile: file, atomically: true, encoding: .utf8)
    // Files may grow to four blocks of 512 bytes, less than the page needs.
    let ended = try Ended.running(
      "/bin/sh",
      [
        "-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"", try touchstoneProgram(), "conform",
        scratch.path,
      ]
        + ["--html", file])
    #expect(ended.code == 2)
    #expect(ended.complaints.contains("\(file): cannot be written: File too large"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "older")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path).allSatisfy { !$0.hasSuffix("tmp") })
  }
}
