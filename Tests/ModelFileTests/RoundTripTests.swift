import Foundation
import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Testing

@Suite("Reading, then writing")
struct RoundTripTests {
  @Test("A model with every message comes out byte for byte, unknown fields included")
  func nothingIsLost() throws {
    let original = try Fixture.bytes("everything.onnx")
    let model = try OnnxFile.parse(bytes: original)
    #expect(try OnnxFile.serialize(model) == original)
  }

  @Test("What is read is what was written by PyPI's onnx")
  func contents() throws {
    let model = try OnnxFile.load(path: Fixture.path("everything.onnx"))
    #expect(model.irVersion == 13 && model.producerName == "make_fixtures" && model.modelVersion == 3)
    #expect(
      model.opsetImports == [OpsetImport(domain: "", version: 22), OpsetImport(domain: "test", version: 1)])
    #expect(model.annotations.metadata == [StringPair(key: "model key", value: "ü")])
    let node = model.graph.nodes[0]
    #expect(node.inputs == ["x", "", "w"] && node.overload == "second" && node.domain == "test")
    #expect(Set(node.attributes.map(\.value.kind)).count == 13)
    func value(_ name: String) -> Attribute? { node.attributes.first { $0.name == name }?.value }
    guard case .ints(let ints)? = value("ints"), case .strings(let strings)? = value("strings"),
      case .sparseTensor(let sparse)? = value("a_sparse"), case .type(let type)? = value("a_type"),
      case .ints([])? = value("no_ints")
    else { Issue.record("attributes are of other kinds"); return }
    #expect(ints == [1, -2, 1 << 40] && strings == ["a", "", "b"])
    #expect(sparse.shape == [2, 3] && sparse.indices.integers() == [1, 5])
    #expect(type == .tensor(.float, [.param("N"), .value(2), .unknown]))
    #expect(model.graph.inputs[0].type == .tensor(.float, [.param("N"), .value(3)]))
    #expect(!model.graph.inputs[0].encodedType.isEmpty && model.graph.outputs[1].encodedType.isEmpty)
    #expect(model.graph.outputs[0].type == .tensor(.float, nil))
    #expect(model.graph.outputs[3].type == .map(key: .int64, value: .sparseTensor(.double, [4])))
    #expect(model.graph.outputs[4].type == .optional(.tensor(.bfloat16, [1])))
    #expect(model.graph.outputs[5].type == nil && model.graph.valueInfos[0].type == nil)
    #expect(model.graph.valueInfos[1].type == .tensor(.int32, [.unknown, .value(2)]))
    guard case .reference("slope", .float) = model.functions[0].nodes[0].attributes[0].value else {
      Issue.record("the function's attribute is no reference")
      return
    }
    #expect(model.functions[0].attributes == ["must"] && model.functions[0].overload == "o")
  }

  @Test("A changed type replaces the bytes that stood in the file")
  func changedTypes() throws {
    var model = try OnnxFile.load(path: Fixture.path("everything.onnx"))
    model.graph.inputs[0].type = .tensor(.double, [])
    let again = try OnnxFile.parse(bytes: OnnxFile.serialize(model))
    #expect(again.graph.inputs[0].type == .tensor(.double, []))
  }

  @Test("Saving to a file, also over the file that the weights are mapped from")
  func savingInPlace() throws {
    let folder = try Scratch()
    let path = try folder.put(Fixture.bytes("everything.onnx"), "model.onnx")
    let model = try OnnxFile.load(path: path)
    try OnnxFile.write(model, to: path)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(Fixture.bytes("everything.onnx")))
    #expect(model.graph.initializers[0].tensor.doubles()[250] == 250)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.onnx"])
  }

  @Test("An error while writing leaves the old file and no temporary one")
  func failedWriting() throws {
    let folder = try Scratch()
    let path = try folder.put([1, 2, 3], "model.onnx")
    var model = try OnnxFile.load(path: Fixture.path("everything.onnx"))
    #expect(throws: LoadError.self) { try OnnxFile.write(model, to: folder.path + "/no/folder.onnx") }
    model.annotations.unknownFields = [0x0b]
    #expect(throws: LoadError.self) { try OnnxFile.write(model, to: path) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([1, 2, 3]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.onnx"])
  }

  @Test(
    "Models in the folder TOUCHSTONE_MODELS: writing is stable, and reading it again gives the same",
    .enabled(if: ProcessInfo.processInfo.environment["TOUCHSTONE_MODELS"] != nil))
  func realModels() throws {
    let root = try #require(ProcessInfo.processInfo.environment["TOUCHSTONE_MODELS"])
    let folder = try Scratch()
    var count = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: root).sorted() {
      let path = "\(root)/\(name)/model.onnx"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      let model = try OnnxFile.load(path: path)
      try OnnxFile.write(model, to: folder.path + "/model.onnx")
      let again = try OnnxFile.load(path: folder.path + "/model.onnx")
      #expect(again.graph.nodes.count == model.graph.nodes.count, "\(name)")
      #expect(try OnnxFile.serialize(again) == OnnxFile.serialize(model), "\(name)")
      count += 1
    }
    #expect(count > 0)
  }
}
