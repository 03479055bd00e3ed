import Foundation
import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Workers

@testable import Conformance

/// A corpus in a folder of its own.
extension Scratch {
  /// Y = X + X, with the output that the case wants.
  func write(
    _ name: String, want: [Float]?, fault: String? = nil, opType: String = "Add", opset: Int = 14
  ) throws {
    let place = "\(path)/node/\(name)"
    try FileManager.default.createDirectory(
      atPath: "\(place)/test_data_set_0", withIntermediateDirectories: true)
    let type = ValueType.tensor(.float, [2])
    let graph = Graph(
      name: name, nodes: [Node(opType, inputs: ["X", "X"], outputs: ["Y"])],
      inputs: [ValueInfo(name: "X", type: type)], outputs: [ValueInfo(name: "Y", type: type)])
    try OnnxFile.write(
      Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: opset)], graph: graph),
      to: "\(place)/model.onnx")
    if let want {
      try OnnxFile.writeTensor(Tensor(floats: [1, 2]), to: "\(place)/test_data_set_0/input_0.pb")
      try OnnxFile.writeTensor(Tensor(floats: want), to: "\(place)/test_data_set_0/output_0.pb")
    }
    if let fault { try fault.write(toFile: "\(place)/fault", atomically: true, encoding: .utf8) }
  }

  /// The manifest of the cases written.
  ///
  /// - Parameter hashes: what it says of a case's model; two cases of one name and hash count as equal.
  func writeManifest(
    _ names: [String], count: Int? = nil, rejects: [String: String] = [:], noData: Set<String> = [],
    operators: [String: String] = [:], release: String = "1", hashes: [String: String] = [:]
  ) throws {
    let cases = names.map { name -> [String: Any] in
      let data = ["test_data_set_0/input_0.pb", "test_data_set_0/output_0.pb"]
      let files = ["model.onnx"] + (noData.contains(name) ? [] : data)
      var entry: [String: Any] = [
        "name": name, "kind": "node", "path": "node/\(name)",
        "files": Dictionary(uniqueKeysWithValues: files.map { ($0, hashes[name] ?? "") }),
      ]
      entry["rejects"] = rejects[name]
      entry["operator"] = operators[name]
      return entry
    }
    let manifest: [String: Any] = [
      "corpus": "own", "release": release, "count": count ?? names.count, "cases": cases,
    ]
    try JSONSerialization.data(withJSONObject: manifest).write(
      to: URL(fileURLWithPath: path + "/manifest.json"))
  }
}

/// How workers of the program under test are started.
enum TestProgram {
  static func launch() throws -> WorkerLaunch {
    WorkerLaunch(
      executable: try touchstoneProgram(), arguments: ["worker", "cases", "touchstone"],
      environment: [CaseWorker.faultVariable: "1"])
  }
}
