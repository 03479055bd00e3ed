import Foundation
import TestSupport
import Testing

@testable import ModelFile

@Suite("Output files")
struct OutputFileTests {
  @Test("A full disk is an error")
  func fullDisk() throws {
    let file = try OutputFile("/dev/full")
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

  private func put(_ bytes: [UInt8], at path: String) throws {
    let file = try OutputFile(path)
    try bytes.withUnsafeBytes(file.write)
    try file.complete()
    try file.commit()
  }

  private func status(_ path: String) throws -> stat {
    var status = stat()
    try #require(lstat(path, &status) == 0)
    return status
  }

  @Test("The mode of a file that is replaced stays; a new one has the usual mode")
  func modes() throws {
    let folder = try Scratch()
    let old = try folder.put([7], "old")
    for mode: mode_t in [0o600, 0o640, 0o444] {
      chmod(old, mode)
      try put([1, 2], at: old)
      #expect(try status(old).st_mode & 0o7777 == mode)
      #expect(try Data(contentsOf: URL(fileURLWithPath: old)) == Data([1, 2]))
    }
    try put([1], at: folder.path + "/new")
    let mask = umask(0)
    umask(mask)
    #expect(try status(folder.path + "/new").st_mode & 0o7777 == 0o666 & ~mask)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["new", "old"])
  }

  @Test("Links are followed, also to what is not there yet")
  func links() throws {
    let folder = try Scratch()
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder.path + "/there", withIntermediateDirectories: true)
    for (link, target) in [("a", "there/file"), ("b", "a"), ("c", folder.path + "/there/other")] {
      try manager.createSymbolicLink(atPath: "\(folder.path)/\(link)", withDestinationPath: target)
    }
    for (index, link) in ["a", "b", "c"].enumerated() {
      try put([UInt8(index)], at: "\(folder.path)/\(link)")
      #expect(try status("\(folder.path)/\(link)").st_mode & S_IFMT == S_IFLNK)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/there/file")) == Data([1]))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/there/other")) == Data([2]))
  }

  @Test("A pipe and a device are written to and stay what they are")
  func pipesAndDevices() throws {
    let folder = try Scratch()
    let pipe = folder.path + "/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try put([5, 6], at: pipe)
    var bytes: [UInt8] = [0, 0, 0]
    #expect(read(reader, &bytes, 3) == 2)
    #expect(bytes == [5, 6, 0])
    #expect(try status(pipe).st_mode & S_IFMT == S_IFIFO)
    try put([1], at: "/dev/null")
    #expect(try status("/dev/null").st_mode & S_IFMT == S_IFCHR)
    let link = folder.path + "/null"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
    try put([1], at: link)
    #expect(try status(link).st_mode & S_IFMT == S_IFLNK)
  }

  @Test("Names for messages are clipped")
  func clipping() {
    #expect(quoted("w") == "'w'")
    #expect(quoted(String(repeating: "x", count: 1_000_000)).utf8.count < 200)
  }
}
