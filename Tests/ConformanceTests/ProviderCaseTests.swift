import Execution
import Foundation
import GraphIR
import ModelFile
import TensorCore
import Testing

@testable import Conformance

/// What providers may give or refuse, and the verdicts that it makes.
@Suite struct ProviderCaseTests {
  /// A provider that answers as it is told to.
  private struct Scripted: Provider, ProviderSession {
    let description = ProviderDescription(name: "scripted", version: "1", devices: ["CPU"])
    var refusal: ProviderFailure?
    var outputs: NamedValues = [:]

    func load(_ model: ModelSource, options: LoadOptions) throws -> any ProviderSession {
      if let refusal { throw refusal }
      return self
    }

    func run(_ inputs: NamedValues, fetching names: [String]) throws -> NamedValues { outputs }
  }

  /// The verdict on Y, wanted to be the floats 2 and 4.
  private func report(
    _ provider: Scripted, rejection: String? = nil, admission: ConformanceCase.Admission? = nil
  ) throws -> CaseReport {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "touchstone-\(UUID().uuidString)"
    ).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/set", withIntermediateDirectories: true)
    let type = ValueType.tensor(.float, [2])
    let graph = Graph(
      name: "g", nodes: [Node("Add", inputs: ["X", "X"], outputs: ["Y"])],
      inputs: [ValueInfo(name: "X", type: type)], outputs: [ValueInfo(name: "Y", type: type)])
    try OnnxFile.write(
      Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 14)], graph: graph),
      to: folder + "/model.onnx")
    try OnnxFile.writeTensor(Tensor(floats: [1, 2]), to: folder + "/set/input_0.pb")
    try OnnxFile.writeTensor(Tensor(floats: [2, 4]), to: folder + "/set/output_0.pb")
    try OnnxFile.writeTensor(Tensor(floats: [0, 4]), to: folder + "/set/other_0.pb")
    let set = ConformanceCase.DataSet(
      name: "set", inputs: ["set/input_0.pb"], outputs: ["set/output_0.pb"])
    let request = CaseRequest(
      folder: folder, tolerance: .onnx, dataSets: [set], rejection: rejection, admission: admission,
      options: LoadOptions())
    return CaseRunner(request: request, provider: provider).run()
  }

  @Test(
    arguments: [
      (["Y": .tensor(Tensor(floats: [2, 4]))], .pass, ""),
      (["Y": .tensor(Tensor(floats: [2, 5]))], .wrongValue, "got 5.0, want 4.0"),
      (["Y": .tensor(Tensor(int64: [2, 4]))], .wrongType, "int64"),
      (["Y": .tensor(Tensor(strings: ["2", "4"], shape: [2]))], .wrongType, "string"),
      (["Y": .sequence([], of: .tensor(.float, nil))], .wrongType, "seq"),
      (["Y": .tensor(Tensor(floats: [2, 4], shape: [2, 1]))], .wrongShape, "[2, 1]"),
      (["Y": .tensor(Tensor(floats: [2, 4, 6]))], .wrongShape, "[3]"),
      ([:], .wrongShape, "output 'Y' is missing"),
      (["Z": .tensor(Tensor(floats: [2, 4]))], .wrongShape, "output 'Y' is missing"),
    ] as [(NamedValues, Verdict, String)])
  func outputs(_ outputs: NamedValues, _ verdict: Verdict, _ words: String) throws {
    let report = try report(Scripted(outputs: outputs))
    #expect(report.verdict == verdict)
    #expect(words.isEmpty ? report.detail.isEmpty : report.detail.contains(words), "\(report.detail)")
  }

  @Test func whatACaseAdmits() throws {
    let other = ConformanceCase.Admission.outputs([.init(name: "admits/0", outputs: ["set/other_0.pb"])])
    func verdict(_ floats: [Float], _ admission: ConformanceCase.Admission) throws -> Verdict {
      try report(Scripted(outputs: ["Y": .tensor(Tensor(floats: floats))]), admission: admission).verdict
    }
    #expect(try verdict([0, 4], other) == .passWithinSet)
    #expect(try verdict([0, 5], other) == .wrongValue)
    #expect(try verdict([2, 4], other) == .pass)
    #expect(try verdict([0, 5], .anyValues) == .passWithinSet)
    #expect(try verdict([0, 5, 6], .anyValues) == .wrongShape)
  }

  @Test(arguments: [
    (ProviderFailure.Kind.rejected, Verdict.rejected), (.unsupported, .unsupported), (.fallback, .fallback),
  ])
  func refusals(_ kind: ProviderFailure.Kind, _ verdict: Verdict) throws {
    let refusal = ProviderFailure(kind, "because", missingOperators: kind == .unsupported ? ["Add"] : [])
    let report = try report(Scripted(refusal: refusal))
    #expect(report.verdict == verdict)
    #expect(report.detail == "because")
    #expect(report.missingOperators == refusal.missingOperators)
  }

  @Test func aRefusalThatIsWantedIsAPass() throws {
    #expect(
      try report(Scripted(refusal: ProviderFailure(.rejected, "no")), rejection: "invalidType").verdict
        == .pass)
    #expect(
      try report(Scripted(refusal: ProviderFailure(.unsupported, "no")), rejection: "invalidType").verdict
        == .unsupported)
  }
}
