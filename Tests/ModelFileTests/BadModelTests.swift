import GraphIR
import ModelFile
import Testing

/// One error each, which names the thing, what was found, and what is required.
@Suite("Bad models")
struct BadModelTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let bytes: [UInt8]
    let kind: LoadError.Kind
    let words: [String]
    var testDescription: String { what }
  }

  static func node(_ attribute: [UInt8]) -> [UInt8] {
    model(field(1, field(3, "n") + field(4, "Op") + field(5, field(1, "a") + attribute)))
  }

  static let badModels: [Case] = [
    Case(what: "no ir_version", bytes: field(7, []), kind: .malformed, words: ["ir_version"]),
    Case(
      what: "ir_version 0", bytes: model([], irVersion: 0), kind: .malformed,
      words: ["ir_version is 0", "1"]),
    Case(what: "ir_version 15", bytes: model([], irVersion: 15), kind: .unsupported, words: ["15", "14"]),
    Case(what: "no graph", bytes: field(1, 8), kind: .malformed, words: ["no graph"]),
    Case(
      what: "no opset_import", bytes: field(1, 3) + field(7, []), kind: .malformed,
      words: ["opset_import", "3"]),
    Case(what: "empty file", bytes: [], kind: .malformed, words: ["ir_version"]),
    Case(what: "a group", bytes: field(1, 8) + [0x3b, 0x3c], kind: .malformed, words: ["wire type 3"]),
    Case(
      what: "wrong wire type", bytes: field(1, "8"), kind: .malformed,
      words: ["field 1 of ModelProto", "wire type 2", "must have 0"]),
    Case(what: "field number 0", bytes: [0x02, 0], kind: .malformed, words: ["number 0"]),
    Case(
      what: "long varint", bytes: [8] + [UInt8](repeating: 255, count: 10), kind: .malformed,
      words: ["64 bits"]),
    Case(
      what: "NUL in a name", bytes: model(field(2, "a\0b")), kind: .malformed,
      words: ["graph's name", "NUL"]),
    Case(
      what: "invalid UTF-8", bytes: model(field(1, field(1, [0xc3, 0x28]))), kind: .malformed,
      words: ["node 0", "input", "UTF-8"]),
    Case(
      what: "surrogate in UTF-8", bytes: model(field(1, field(4, [0xed, 0xa0, 0x80]))), kind: .malformed,
      words: ["op_type", "UTF-8"]),
    Case(
      what: "element type of a value",
      bytes: model(field(11, field(1, "x") + field(2, field(1, field(1, 29))))), kind: .unsupported,
      words: ["'x'", "29", "28"]),
    Case(what: "attribute type", bytes: node(field(20, 15)), kind: .unsupported, words: ["'a'", "15", "14"]),
    Case(what: "attribute without value", bytes: node([]), kind: .malformed, words: ["'a'", "no value"]),
    Case(
      what: "attribute with two values", bytes: node(field(20, 2) + field(3, 1) + field(4, "s")),
      kind: .malformed,
      words: ["'n' (Op)", "'a'", "INT", "STRING"]),
    Case(what: "attribute without tensor", bytes: node(field(20, 4)), kind: .malformed, words: ["TENSOR"]),
    Case(
      what: "floats cut within a number", bytes: node(field(20, 6) + field(7, [1, 2, 3])), kind: .malformed,
      words: ["'a'", "3 bytes", "4"]),
  ]

  static let badTensors: [Case] = [
    Case(what: "data_type 0", bytes: tensor(0, [1]), kind: .malformed, words: ["data_type is 0", "1 to 28"]),
    Case(
      what: "data_type 99", bytes: tensor(99, [1]), kind: .unsupported,
      words: ["data_type is 99", "1 to 28"]),
    Case(what: "no data_type", bytes: field(9, [1]), kind: .malformed, words: ["data_type is 0"]),
    Case(
      what: "negative dims", bytes: tensor(1, [2, -1]), kind: .malformed, words: ["[2, -1]", "negative"]),
    Case(what: "overflow", bytes: tensor(2, [1 << 32, 1 << 32]), kind: .malformed, words: ["product"]),
    Case(what: "2^62 elements", bytes: tensor(2, [1 << 62]), kind: .malformed, words: ["product"]),
    Case(
      what: "overflow beside 0", bytes: tensor(2, [1 << 62, 0, 1 << 62]), kind: .malformed, words: ["product"]
    ),
    Case(what: "no data", bytes: tensor(1, [3]), kind: .malformed, words: ["[3]", "3 elements", "no data"]),
    Case(
      what: "short raw_data", bytes: tensor(1, [2], field(9, [1, 2, 3, 4])), kind: .malformed,
      words: ["raw_data has 4 bytes", "needs 8"]),
    Case(
      what: "long raw_data", bytes: tensor(22, [2], field(9, [1, 2])), kind: .malformed,
      words: ["2 bytes", "needs 1"]),
    Case(
      what: "short int64_data", bytes: tensor(7, [3], field(7, [1, 2])), kind: .malformed, words: ["2", "3"]),
    Case(
      what: "long int64_data", bytes: tensor(7, [1], field(7, [1, 2])), kind: .malformed,
      words: ["more", "1"]),
    Case(
      what: "2^50 elements of nothing", bytes: tensor(7, [1 << 50], field(7, [1])), kind: .malformed,
      words: ["int64_data", "\(1 << 50)"]),
    Case(
      what: "long float_data", bytes: tensor(1, [1], field(4, .init(repeating: 0, count: 8))),
      kind: .malformed, words: ["more"]),
    Case(
      what: "float_data of 5 bytes", bytes: tensor(1, [1], field(4, [0, 0, 0, 0, 0])), kind: .malformed,
      words: ["5 bytes"]),
    Case(
      what: "wrong field", bytes: tensor(1, [1], field(7, [1])), kind: .malformed,
      words: ["int64_data", "float_data or raw_data"]),
    Case(
      what: "two fields", bytes: tensor(7, [1], field(7, [1]) + field(9, .init(repeating: 0, count: 8))),
      kind: .malformed, words: ["int64_data and raw_data"]),
    Case(
      what: "strings as raw_data", bytes: tensor(8, [1], field(9, "a")), kind: .malformed,
      words: ["string_data"]),
    Case(
      what: "string that is no UTF-8", bytes: tensor(8, [1], field(6, [255])), kind: .malformed,
      words: ["string 0", "UTF-8"]),
    Case(what: "too few strings", bytes: tensor(8, [2], field(6, "a")), kind: .malformed, words: ["1", "2"]),
    Case(
      what: "data_location 2", bytes: tensor(1, [1], field(14, 2)), kind: .malformed,
      words: ["data_location is 2"]),
    Case(
      what: "65 dims", bytes: tensor(1, .init(repeating: 1, count: 65)), kind: .limit, words: ["65", "64"]),
  ]

  @Test("Structure", arguments: badModels)
  func structure(_ test: Case) { check(test, test.bytes) }

  @Test("Tensors", arguments: badTensors)
  func tensors(_ test: Case) {
    check(
      Case(what: test.what, bytes: [], kind: test.kind, words: test.words + ["tensor 'w'"]),
      model(tensor: test.bytes))
  }

  private func check(_ test: Case, _ bytes: [UInt8]) {
    let error = loadError(bytes)
    #expect(error?.kind == test.kind, "\(error?.message ?? "")")
    for word in test.words {
      #expect(error?.message.contains(word) == true, "'\(word)' in: \(error?.message ?? "")")
    }
  }

  @Test("Sparse tensors whose indices lie outside")
  func sparseTensors() throws {
    func sparse(_ index: Int, _ type: Int = 7) -> [UInt8] {
      let values = field(1, field(8, "s") + tensor(1, [1], field(9, [0, 0, 0, 0])))
      return model(
        field(15, values + field(2, tensor(type, [1], field(type == 7 ? 7 : 5, index))) + field(3, 4)))
    }
    _ = try OnnxFile.parse(bytes: sparse(3))
    #expect(loadError(sparse(4))?.message.contains("index 4") == true)
    #expect(loadError(sparse(-1))?.message.contains("index -1") == true)
    #expect(loadError(sparse(0, 6))?.message.contains("int64[1]") == true)
  }

  @Test("Models of IR version 1: no imports, attribute types from the values")
  func oldModels() throws {
    let node =
      field(4, "Op") + field(5, field(1, "a") + field(3, 4))
      + field(5, field(1, "b") + field(7, [0, 0, 128, 63]))
    let old = try OnnxFile.parse(bytes: field(1, 1) + field(7, field(1, node)))
    #expect(old.opsetImports == [OpsetImport(domain: "", version: 1)])
    guard case .int(4) = old.graph.nodes[0].attributes[0].value,
      case .floats([1]) = old.graph.nodes[0].attributes[1].value
    else { Issue.record("kinds are not inferred"); return }
  }

  @Test("Files that are not there or not files")
  func missingFiles() throws {
    #expect { try OnnxFile.load(path: "/no/such/model.onnx") } throws: { error in
      let error = error as? LoadError
      return error?.kind == .notFound && error?.path == "/no/such/model.onnx"
    }
    for path in ["/", "/dev/zero"] {
      #expect { try OnnxFile.load(path: path) } throws: { ($0 as? LoadError)?.kind == .unreadable }
    }
  }
}
