import Foundation
import TestSupport
import Testing

@testable import ModelFile

@Suite("Output files")
struct OutputFileTests {
  @Test("A full disk is an error")
  func fullDisk() throws {
    let file = try OutputFile("/dev/full", inPlace: true)
    #expect {
      try [UInt8](repeating: 1, count: 100).withUnsafeBytes(file.write)
    } throws: { ($0 as? LoadError)?.kind == .unwritable && "\($0)".contains("No space left") }
  }

  @Test("What is not committed disappears")
  func uncommitted() throws {
    let folder = try Scratch()
    let path = try folder.put([7], "old")
    do {
      let file = try OutputFile(path)
      try [UInt8(1)].withUnsafeBytes(file.write)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([7]))
  }

  @Test("Names for messages are clipped")
  func clipping() {
    #expect(quoted("w") == "'w'")
    #expect(quoted(String(repeating: "x", count: 1_000_000)).utf8.count < 200)
  }
}
