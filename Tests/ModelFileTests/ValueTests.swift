import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Testing

@Suite("Values in files")
struct ValueTests {
  static let types: [String: (ValueType, name: String)] = [
    "tensor": (.tensor(.int16, nil), "t"), "sparse": (.sparseTensor(.int64, nil), ""),
    "sequence": (.sequence(.tensor(.float, nil)), "s"),
    "empty sequence": (.sequence(.tensor(.float, nil)), ""),
    "nested sequence": (.sequence(.sequence(.tensor(.int64, nil))), ""),
    "map": (.map(key: .int64, value: .tensor(.float, nil)), "m"),
    "text map": (.map(key: .string, value: .tensor(.int64, nil)), ""),
    "optional": (.optional(.tensor(.float, nil)), "o"),
    "empty optional": (.optional(.tensor(.float, nil)), ""),
    "optional sequence": (.optional(.sequence(.tensor(.float, nil))), ""),
  ]

  @Test("Each kind is read as declared and written as PyPI's onnx writes it")
  func everyKind() throws {
    let files = try Fixture.json("values.json", [String: String].self)
    #expect(files.count == Self.types.count)
    for (what, hex) in files {
      let (type, name) = try #require(Self.types[what])
      let value = try OnnxFile.readValue(bytes(hex: hex), as: type)
      #expect(value.type.withoutShape == type.withoutShape, "\(what)")
      // PyPI's writer gives an empty sequence within a sequence the kind it was told, undefined.
      guard what != "nested sequence" else { continue }
      #expect(try OnnxFile.serialize(value, name: name) == bytes(hex: hex), "\(what)")
    }
  }

  @Test("What the values hold")
  func contents() throws {
    let files = try Fixture.json("values.json", [String: String].self)
    func read(_ what: String) throws -> Value {
      try OnnxFile.readValue(bytes(hex: #require(files[what])), as: #require(Self.types[what]).0)
    }
    guard case .map(let map) = try read("text map"), case .strings(let keys) = map.keys,
      case .tensor(let second) = map.values[1], case .optional(nil, _) = try read("empty optional"),
      case .sequence(let outer, _) = try read("nested sequence"), case .sequence(let inner, _) = outer[0],
      case .sparseTensor(let sparse) = try read("sparse")
    else { Issue.record("a value has another kind"); return }
    #expect(keys == ["a", "b"] && second.integers() == [2, 3])
    #expect(outer.count == 2 && inner.count == 1)
    #expect(sparse.shape == [2, 3] && sparse.indices.integers() == [1, 2])
  }

  @Test("A file of another type than declared")
  func mismatches() throws {
    let files = try Fixture.json("values.json", [String: String].self)
    let wrong: [(String, ValueType)] = [
      ("tensor", .tensor(.float, nil)), ("sequence", .sequence(.sequence(.tensor(.float, nil)))),
      ("sequence", .sequence(.tensor(.int64, nil))), ("map", .map(key: .string, value: .tensor(.float, nil))),
      ("optional", .optional(.sequence(.tensor(.float, nil)))), ("sparse", .sparseTensor(.float, nil)),
    ]
    for (what, type) in wrong {
      let bytes = bytes(hex: try #require(files[what]))
      #expect(throws: LoadError.self, "\(what) as \(type)") { try OnnxFile.readValue(bytes, as: type) }
    }
  }

  @Test("A map with more keys than values")
  func unevenMaps() {
    let map = field(2, 7) + field(3, 1) + field(3, 2) + field(5, field(2, 1))
    #expect { try OnnxFile.readValue(map, as: .map(key: .int64, value: .tensor(.float, nil))) } throws: {
      "\($0)".contains("2 keys, but 0 values")
    }
  }

  @Test("A tensor's file, by path")
  func tensorFiles() throws {
    let folder = try Scratch()
    let tensor = Tensor(floats: (0..<2_000).map(Float.init))
    try OnnxFile.writeTensor(tensor, name: "x", to: folder.path + "/input_0.pb")
    let read = try OnnxFile.readTensor(path: folder.path + "/input_0.pb")
    #expect(read.name == "x" && read.tensor.doubles() == tensor.doubles())
    let value = try OnnxFile.readValue(path: folder.path + "/input_0.pb", as: .tensor(.float, nil))
    #expect(value.type == .tensor(.float, [2_000]))
  }
}
