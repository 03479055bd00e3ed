import Foundation
import TestSupport
import Testing

@testable import ModelFile

@Suite("Temporary files")
struct TemporaryFolderTests {
  @Test("A folder is for its user alone and goes with its object")
  func folders() throws {
    let path: String
    do {
      let folder = try TemporaryFolder()
      path = folder.path
      var status = stat()
      #expect(lstat(path, &status) == 0 && status.st_mode & 0o7777 == 0o700)
      #expect(folder.freshPath(".onnx") != folder.freshPath(".onnx"))
      let file = try TemporaryFile(folder.freshPath(""))
      #expect(lstat(file.path, &status) == 0 && status.st_mode & 0o7777 == 0o600)
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("What exists, or is a link, is not taken over")
  func existing() throws {
    let scratch = try Scratch()
    let victim = try scratch.put([1, 2, 3], "victim")
    let link = scratch.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: victim)
    let nowhere = scratch.path + "/dangling"
    try FileManager.default.createSymbolicLink(atPath: nowhere, withDestinationPath: scratch.path + "/new")
    for path in [victim, link, nowhere] {
      #expect { try TemporaryFile(path) } throws: { ($0 as? LoadError)?.kind == .unwritable }
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: victim)) == Data([1, 2, 3]))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/new"))
  }

  @Test("Files are brought under the names that a model gives them, and none leads out")
  func bringing() throws {
    let scratch = try Scratch()
    let source = try scratch.put([1, 2, 3], "source")
    let folder = try TemporaryFolder()
    for location in ["w", "./w", "a/b/w"] { try folder.bring(source, to: location) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/a/b/w")) == Data([1, 2, 3]))
    for location in ["../w", "/w", "a/../../w", "", "."] {
      #expect { try folder.bring(source, to: location) } throws: {
        ($0 as? LoadError)?.kind == .unsafePath
      }
    }
  }

  @Test("Folders that nobody holds are swept when they are old")
  func sweeping() throws {
    let held = try TemporaryFolder()
    let parent = URL(fileURLWithPath: held.path).deletingLastPathComponent().path
    let (stale, young) = ("\(parent)/touchstone-work-stale0", "\(parent)/touchstone-work-young0")
    for path in [stale, young] {
      try FileManager.default.createDirectory(
        atPath: path + "/sub", withIntermediateDirectories: true)
    }
    defer { try? FileManager.default.removeItem(atPath: young) }
    let old = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -3_600)]
    for path in [stale, held.path] { try FileManager.default.setAttributes(old, ofItemAtPath: path) }
    _ = try TemporaryFolder()
    #expect(!FileManager.default.fileExists(atPath: stale))
    #expect(FileManager.default.fileExists(atPath: young))
    #expect(FileManager.default.fileExists(atPath: held.path))
  }
}
