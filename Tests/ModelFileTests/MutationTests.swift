import Foundation
import GraphIR
import ModelFile
import TestSupport
import Testing

extension SplitMix {
  /// `bytes` with one to four changes: flipped bits, other bytes, insertions, removals, copied parts.
  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      guard bytes.count > 1 else { return bytes }
      let place = Int.random(in: 0..<bytes.count, using: &self)
      switch Int.random(in: 0..<7, using: &self) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 1: bytes[place] = .random(in: 0...255, using: &self)
      case 2: bytes[place] = [0, 1, 127, 128, 255][Int.random(in: 0..<5, using: &self)]
      case 3: bytes.removeLast(Int.random(in: 0...min(40, bytes.count - 1), using: &self))
      case 4:
        bytes.insert(
          contentsOf: [255, 255, 255, 255, 15].prefix(Int.random(in: 1...5, using: &self)), at: place)
      case 5: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...8, using: &self)))
      default:
        let from = Int.random(in: 0..<bytes.count, using: &self)
        let part = Array(bytes[from..<min(bytes.count, from + Int.random(in: 1...60, using: &self))])
        bytes.insert(contentsOf: part, at: place)
      }
    }
    return bytes
  }
}

@Suite("Mutations", .serialized)
struct MutationTests {
  @Test("20,000 mutations of each of two models: each is read or refused, and what is read can be written")
  func models() throws {
    // The large tensor is cut out, so that changes hit the structure.
    let everything = try OnnxFile.parse(bytes: Fixture.bytes("everything.onnx"))
    var small = everything
    small.graph.initializers.removeFirst()
    let bases = [try OnnxFile.serialize(small), try Fixture.bytes("encodings.onnx")]
    var random = SplitMix(seed: 1)
    var read = 0
    for index in 0..<40_000 {
      guard let model = try? OnnxFile.parse(bytes: random.mutated(bases[index % 2])) else { continue }
      read += 1
      if index % 8 < 2 {
        let again = try OnnxFile.serialize(model)
        #expect(try OnnxFile.serialize(OnnxFile.parse(bytes: again)) == again)
      }
    }
    #expect(read > 1_000 && read < 39_000)
  }

  @Test("Mutations of values")
  func values() throws {
    let files = try Fixture.json("values.json", [String: String].self)
    var random = SplitMix(seed: 2)
    for (what, (type, _)) in ValueTests.types.sorted(by: { $0.key < $1.key }) {
      let bytes = bytes(hex: try #require(files[what]))
      for _ in 0..<500 { _ = try? OnnxFile.readValue(random.mutated(bytes), as: type) }
    }
  }

  @Test("Random bytes")
  func noise() {
    var random = SplitMix(seed: 3)
    for _ in 0..<2_000 {
      let count = Int.random(in: 0...300, using: &random)
      _ = try? OnnxFile.parse(bytes: (0..<count).map { _ in .random(in: 0...255, using: &random) })
    }
  }
}
