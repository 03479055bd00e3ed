import Foundation
import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import ModelFile

@Suite("NumPy's files")
struct NumpyTests {
  @Test("Every type, order and version that NumPy and ml_dtypes write")
  func reading() throws {
    for (name, truth) in try Fixture.json("arrays.json", [String: Truth].self) {
      let type = try #require(ElementType(rawValue: truth.type))
      let npy = bytes(hex: try #require(truth.npy))
      truth.check(try NumpyFile.parse(bytes: npy, as: type), name)
      if !name.hasPrefix("FLOAT4") && NumpyReader.names[type] != nil {
        truth.check(try NumpyFile.parse(bytes: npy), name)
      }
    }
  }

  @Test("Writing gives NumPy's bytes")
  func writing() throws {
    for (name, truth) in try Fixture.json("arrays.json", [String: Truth].self) where !name.contains("/") {
      let npy = bytes(hex: try #require(truth.npy))
      let tensor = try NumpyFile.parse(bytes: npy, as: ElementType(rawValue: truth.type))
      // ml_dtypes names one of its types <f1, which NumPy itself cannot read back.
      guard name != "FLOAT8E5M2" else { continue }
      let written = try NumpyFile.serialize(tensor)
      #expect(written == npy, "\(name)")
    }
  }

  @Test("Any byte but 0 is true")
  func bools() throws {
    let header = "{'descr': '|b1', 'fortran_order': False, 'shape': (3,), }"
    let tensor = try NumpyFile.parse(bytes: npy(header, [0, 2, 255]))
    #expect(tensor.withElements(UInt8.self) { Array($0) } == [0, 1, 1])
  }

  @Test("Archives, stored and deflated")
  func archives() throws {
    let deflated = try NumpyFile.readArchive(path: Fixture.path("deflated.npz"))
    #expect(deflated.map(\.name) == ["ramp", "noise", "zeros", "one"])
    #expect(deflated[0].tensor.integers() == (0..<5_000).map { $0 / 7 })
    #expect(deflated[2].tensor.shape == [50, 50] && deflated[3].tensor.doubles() == [1])
    let stored = try NumpyFile.readArchive(path: Fixture.path("stored.npz"))
    #expect(stored.map(\.name) == ["noise", "one"])
    #expect(stored[0].tensor.integers() == deflated[1].tensor.integers())
    let folder = try Scratch()
    try NumpyFile.writeArchive(deflated, to: folder.path + "/a.npz")
    let again = try NumpyFile.readArchive(path: folder.path + "/a.npz")
    #expect(again.map(\.name) == deflated.map(\.name))
    for (one, other) in zip(again, deflated) {
      #expect(one.tensor.withUnsafeBytes { Array($0) } == other.tensor.withUnsafeBytes { Array($0) })
    }
  }

  private func npy(_ header: String, _ elements: [UInt8] = []) -> [UInt8] {
    let text = Array(header.utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count & 255), UInt8(text.count >> 8)] + text
      + elements
  }

  @Test("Bad arrays: each error says what was found and what is required")
  func badArrays() {
    func header(_ descr: String, _ shape: String) -> String {
      "{'descr': \(descr), 'fortran_order': False, 'shape': \(shape), }"
    }
    let cases: [([UInt8], String)] = [
      ([], "magic"), (Array("PK".utf8) + .init(repeating: 0, count: 40), "magic"),
      ([0x93] + Array("NUMPY".utf8) + [4, 0, 0, 0], "version"),
      ([0x93] + Array("NUMPY".utf8) + [1, 0, 255, 255], "cut off"),
      (npy(header("'<f4'", "(2,)"), [0, 0, 0, 0]), "needs 8 bytes"),
      (npy(header("'<f4'", "(1,)"), .init(repeating: 0, count: 8)), "needs 4 bytes"),
      (npy(header("'<f4'", "(-1,)")), "shape"), (npy(header("'<f4'", "(99999999999999999999,)")), "63 bits"),
      (npy(header("'<f4'", "(9223372036854775807, 9223372036854775807)")), "product"),
      (npy(header("'|O'", "(1,)"), [0]), "never read"), (npy(header("[('a', '<f4')]", "(1,)")), "structured"),
      (npy(header("'|V1'", "(1,)"), [0]), "expected element type"), (npy(header("'<f3'", "()")), "no type"),
      (npy(header("'<U0'", "(1000000000,)")), "no type"),
      (npy(header("'<U9223372036854775807'", "(9,)")), "no type"),
      (npy(header("'<U1'", "(1,)"), [0, 0, 17, 0]), "scalar"), (npy("{'descr': '<f4'}"), "must have"),
      (npy("{"), "no string"), (npy("{'descr"), "no end"), (npy("{'x': 1}"), "unknown key"),
    ]
    for (bytes, words) in cases {
      #expect { try NumpyFile.parse(bytes: bytes) } throws: {
        "\($0)".contains(words)
          ? true
          : {
            print($0, words); return false
          }($0)
      }
    }
    #expect {
      try NumpyFile.parse(bytes: self.npy(header("'<f4'", "()"), [0, 0, 0, 0]), as: .int64)
    } throws: {
      "\($0)".contains("int64 is expected")
    }
  }

  @Test("Mutated arrays and archives: an answer or an error")
  func mutations() throws {
    let folder = try Scratch()
    var random = SplitMix(seed: 7)
    let arrays = try Fixture.json("arrays.json", [String: Truth].self).sorted { $0.key < $1.key }
      .compactMap { $0.value.npy.map(bytes(hex:)) }
    for index in 0..<3_000 {
      _ = try? NumpyFile.parse(bytes: random.mutated(arrays[index % arrays.count]))
    }
    let archives = try ["deflated.npz", "stored.npz"].map(Fixture.bytes)
    var limits = LoadLimits()
    limits.inflatedBytes = 1 << 20
    for index in 0..<600 {
      let path = try folder.put(random.mutated(archives[index % 2]), "a.npz")
      _ = try? NumpyFile.readArchive(path: path, limits: limits)
    }
  }
}
