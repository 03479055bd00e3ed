import Foundation
import ModelFile
import TensorCore

/// A folder of cases with a manifest that says what it holds, or several of them tried as one.
public struct Corpus: Sendable {
  /// The corpus's name, as `onnx`.
  public let name: String
  /// The release of ONNX that it is made from; of several, how many there are and from where to where they go.
  public let release: String
  /// How many cases the manifest says there are.
  public let declaredCount: Int
  public let cases: [ConformanceCase]
  /// The releases that it holds, oldest first.
  public let parts: [CorpusRelease]
  /// Where the cases lie.
  package var folders: [String] = []

  /// Whether it is made of several corpora.
  public var isMerged: Bool { parts.count > 1 }

  init(name: String, release: String, declaredCount: Int, cases: [ConformanceCase], parts: [CorpusRelease]) {
    self.name = name
    self.release = release
    self.declaredCount = declaredCount
    self.cases = cases
    self.parts = parts
  }

  /// Reads `folder/manifest.json`. Nothing is hashed.
  ///
  /// - Throws: `CorpusError`.
  public init(folder: String) throws {
    let path = folder + "/manifest.json"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CorpusError(
        description: "\(path): there is no such file; Scripts/conformance-data makes the corpus")
    }
    let manifest: Manifest
    do {
      manifest = try JSONDecoder().decode(Manifest.self, from: data)
    } catch {
      throw CorpusError(description: "\(path): not a manifest of a corpus: \(error)")
    }
    let source = CorpusRelease(corpus: manifest.corpus, release: manifest.release)
    self.init(
      name: manifest.corpus, release: manifest.release, declaredCount: manifest.count,
      cases: try manifest.cases.map { try $0.checked(in: folder, of: source) }, parts: [source])
    folders = [folder]
    var seen: Set<String> = []
    if let twice = cases.first(where: { !seen.insert($0.name).inserted }) {
      throw CorpusError(description: "\(path): the case '\(shown(twice.name))' is listed twice")
    }
  }

  /// The cases of which a file is missing, or differs from the manifest.
  public func damagedFiles() -> [String] {
    cases.flatMap { entry in
      entry.hashes.sorted { $0.key < $1.key }.compactMap { file, hash in
        let path = "\(entry.folder)/\(file)"
        guard let data = FileManager.default.contents(atPath: path) else { return "\(path): missing" }
        return Sha256.hex(of: [UInt8](data)) == hash ? nil : "\(path): differs from the manifest"
      }
    }
  }

  private struct Manifest: Decodable {
    let corpus: String
    let release: String
    let count: Int
    let cases: [Entry]
  }

  private struct Entry: Decodable {
    let name: String
    let kind: String
    let path: String
    let rtol: Double?
    let atol: Double?
    let rejects: String?
    let admits: Admits?
    let `operator`: String?
    let files: [String: String]

    func checked(in folder: String, of source: CorpusRelease) throws -> ConformanceCase {
      for path in [path] + files.keys.sorted() where !FilePath.staysBeneath(path) {
        throw CorpusError(
          description: "case '\(shown(name))': the path '\(shown(path))' leads out of the corpus")
      }
      return ConformanceCase(
        name: name, kind: kind, folder: "\(folder)/\(path)",
        tolerance: Tolerance(rtol: rtol ?? Tolerance.onnx.rtol, atol: atol ?? Tolerance.onnx.atol),
        dataSets: ConformanceCase.dataSets(in: files.keys), rejection: rejects,
        admission: try admits.map(admission), operatorName: `operator`, hashes: files, sources: [source])
    }

    private func admission(_ admits: Admits) throws -> ConformanceCase.Admission {
      guard case .folders(let folders) = admits else { return .anyValues }
      return .outputs(
        folders.map { folder in
          let outputs = files.keys.filter { $0.hasPrefix("\(folder)/output_") }
          return ConformanceCase.DataSet(
            name: folder, outputs: outputs.sorted { ($0.count, $0) < ($1.count, $1) })
        })
    }
  }

  /// `"any"`, or the folders of other outputs.
  private enum Admits: Decodable {
    case any
    case folders([String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let folders = try? container.decode([String].self) {
        self = .folders(folders)
      } else if try container.decode(String.self) == "any" {
        self = .any
      } else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "'admits' must be \"any\" or a list of folders")
      }
    }
  }
}

/// What is wrong with a corpus.
public struct CorpusError: Error, CustomStringConvertible {
  public let description: String
}
