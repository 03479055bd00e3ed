import Foundation
import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Testing

/// The program where what surrounds it is hostile or broken: descriptors, folders, names, numbers, signals.
@Suite struct OutsideTests {
  private static let good = model([node("Neg", ["x"])], inputs: [float("x", 2, 3)])

  private func write(_ model: Model, in folder: Scratch) throws -> String {
    let path = folder.path + "/model.onnx"
    try OnnxFile.write(model, to: path)
    return path
  }

  /// A model that negates 'x' under each of these names.
  private func negating(outputs names: [String], opType: String = "Neg", nodeName: String = "n") -> Model {
    var model = Self.good
    model.graph.nodes = names.map {
      Node(opType, name: nodeName, inputs: ["x"], outputs: [$0], attributes: [])
    }
    model.graph.outputs = names.map(untyped)
    return model
  }

  // MARK: - Descriptors

  @Test(arguments: [(">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")])
  func standardOutputThatTakesNothingIsAnError(redirection: String, reason: String) throws {
    let folder = try Scratch()
    let path = try write(Self.good, in: folder)
    for arguments in [["run", path], ["check", path], ["inspect", "--json", path], ["--help"]] {
      let result = try touchstone(arguments, by: "exec \"$0\" \"$@\" \(redirection)")
      #expect(result.exitCode == 74, "\(result)")
      #expect(result.errors.contains("error: standard output cannot be written: \(reason)"), "\(result)")
    }
  }

  @Test(arguments: ["2>/dev/full", "2>&-", "2>/dev/full 0<&-"])
  func standardErrorThatTakesNothingChangesNothing(redirection: String) throws {
    let folder = try Scratch()
    let path = try write(Self.good, in: folder)
    let result = try touchstone(["run", path], by: "exec \"$0\" \"$@\" \(redirection)")
    #expect(result.exitCode == 0, "\(result)")
    #expect(result.output.hasPrefix("y: float[2,3]\n"), "\(result)")
    #expect(try touchstone(["run", "/nowhere"], by: "exec \"$0\" \"$@\" \(redirection)").exitCode == 3)
  }

  // MARK: - Output files

  @Test func twoOutputsAreNotSavedInOneFile() throws {
    let folder = try Scratch()
    let path = try write(negating(outputs: ["a/b", "a_b"]), in: folder)
    let result = try touchstone(["run", path, "--save-outputs", folder.path + "/out"])
    #expect(result.exitCode == 2, "\(result)")
    #expect(result.errors.contains("'a/b' and 'a_b' would both be saved as 'a_b'"), "\(result)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
  }

  @Test func anOutputsNameLeadsNowhere() throws {
    let folder = try Scratch()
    let path = try write(negating(outputs: ["../\u{301}x", ".\u{301}./y", "/\u{301}z"]), in: folder)
    let result = try touchstone(["run", path, "--save-outputs", folder.path + "/out"])
    #expect(result.exitCode == 0, "\(result)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out").count == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
  }

