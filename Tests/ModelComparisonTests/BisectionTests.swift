import Conformance
import Execution
import Foundation
import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Testing

@testable import ModelComparison

struct BisectionTests {
  private func bisection(_ scratch: Scratch, _ provider: FaultyProvider, copy: Model? = nil) throws
    -> Bisection
  {
    Bisection(
      try scratch.write(smallModel()), copy: try copy.map { try scratch.write($0, "copy.onnx") },
      inputs: smallInputs, provider: provider, options: LoadOptions())
  }

  @Test func nothingDiffers() throws {
    let scratch = try Scratch()
    let report = try bisection(scratch, FaultyProvider()).run()
    #expect(report.outcome == .noDifference)
    #expect(report.exitCode == 0)
    #expect(throws: ReductionError.self) { try bisection(scratch, FaultyProvider()).reduce() }
  }

  @Test func anotherWeightInTheCopy() throws {
    let scratch = try Scratch()
    let bisection = try bisection(scratch, FaultyProvider(), copy: smallModel(weight: 5))
    let report = try bisection.run()
    #expect(report.outcome == .found)
    #expect(report.node?.index == 0)
    #expect(report.node?.operatorName == "MatMul@13")
    let reduced = try bisection.reduce()
    #expect(reduced.model.graph.nodes.map(\.name) == ["product"])
    let copied = try #require(reduced.copy?.graph.initializers.first).tensor
    #expect(copied.doubles()[3] == 5)
  }

  /// As a provider that fuses Relu and Add does: the fault is there only while nothing before it is fetched.
  @Test func fusedNodes() throws {
    let scratch = try Scratch()
    let bisection = Bisection(
      try scratch.write(smallModel()), inputs: smallInputs, provider: FusingProvider(), options: LoadOptions()
    )
    let report = try bisection.run()
    #expect(report.outcome == .fused)
    #expect(report.node?.name == "shifted")
    #expect(report.disappearsWhenFetched)
  }

  /// Nothing is computed with extents of which no product fits.
  @Test func emptyInputsOfHugeExtentsAreRefused() throws {
    let scratch = try Scratch()
    let x = Value.tensor(Tensor(.float, shape: [4, 4, 1 << 62, 0]) { _ in })
    let bisection = Bisection(
      try scratch.write(smallModel()), inputs: ["x": x], provider: FusingProvider(), options: LoadOptions())
    #expect(throws: ShapeError.self) { try bisection.run() }
  }

  @Test func theCaseIsOneOfOnnx() throws {
    let scratch = try Scratch()
    let faulty = FaultyProvider(change: { name, tensor in name == "y" ? tensor.scaling(3, by: 3) : tensor })
    let folder = scratch.path + "/case"
    try bisection(scratch, faulty).reduce().write(to: folder)
    let model = try OnnxFile.load(path: folder + "/model.onnx")
    #expect(model.graph.nodes.map(\.opType) == ["Add"])
    let input = try OnnxFile.readTensor(path: folder + "/test_data_set_0/input_0.pb")
    #expect(input.name == "r")
    let output = try OnnxFile.readTensor(path: folder + "/test_data_set_0/output_0.pb")
    // x·W = [[1+1+3, −1+4+9], [−4+2.5+6, 4+10+18]], all positive, plus [10, 20].
    #expect(output.tensor.doubles() == [15, 32, 14.5, 52])
    let facts = try String(contentsOfFile: folder + "/case.json", encoding: .utf8)
    #expect(facts.contains("\"faulty\""))
  }

  @Test func aFolderThatCannotBeWritten() throws {
    let scratch = try Scratch()
    let faulty = FaultyProvider(change: { name, tensor in name == "y" ? tensor.scaling(3, by: 3) : tensor })
    let reduced = try bisection(scratch, faulty).reduce()
    try "".write(toFile: scratch.path + "/file", atomically: true, encoding: .utf8)
    #expect(throws: (any Error).self) { try reduced.write(to: scratch.path + "/file/case") }
  }
}

/// Gives a wrong y unless the value before it is asked for too.
private struct FusingProvider: Provider {
  let description = ProviderDescription(name: "fusing", version: "1", devices: ["CPU"])

