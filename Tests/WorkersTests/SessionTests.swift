import Execution
import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Testing

@testable import Workers

/// Sessions of Touchstone itself in a worker, and the values that travel.
@Suite struct SessionTests {
  private func launch() throws -> WorkerLaunch {
    WorkerLaunch(executable: try touchstoneProgram(), arguments: ["worker", "session", "touchstone"])
  }

  private func identity(_ type: ValueType) throws -> ModelSource {
    let graph = Graph(
      name: "g", nodes: [Node("Identity", inputs: ["X"], outputs: ["Y"])],
      inputs: [ValueInfo(name: "X", type: type)], outputs: [ValueInfo(name: "Y", type: type)])
    let model = Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
    return ModelSource(.bytes(try OnnxFile.serialize(model)))
  }

  private static let values: [Value] = [
    .tensor(Tensor(floats: [1.5, -0, .infinity])),
    .tensor(Tensor(floats: [], shape: [0, 3])),
    .tensor(Tensor(strings: ["", "é\n\u{0}", "x"], shape: [3, 1])),
    .tensor(Tensor(.int4, shape: [3], elements: [Int8(-8), 7, -1])),
    // Larger than a pipe holds.
    .tensor(Tensor(floats: (0..<100_000).map(Float.init), shape: [100, 1_000])),
    .sequence([.tensor(Tensor(floats: [1])), .tensor(Tensor(floats: [2, 3]))], of: .tensor(.float, nil)),
    .optional(nil, of: .tensor(.float, nil)),
  ]

  @Test(arguments: values) func valuesComeBackAsTheyWent(_ value: Value) throws {
    let provider = try RemoteProvider(try launch(), timeout: 60)
    let session = try provider.load(try identity(value.type.withoutShape), options: LoadOptions())
    let back = try #require(try session.run(["X": value], fetching: ["Y"])["Y"])
    #expect(Self.text(back) == Self.text(value))
  }

  @Test(
    arguments: values + [
      .map(
        Map(
          keys: .strings(["a", "b"]), values: [.tensor(Tensor(floats: [1])), .tensor(Tensor(floats: [2]))],
          valueType: .tensor(.float, nil))),
      .map(
        Map(
          keys: .integers([7], .int32), values: [.tensor(Tensor(strings: ["t"], shape: []))],
          valueType: .tensor(.string, nil))),
      .sparseTensor(
        SparseTensor(values: Tensor(floats: [5]), indices: Tensor(int64: [3]), shape: [10])),
    ]) func layoutsAreReadAsTheyWereWritten(_ value: Value) throws
  {
    let file = try Descriptor.memoryFile()
    var writer = ValueWriter(file: file)
    let layout = try Frame.encode(["v": writer.write(value)])
    var buffer = layout
    let read = try #require(try Frame.decode([String: ValueLayout].self, from: &buffer)?["v"])
    #expect(buffer.isEmpty)
    #expect(Self.text(try ValueReader(file: file).read(read)) == Self.text(value))
    if case .tensor(let tensor) = value, tensor.elementType != .string {
      #expect(layout.count < 200, "elements lie in the file, not in the message")
    }
  }

  @Test func sessionsLiveSideBySide() throws {
    let provider = try RemoteProvider(try launch(), timeout: 60)
    let model = try identity(.tensor(.float, nil))
    var first: (any ProviderSession)? = try provider.load(model, options: LoadOptions())
    let second = try provider.load(model, options: LoadOptions())
    let one = Value.tensor(Tensor(floats: [1]))
    let two = Value.tensor(Tensor(floats: [2]))
    #expect(Self.text(try first?.run(["X": one], fetching: ["Y"])["Y"]) == Self.text(one))
    first = nil
    #expect(Self.text(try second.run(["X": two], fetching: ["Y"])["Y"]) == Self.text(two))
  }

  /// Everything that a value holds.
  private static func text(_ value: Value?) -> String {
    switch value {
    case .tensor(let tensor)?:
      "\(tensor.elementType) \(tensor.shape) \(tensor.strings) \(tensor.withUnsafeBytes { Array($0) })"
    case .sparseTensor(let sparse)?:
      "sparse \(sparse.shape) \(text(.tensor(sparse.values))) \(text(.tensor(sparse.indices)))"
    case .sequence(let elements, let type)?: "\(type.typeString) \(elements.map(text))"
    case .map(let map)?: "\(map.keys) \(map.valueType.typeString) \(map.values.map(text))"
    case .optional(let inner, let type)?: "\(type.typeString)? \(text(inner))"
    case nil: "nothing"
    }
  }
}
