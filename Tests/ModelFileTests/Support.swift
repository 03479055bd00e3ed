import Foundation
import GraphIR
import ModelFile
import TensorCore
import TestSupport
import Testing

/// The files that make_fixtures.py wrote.
enum Fixture {
  static func path(_ name: String) throws -> String {
    try #require(Bundle.module.path(forResource: "Fixtures/\(name)", ofType: nil), "no fixture \(name)")
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  static func json<T: Decodable>(_ name: String, _ type: T.Type) throws -> T {
    try JSONDecoder().decode(T.self, from: Data(bytes(name)))
  }
}

/// A tensor as the fixtures state it.
struct Truth: Decodable, Sendable {
  let type: Int32
  let shape: [Int]
  let hex: String?
  let strings: [String]?
  let npy: String?

  func check(_ tensor: Tensor, _ name: String) {
    #expect(tensor.elementType.rawValue == type, "\(name)")
    #expect(tensor.shape == shape, "\(name)")
    if let strings { #expect(tensor.strings == strings, "\(name)") }
    if let hex { #expect(tensor.withUnsafeBytes { Array($0) } == bytes(hex: hex), "\(name)") }
  }
}

func bytes(hex: String) -> [UInt8] {
  let digits = hex.utf8.map { $0 < 58 ? $0 - 48 : $0 - 87 }
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

extension Scratch {
  func put(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }
}

// MARK: - Bytes of the wire format, good and bad

func varint(_ value: UInt64) -> [UInt8] {
  value < 128 ? [UInt8(value)] : [UInt8(value & 127) | 128] + varint(value >> 7)
}

/// A length-delimited field.
func field(_ number: UInt64, _ contents: [UInt8]) -> [UInt8] {
  varint(number << 3 | 2) + varint(UInt64(contents.count)) + contents
}

func field(_ number: UInt64, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

func field(_ number: UInt64, _ value: Int) -> [UInt8] {
  varint(number << 3) + varint(UInt64(bitPattern: Int64(value)))
}

/// A model with the given fields of its graph.
func model(_ graph: [UInt8], irVersion: Int = 8) -> [UInt8] {
  field(1, irVersion) + field(8, field(1, "") + field(2, 17)) + field(7, graph)
}

/// `bytes`, `count` times.
func repeated(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
  if count == 1 { return bytes }
  let half = repeated(bytes, count / 2)
  return count % 2 == 0 ? half + half : half + half + bytes
}

/// A model whose one initializer 'w' has the given fields.
func model(tensor: [UInt8]) -> [UInt8] { model(field(2, "g") + field(5, field(8, "w") + tensor)) }

/// Dims, type and the rest of a tensor.
func tensor(_ type: Int, _ dims: [Int], _ rest: [UInt8] = []) -> [UInt8] {
  dims.flatMap { field(1, $0) } + field(2, type) + rest
}

/// The error that reading `bytes` as a model gives.
func loadError(_ bytes: [UInt8], _ location: SourceLocation = #_sourceLocation) -> LoadError? {
  var found: LoadError?
  #expect(sourceLocation: location) {
    try OnnxFile.parse(bytes: bytes)
  } throws: { error in
    found = error as? LoadError
    return found != nil
  }
  return found
}