  @Test func anOutputFileKeepsItsModeAndItsLink() throws {
    let folder = try Scratch()
    let path = try write(Self.good, in: folder)
    let (file, link) = (folder.path + "/file", folder.path + "/link")
    try Data().write(to: URL(fileURLWithPath: file))
    chmod(file, 0o600)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "file")
    #expect(try touchstone(["infer", path, "-o", link]).exitCode == 0)
    var status = stat()
    #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(lstat(file, &status) == 0 && status.st_mode & 0o7777 == 0o600 && status.st_size > 0)
  }

  // MARK: - Names

  @Test func namesAreTheirBytes() throws {
    let folder = try Scratch()
    let path = try write(negating(outputs: ["\u{e9}", "e\u{301}"]), in: folder)
    for command in ["check", "infer"] { #expect(try touchstone([command, path]).exitCode == 0) }
    for name in ["\u{e9}", "e\u{301}"] {
      let result = try touchstone(["run", path, "--outputs", name])
      #expect(result.exitCode == 0 && result.output.hasPrefix("\(name): "), "\(result)")
    }
    let both = try touchstone(["run", path])
    let names = both.output.split(separator: "\n").compactMap { $0.split(separator: ":").first }
      .filter { !$0.hasPrefix(" ") }
    #expect(both.exitCode == 0, "\(both)")
    #expect(names.map { Array($0.utf8) }.contains(Array("\u{e9}".utf8)), "\(both)")
    #expect(names.map { Array($0.utf8) }.contains(Array("e\u{301}".utf8)), "\(both)")
    var topK = negating(outputs: ["y"], opType: "Top\u{212a}")
    topK.graph.nodes[0].inputs = ["x", "x"]
    let kelvin = try touchstone(["check", try write(topK, in: folder)])
    #expect(kelvin.exitCode == 4, "\(kelvin)")
  }

  private static let evil = "\u{1b}]0;t\u{7}\r\nerror: x\u{202e}\u{9b}2J"

  @Test(arguments: ["check", "infer", "run", "inspect"])
  func noNameSteersTheTerminal(command: String) throws {
    let folder = try Scratch()
    var models = [
      negating(outputs: [Self.evil]), negating(outputs: ["y"], opType: Self.evil),
      negating(outputs: [Self.evil, Self.evil]),
      negating(outputs: ["y"], opType: "MatMul", nodeName: Self.evil),
    ]
    models[3].graph.nodes[0].inputs = ["x", Self.evil]
    for name in [Self.evil, String(repeating: "n", count: 5_000)] {
      var other = Self.good
      other.graph.inputs[0] = ValueInfo(name: name, type: .tensor(.float, [.param(name), 3]))
      other.graph.nodes[0].name = name
      models.append(other)
    }
    for model in models {
      let path = try write(model, in: folder)
      for arguments in [[command, path], [command, path, "--json"]] {
        let result = try touchstone(arguments)
        let text = result.output + result.errors
        #expect(!text.unicodeScalars.contains { $0 != "\n" && steersTerminal($0) }, "\(result)")
        let lines = text.split(separator: "\n")
        #expect(!lines.dropFirst().contains { $0.hasPrefix("error: x") }, "\(result)")
        if !arguments.contains("--json") { #expect(text.count < 2_000, "\(result)") }
      }
    }
  }

  // MARK: - Temporary files and signals

  @Test(arguments: [["compare"], ["compare", "--per-node"], ["bisect"]])
  func aTemporaryFolderThatTakesNothingIsNoVerdict(command: [String]) throws {
    let folder = try Scratch()
    let path = try write(Self.good, in: folder)
    let result = try touchstone(
      command + [path, "--provider", "touchstone"], by: "TMPDIR=/nowhere exec \"$0\" \"$@\"")
    #expect(result.exitCode == 74, "\(result)")
    #expect(result.errors.contains("/nowhere: no temporary folder can be made"), "\(result)")
  }

  @Test(arguments: ["INT", "TERM", "HUP"])
  func aSignalTakesTemporaryFilesAway(signal: String) throws {
    let folder = try Scratch()
    let path = try write(Self.good, in: folder)
    let temporary = folder.path + "/tmp"
    try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
    let script = """
      export TMPDIR='\(temporary)'; "$0" "$@" & p=$!
      while [ -z "$(ls "$TMPDIR")" ]; do sleep 0.02; done
      kill -\(signal) $p; wait $p; echo "code $?"; ls "$TMPDIR"
      """
    let arguments = ["compare", path, "--provider", "touchstone", "--runs", "10000"]
    let result = try touchstone(arguments, by: script)
    #expect(result.output.contains("interrupted: the report is partial"), "\(result)")
    #expect(result.output.hasSuffix("code 130\n"), "\(result)")
  }

  // MARK: - Arguments

  @Test(arguments: [
    ("run", ["--rtol", "nan"]), ("run", ["--atol=-1"]), ("run", ["--rtol", "inf"]),
    ("compare", ["--rtol", "nan"]), ("compare", ["--threads=-1"]), ("compare", ["--opt-level=-5"]),
    ("compare", ["--opt-level", "0,7"]), ("bisect", ["--threshold", "nan"]), ("bisect", ["--opt-level=-5"]),
    ("bisect", ["--against-level", "3"]), ("conform", ["--rtol", "nan"]), ("conform", ["--threads=-1"]),
    ("conform", ["--opt-level=-5"]), ("conform", ["--jobs", "9223372036854775807"]),
    ("conform", ["--jobs=-1"]), ("conform", ["--timeout", "nan"]),
  ])
  func numbersThatMakeNoSenseAreUsageErrors(command: String, arguments: [String]) throws {
    let provider = ["compare", "bisect"].contains(command) ? ["--provider", "touchstone"] : []
    let result = try touchstone([command, "/nowhere"] + provider + arguments)
    #expect(result.exitCode == 2, "\(result)")
    let option = arguments[0].prefix { $0 != "=" }
    #expect(result.errors.split(separator: "\n").first?.contains(option) == true, "\(result)")
  }
}
