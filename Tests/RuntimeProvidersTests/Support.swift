import Execution
import Foundation
import TestSupport
import Testing
import Workers

@testable import RuntimeProviders

/// The libraries of this machine; tests that need one are left out where there is none.
enum Installed {
  static let onnxRuntime = RuntimeCatalog.libraries(of: .onnxruntime).first?.path
  static let openVino = RuntimeCatalog.libraries(of: .openvino).first?.path
}

/// A provider in a worker of the program under test.
func remote(_ reference: ProviderReference) throws -> RemoteProvider {
  let located = try RuntimeCatalog.located(reference)
  return try RemoteProvider(RuntimeCatalog.launch(located, task: "session", executable: touchstoneProgram()))
}

/// What a program prints, and its exit code.
func output(
  of executable: String, _ arguments: [String], in folder: String? = nil,
  environment: [String: String] = [:]
) throws -> (text: String, code: Int32) {
  let process = Process()
  if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  process.executableURL = URL(fileURLWithPath: executable)
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return (text, process.terminationStatus)
}