  func load(_ model: ModelSource, options: LoadOptions) throws -> any ProviderSession {
    Session(session: try TouchstoneProvider(kernels: nil).load(model, options: options))
  }

  private struct Session: ProviderSession {
    let session: any ProviderSession
    func run(_ inputs: NamedValues, fetching names: [String]) throws -> NamedValues {
      var values = try session.run(inputs, fetching: names)
      if !names.contains("r"), case .tensor(let y)? = values["y"] {
        values["y"] = .tensor(y.scaling(0, by: 1.25))
      }
      return values
    }
  }
}

struct ExtendedFileTests {
  @Test func outputsAreAddedWithoutTypes() throws {
    let scratch = try Scratch()
    let model = try scratch.write(smallModel())
    let file = try ExtendedFile(model.model, path: model.path)
    let extended = try OnnxFile.load(path: try file.extended(by: ["r", "p"]))
    #expect(extended.graph.outputs.map(\.name) == ["y", "r", "p"])
    #expect(extended.graph.outputs[1].type == nil)
    // The next extension replaces the one before.
    let again = try OnnxFile.load(path: try file.extended(by: ["p"]))
    #expect(again.graph.outputs.map(\.name) == ["y", "p"])
    let plain = try file.extended(by: [])
    #expect(plain == model.path)
    let untouched = try OnnxFile.load(path: model.path)
    #expect(untouched.graph.outputs.count == 1)
  }

  /// Model hubs keep files behind links: what is written must not reach the file that a link leads to.
  @Test func aLinkedModelStaysAsItIs() throws {
    let scratch = try Scratch()
    let model = try scratch.write(smallModel())
    let bytes = try Data(contentsOf: URL(fileURLWithPath: model.path))
    let link = scratch.path + "/link.onnx"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: model.path)
    let file = try ExtendedFile(model.model, path: link)
    let extended = try OnnxFile.load(path: try file.extended(by: ["p"]))
    #expect(extended.graph.outputs.map(\.name) == ["y", "p"])
    let after = try Data(contentsOf: URL(fileURLWithPath: model.path))
    #expect(after == bytes)
  }

  @Test func externalDataStaysWithinReach() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/external.onnx"
    try OnnxFile.write(smallModel(), to: path, saveAsExternalData: 1)
    let model = try OnnxFile.load(path: path)
    #expect(model.externalFiles.map(\.location) == ["external.onnx.data"])
    let extended = try ExtendedFile(model, path: path).extended(by: ["p"])
    #expect(!FileManager.default.fileExists(atPath: extended), "the folder goes with its object")
    let file = try ExtendedFile(model, path: path)
    let read = try OnnxFile.load(path: try file.extended(by: ["p"]))
    #expect(read.graph.initializers.map { $0.tensor.doubles() } == [[1, -1, 0.5, 2, 1, 3], [10, 20]])
  }

  /// External data may bear any name, and may be a link: neither it nor what it leads to is written to.
  @Test(arguments: [false, true])
  func externalDataIsNeverWrittenTo(isLink: Bool) throws {
    let scratch = try Scratch()
    let path = scratch.path + "/big.onnx"
    try OnnxFile.write(smallModel(), to: path, saveAsExternalData: 1)
    let (written, wanted) = ("big.onnx.data", "extended.onnx")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    while let range = bytes.range(of: Data(written.utf8)) {
      bytes.replaceSubrange(range, with: Data(wanted.utf8))
    }
    try bytes.write(to: URL(fileURLWithPath: path))
    let (data, place) = ("\(scratch.path)/\(written)", "\(scratch.path)/\(wanted)")
    let weights = try Data(contentsOf: URL(fileURLWithPath: data))
    if isLink {
      try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: written)
    } else {
      try FileManager.default.moveItem(atPath: data, toPath: place)
    }
    let model = try OnnxFile.load(path: path)
    #expect(model.externalFiles.map(\.location) == [wanted])
    let file = try ExtendedFile(model, path: path)
    let read = try OnnxFile.load(path: try file.extended(by: ["p"]))
    #expect(read.graph.outputs.map(\.name) == ["y", "p"])
    let after = try Data(contentsOf: URL(fileURLWithPath: place))
    #expect(after == weights)
  }
}
