import GraphIR
import ModelFile
import Testing

/// Files made to hurt: each must be refused quickly, and before memory is spent on it.
@Suite("Hostile models", .serialized)
struct HostileTests {
  @Test("Nested subgraphs", arguments: [70, 3_000])
  func nesting(levels: Int) {
    var graph: [UInt8] = []
    for _ in 0..<levels { graph = field(1, field(5, field(6, graph))) }
    let error = loadError(model(graph))
    #expect(error?.kind == .limit && error?.message.contains("200 levels") == true)
  }

  @Test("Subgraphs as deep as the limit allows are read, written and freed")
  func deepestNesting() throws {
    var graph: [UInt8] = []
    for _ in 0..<66 {
      graph = field(1, field(4, "If") + field(5, field(1, "b") + field(20, 5) + field(6, graph)))
    }
    let deep = try OnnxFile.parse(bytes: model(graph))
    _ = try OnnxFile.parse(bytes: OnnxFile.serialize(deep))
  }

  @Test("Nested types")
  func nestedTypes() {
    var type: [UInt8] = []
    for _ in 0..<1_000 { type = field(4, field(1, type)) }
    #expect(loadError(model(field(11, field(2, type))))?.kind == .limit)
  }

  @Test("Ten megabytes of empty messages", arguments: [1, 5, 11, 15, 16])
  func emptyMessages(number: UInt64) {
    let graph = repeated(field(number, []), 5_000_000)
    #expect(loadError(model(graph))?.kind == .limit)
  }

  @Test("Ten megabytes of unknown fields")
  func unknownFields() {
    let graph = repeated(field(500, 1), 3_000_000)
    #expect(loadError(model(graph))?.kind == .limit)
  }

  @Test("A limit on messages that the caller sets")
  func messageLimit() throws {
    var limits = LoadLimits()
    limits.messages = 10
    #expect {
      _ = try OnnxFile.parse(bytes: model((0..<20).flatMap { _ in field(1, []) }), limits: limits)
    } throws: { ($0 as? LoadError)?.kind == .limit }
  }

  static let badLengths: [UInt64] = [
    1 << 31 - 1, 1 << 31, 1 << 32 - 1, 1 << 32, 1 << 62, 1 << 63 - 1, 1 << 63, .max,
  ]

  @Test("Lengths beyond the end", arguments: badLengths)
  func lengths(length: UInt64) {
    let fields: [[UInt8]] = [
      varint(7 << 3 | 2) + varint(length) + [1, 2, 3],
      field(7, varint(5 << 3 | 2) + varint(length) + [1, 2, 3]),
      field(7, field(5, varint(9 << 3 | 2) + varint(length))),
      varint(500 << 3 | 2) + varint(length),
    ]
    for bytes in fields { #expect(loadError(field(1, 8) + bytes)?.kind == .malformed) }
  }

  @Test("Every truncation of a model is an error, unless it ends between two fields")
  func truncation() throws {
    let bytes = try Fixture.bytes("everything.onnx")
    var read = 0
    for count in 0..<bytes.count where (try? OnnxFile.parse(bytes: Array(bytes[..<count]))) != nil {
      read += 1
    }
    #expect(read < 16)
  }

  @Test("A tensor cannot forge the marker of lifted elements")
  func forgedMarkers() throws {
    var marker = [UInt8](repeating: 255, count: 16)
    marker[7] = 0
    let forged = try OnnxFile.parse(bytes: model(tensor: tensor(2, [16], field(9, marker))))
    #expect(forged.graph.initializers[0].tensor.withUnsafeBytes { Array($0) } == marker)
    let strings = field(1, "a") + field(20, 7) + field(9, marker)
    #expect(loadError(model(field(1, field(5, strings))))?.message.contains("STRINGS") == true)
  }
}
