import Foundation
import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import ModelFile

@Suite("External data")
struct ExternalDataTests {
  private func external(_ entries: [(String, String)], dims: [Int] = [2]) -> [UInt8] {
    let pairs = entries.flatMap { field(13, field(1, $0.0) + field(2, $0.1)) }
    return model(tensor: tensor(1, dims, pairs + field(14, 1)))
  }

  private func load(_ folder: Scratch, _ entries: [(String, String)]) throws -> [Double] {
    let path = try folder.put(external(entries), "model.onnx")
    return try OnnxFile.load(path: path).graph.initializers[0].tensor.doubles()
  }

  private func error(_ folder: Scratch, _ entries: [(String, String)]) throws -> LoadError? {
    do {
      _ = try load(folder, entries)
      return nil
    } catch let error as LoadError { return error }
  }

  private let data: [UInt8] = [9, 9, 9, 9, 0, 0, 128, 63, 0, 0, 0, 64]

  @Test("Offset and length; a checksum is not looked at")
  func reading() throws {
    let folder = try Scratch()
    _ = try folder.put(data, "w.bin")
    let location = ("location", "w.bin")
    #expect(try load(folder, [location, ("offset", "4"), ("length", "8"), ("checksum", "?")]) == [1, 2])
    #expect(try load(folder, [location, ("offset", "4")]) == [1, 2])
    #expect(try load(folder, [("location", "./w.bin"), ("offset", "4")]) == [1, 2])
  }

  @Test("Links within the folder, and those of a hub's cache, are followed; others out of the folder are not")
  func links() throws {
    let cache = try Scratch()
    let manager = FileManager.default
    let folder = cache.path + "/snapshots/main/onnx"
    for path in [folder + "/inner", cache.path + "/blobs", cache.path + "/others"] {
      try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    for path in ["blobs/0a1b", "others/secret", "snapshots/main/onnx/inner/w"] {
      _ = try cache.put(data, path)
    }
    let links = [
      ("hub", "../../../blobs/0a1b"), ("whole", cache.path + "/blobs/0a1b"), ("near", "inner/w"),
      ("out", "../../../others/secret"), ("up", "../../.."), ("twice", "out"), ("passwd", "/etc/passwd"),
    ]
    for (name, target) in links {
      try manager.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: target)
    }
    func outcome(_ location: String) throws -> LoadError.Kind? {
      let path = folder + "/model.onnx"
      try Data(external([("location", location), ("offset", "4")])).write(to: URL(fileURLWithPath: path))
      do {
        let values = try OnnxFile.load(path: path).graph.initializers[0].tensor.doubles()
        #expect(values == [1, 2])
        return nil
      } catch let error as LoadError { return error.kind }
    }
    for location in ["hub", "whole", "near"] { #expect(try outcome(location) == nil, "\(location)") }
    for location in ["out", "up/others/secret", "twice", "passwd", "up/blobs/../others/secret"] {
      #expect(try outcome(location) == .unsafePath, "\(location)")
    }
  }

  @Test("A link put into a path after it was looked at is not followed")
  func racing() throws {
    let folder = try Scratch()
    let real = try #require(FilePath.resolved(try folder.put(data, "w")))
    let link = folder.path + "/l"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: ".")
    #expect(try MappedFile.open(real, followsLinks: false).byteCount == data.count)
    for path in [link + "/w", link] {
      #expect(throws: LoadError.self) { try MappedFile.open(path, followsLinks: false) }
    }
  }

  @Test("Paths that leave the folder")
  func unsafePaths() throws {
    let folder = try Scratch()
    for path in [
      "../w.bin", "a/../../w.bin", "/etc/passwd", "..", "", "a/..", "../\u{301}x", "/\u{301}x",
      "a/../\u{301}",
    ] {
      #expect(try error(folder, [("location", path)])?.kind == .unsafePath, "\(path)")
    }
  }

