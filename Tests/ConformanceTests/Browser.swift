import Foundation
import Testing

/// A program that ran: what it printed and how it ended.
struct Ended {
  let output: String
  let complaints: String
  let code: Int32

  /// Runs a program to its end; its two outputs go to files, so that neither can fill up and block it.
  ///
  /// - Parameter whileRunning: is called once it has started.
  static func running(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    whileRunning: (Process) throws -> Void = { _ in }
  ) throws -> Ended {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let files = ["output", "complaints"].map { scratch.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    try whileRunning(process)
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Ended(output: texts[0], complaints: texts[1], code: process.terminationStatus)
  }
}

/// A browser without a window, in which pages are opened as readers open them.
enum Browser {
  static let program = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  static let isMissing: Comment = "Chromium is not installed: apt-get install chromium"

  /// Opens a page, calls `script` in it and returns what that does, with what the browser's console said.
  ///
  /// - Parameters:
  ///   - script: a JavaScript expression; its value goes through JSON.
  ///   - fragment: what follows `#` in the address.
  static func evaluate<R: Decodable>(
    _ page: String, _ script: String, fragment: String = "", as: R.Type = R.self
  ) throws -> (value: R, console: [String]) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let probe = """
      <script>addEventListener("load", () => {
        const bytes = new TextEncoder().encode(JSON.stringify({ value: \(script) }));
        document.body.textContent = "[" + btoa(String.fromCharCode(...bytes)) + "]";
      });</script></body>
      """
    let file = folder.appendingPathComponent("page.html")
    try page.replacingOccurrences(of: "</body>", with: probe).write(
      to: file, atomically: true, encoding: .utf8)
    let ended = try Ended.running(
      try #require(program),
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
        "--user-data-dir=\(folder.path)/profile", "--virtual-time-budget=5000", "--dump-dom",
        file.absoluteString + (fragment.isEmpty ? "" : "#\(fragment)"),
      ])
    let body = try #require(ended.output.range(of: "<body"))
    let answer = ended.output[body.lowerBound...].split(separator: "[").dropFirst().first?
      .prefix { $0 != "]" }
    let data = try #require(Data(base64Encoded: String(answer ?? "")))
    let value = try JSONDecoder().decode([String: R].self, from: data)["value"]
    let console = ended.complaints.split(separator: "\n").map(String.init).filter {
      $0.contains("CONSOLE") || $0.contains("Uncaught")
    }
    return (try #require(value), console)
  }
}
