import Foundation
import GraphIR
import ModelFile
import TensorCore
import Testing

@Suite("Tensor encodings")
struct EncodingTests {
  @Test("Every type, as raw_data and in its typed field, against PyPI's onnx")
  func everyEncoding() throws {
    let truth = try Fixture.json("encodings.json", [String: Truth].self)
    let model = try OnnxFile.load(path: Fixture.path("encodings.onnx"))
    #expect(model.graph.initializers.count == truth.count)
    #expect(truth.count == 2 * ElementType.allCases.count - 1)
    for initializer in model.graph.initializers {
      try #require(truth[initializer.name]).check(initializer.tensor, initializer.name)
    }
  }

  @Test("Writing packs elements as PyPI's onnx does")
  func writingPacks() throws {
    let model = try OnnxFile.load(path: Fixture.path("encodings.onnx"))
    let original = try Fixture.bytes("encodings.onnx")
    for initializer in model.graph.initializers where initializer.name.hasSuffix("/raw") {
      let written = try OnnxFile.serialize(.tensor(initializer.tensor), name: initializer.name)
      #expect(Data(original).range(of: Data(written)) != nil, "\(initializer.name)")
    }
  }

  @Test("Typed fields may be packed, unpacked, or in pieces")
  func piecesOfTypedFields() throws {
    let cases: [[UInt8]] = [
      tensor(7, [3], field(7, [1, 2, 3])),
      tensor(7, [3], field(7, 1) + field(7, 2) + field(7, 3)),
      tensor(7, [3], field(7, [1]) + field(7, 2) + field(7, [3])),
      field(7, 1) + tensor(7, [3], field(7, [2]) + field(12, "a text between") + field(7, 3)),
      field(1, [3]) + field(2, 7) + field(7, [1, 2, 3]),
    ]
    for bytes in cases {
      let tensor = try OnnxFile.parse(bytes: model(tensor: bytes)).graph.initializers[0].tensor
      #expect(tensor.integers() == [1, 2, 3])
    }
    let floats: [[UInt8]] = [[0, 0, 128, 63], [0, 0, 0, 64]]
    for data in [field(4, floats[0] + floats[1]), floats.flatMap { varint(4 << 3 | 5) + $0 }] {
      let tensor = try OnnxFile.parse(bytes: model(tensor: tensor(1, [2], data))).graph.initializers[0].tensor
      #expect(tensor.doubles() == [1, 2])
    }
  }

  /// Truth: `onnx.numpy_helper.to_array(…).astype(int)`.
  @Test("Any number but 0 is true")
  func bools() throws {
    let many = [UInt8](repeating: 2, count: 100_000)
    for (data, count) in [
      (field(9, [0, 2, 255]), 3), (field(5, [0, 0x80, 0x02, 1]), 3), (field(9, many), many.count),
    ] {
      let bytes = model(tensor: tensor(9, [count], data))
      let tensor = try OnnxFile.parse(bytes: bytes).graph.initializers[0].tensor
      let wanted: [UInt8] = count == 3 ? [0, 1, 1] : .init(repeating: 1, count: count)
      #expect(tensor.withElements(UInt8.self) { Array($0) } == wanted)
    }
  }

  @Test("Scalars, empty tensors, and empty tensors of huge extents")
  func scalarsAndEmptyTensors() throws {
    func read(_ bytes: [UInt8]) throws -> Tensor {
      try OnnxFile.parse(bytes: model(tensor: bytes)).graph.initializers[0].tensor
    }
    let scalar = try read(tensor(7, [], field(7, 5)))
    #expect(scalar.shape == [] && scalar.integers() == [5])
    for bytes in [tensor(1, [0, 3]), tensor(1, [0, 3], field(9, [])), tensor(8, [0])] {
      #expect(try read(bytes).count == 0)
    }
    #expect(try read(tensor(6, [1 << 40, 0, 1 << 10])).count == 0)
  }

  @Test("Types in a model: bits of 2, 4 and 6 survive writing at any count", arguments: 1...9)
  func oddCounts(count: Int) throws {
    for type in ElementType.allCases where type.bitWidth < 8 && type != .string {
      let codes = (0..<count).map {
        UInt8(truncatingIfNeeded: $0 * 11 + 1) & ((1 << UInt8(type.bitWidth)) - 1)
      }
      let signed = codes.map { code -> UInt8 in
        guard type.arithmetic == .signed else { return code }
        let unused = 8 - type.bitWidth
        return UInt8(bitPattern: Int8(bitPattern: code << UInt8(unused)) >> Int8(unused))
      }
      let tensor = Tensor(type, shape: [count], elements: signed)
      let again = try OnnxFile.readTensor(OnnxFile.serialize(.tensor(tensor))).tensor
      #expect(again.withUnsafeBytes { Array($0) } == signed, "\(type)")
    }
  }
}