  @Test("Bad entries: each error names the tensor, what was found and what is required")
  func badEntries() throws {
    let folder = try Scratch()
    _ = try folder.put(data, "w.bin")
    let location = ("location", "w.bin")
    let cases: [([(String, String)], LoadError.Kind, [String])] = [
      ([], .malformed, ["location"]),
      ([("location", "absent.bin")], .notFound, []),
      ([("location", ".")], .unreadable, []),
      ([location, ("offset", "5")], .malformed, ["12 bytes", "8 at offset 5"]),
      ([location, ("offset", "9223372036854775807")], .malformed, ["12 bytes"]),
      ([location, ("offset", "9223372036854775808")], .malformed, ["offset"]),
      ([location, ("offset", "-4")], .malformed, ["'-4'"]),
      ([location, ("length", "7")], .malformed, ["length 7", "8 bytes"]),
      ([location, ("length", "x")], .malformed, ["'x'"]),
    ]
    for (entries, kind, words) in cases {
      let error = try #require(try error(folder, entries), "\(entries)")
      #expect(error.kind == kind && error.message.contains("tensor 'w'"), "\(error)")
      for word in words { #expect(error.message.contains(word), "\(error)") }
    }
  }

  @Test("Bytes that are copied count each time that a tensor has them")
  func copies() throws {
    let folder = try Scratch()
    let count = 1 << 20
    _ = try folder.put([UInt8](repeating: 2, count: count), "w.bin")
    let initializer = field(
      5, tensor(9, [count], field(13, field(1, "location") + field(2, "w.bin")) + field(14, 1)))
    func load(_ times: Int) throws -> Model {
      let graph = [[UInt8]](repeating: initializer, count: times).flatMap { $0 }
      return try OnnxFile.load(path: try folder.put(model(graph), "model.onnx"))
    }
    #expect(try load(8).graph.initializers[7].tensor.bools().allSatisfy { $0 })
    let error = #expect(throws: LoadError.self) { _ = try load(20) }
    #expect(error?.kind == .limit, "\(error.map { "\($0)" } ?? "no error")")
  }

  @Test("Without a folder, external data is an error")
  func noFolder() {
    let error = loadError(external([("location", "w.bin")]))
    #expect(error?.kind == .unsafePath && error?.message.contains("no folder") == true)
  }

  @Test("Unpacking one file again and again is limited")
  func amplification() throws {
    let folder = try Scratch()
    _ = try folder.put([UInt8](repeating: 0, count: 1 << 20), "w.bin")
    let one = field(
      5, tensor(25, [1 << 22], field(13, field(1, "location") + field(2, "w.bin")) + field(14, 1)))
    let path = try folder.put(model((0..<20).flatMap { _ in one }), "model.onnx")
    #expect { try OnnxFile.load(path: path) } throws: { ($0 as? LoadError)?.kind == .limit }
  }

  @Test("Saving large initializers beside the model")
  func saving() throws {
    let folder = try Scratch()
    let model = try OnnxFile.load(path: Fixture.path("everything.onnx"))
    let path = folder.path + "/model.onnx"
    try OnnxFile.write(model, to: path, saveAsExternalData: 1_000)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        "model.onnx", "model.onnx.data",
      ])
    let again = try OnnxFile.load(path: path)
    #expect(try OnnxFile.serialize(again) == OnnxFile.serialize(model))
    try OnnxFile.write(again, to: path, saveAsExternalData: 1_000)
    #expect(try OnnxFile.serialize(OnnxFile.load(path: path)) == OnnxFile.serialize(model))
  }

  /// A model with two large tensors in `weights.bin`, at whose place in the file they are 1, 2, 3, …
  private static func modelWithWeights(in folder: Scratch) throws -> Model {
    let count = 4_096
    let numbers = Tensor(floats: (0..<2 * count).map { Float($0) })
    _ = try folder.put(numbers.withUnsafeBytes { Array($0) }, "weights.bin")
    let tensors = [0, 1].map { index in
      let place = [("location", "weights.bin"), ("offset", "\(index * count * 4)")].map {
        field(13, field(1, $0.0) + field(2, $0.1))
      }
      return field(5, field(8, "w\(index)") + tensor(1, [count], Array(place.joined()) + field(14, 1)))
    }
    return try OnnxFile.load(path: try folder.put(model(Array(tensors.joined())), "model.onnx"))
  }

  /// What was made of a model goes on to use the data that it did not change, and so does what is made of that.
  @Test("Data that stands beside the new model too is not written again")
  func references() throws {
    let folder = try Scratch()
    let old = try Self.modelWithWeights(in: folder)
    var new = old
    new.graph.initializers[1] = Initializer(
      name: "new", tensor: Tensor(floats: [Float](repeating: 7, count: 2_048)))
    try OnnxFile.write(new, to: folder.path + "/new.onnx", inPlaceOf: old)
    let read = try OnnxFile.load(path: folder.path + "/new.onnx")
    #expect(read.externalFiles.map(\.location) == ["new.onnx.data", "weights.bin"])
    #expect(read.graph.initializers.map { $0.tensor.doubles()[5] } == [5, 7])
    let size = try FileManager.default.attributesOfItem(atPath: folder.path + "/new.onnx.data")[.size] as? Int
    #expect(size == 8_192)
    // Its own data would take the place of what it refers to, so that all of it is written.
    try OnnxFile.write(read, to: folder.path + "/new.onnx", inPlaceOf: read)
    let again = try OnnxFile.load(path: folder.path + "/new.onnx")
    #expect(again.externalFiles.map(\.location) == ["new.onnx.data"])
    #expect(again.graph.initializers.map { $0.tensor.doubles()[5] } == [5, 7])
  }

  @Test("Data that does not stand beside the new model is written there")
  func otherFolder() throws {
    let (folder, other) = (try Scratch(), try Scratch())
    let old = try Self.modelWithWeights(in: folder)
    // Another file of that name is not taken for it.
    _ = try other.put([1, 2, 3], "weights.bin")
    try OnnxFile.write(old, to: other.path + "/new.onnx", inPlaceOf: old)
    let read = try OnnxFile.load(path: other.path + "/new.onnx")
    #expect(read.externalFiles.map(\.location) == ["new.onnx.data"])
    #expect(read.graph.initializers.map { $0.tensor.doubles()[5] } == [5, 4_101])
  }
}
