import Foundation
import TestSupport
import Testing

@testable import RuntimeProviders

/// Nothing that the current directory holds is executed.
@Suite struct CurrentDirectoryTests {
  /// A folder that holds what Python or the loader would take if they looked there: each leaves a file
  /// where it runs.
  private func trap() throws -> Scratch {
    let scratch = try Scratch()
    let module = "open('\(scratch.path)/ran', 'w').write('it ran')\n"
    for name in ["contextlib", "importlib", "site", "sitecustomize", "usercustomize", "types"] {
      try module.write(toFile: "\(scratch.path)/\(name).py", atomically: true, encoding: .utf8)
    }
    for package in ["onnxruntime/capi", "openvino/libs"] {
      try FileManager.default.createDirectory(
        atPath: "\(scratch.path)/\(package)", withIntermediateDirectories: true)
    }
    try "no library".write(
      toFile: scratch.path + "/onnxruntime/capi/libonnxruntime.so.9", atomically: true, encoding: .utf8)
    try "no library".write(
      toFile: scratch.path + "/openvino/libs/libopenvino_c.so.9", atomically: true, encoding: .utf8)
    let python = scratch.path + "/python3"
    try "#!/bin/sh\necho it ran > '\(scratch.path)/ran'\n".write(
      toFile: python, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: python)
    return scratch
  }

  @Test(arguments: [
    [:], ["PATH": ".:/usr/bin:/bin"], ["PATH": ":/usr/bin:/bin"], ["LD_LIBRARY_PATH": "onnxruntime/capi:."],
    ["PYTHONPATH": "."], ["ONNXRUNTIME_ROOT": "onnxruntime", "VIRTUAL_ENV": "."],
  ])
  func nothingOfItRuns(environment: [String: String]) throws {
    let scratch = try trap()
    for provider in ["onnxruntime", "openvino"] {
      let (text, _) = try output(
        of: touchstoneProgram(), ["providers", provider], in: scratch.path, environment: environment)
      #expect(!text.contains(scratch.path), "\(text)")
      #expect(!text.contains(".so.9"), "\(text)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/ran"))
  }
}
