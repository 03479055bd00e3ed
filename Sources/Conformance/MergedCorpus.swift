/// One release of a corpus, as onnx 1.8.1.
public struct CorpusRelease: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The corpus's name, as `onnx`.
  public let corpus: String
  public let release: String
  public var description: String { "\(corpus) \(release)" }

  /// By name, then by the numbers of the release: 1.9.0 comes before 1.10.0.
  public static func < (a: CorpusRelease, b: CorpusRelease) -> Bool {
    if a.corpus != b.corpus { return a.corpus < b.corpus }
    return Versions.precedes(a.release, b.release)
  }
}

extension Corpus {
  /// Several corpora as one, in which each distinct case stands once and knows all releases that hold it.
  ///
  /// Two cases are one where their names, kinds, tolerances and the hashes of all their files are equal: a case
  /// whose data were corrected is another one.
  ///
  /// - Throws: `CorpusError` where two corpora are of the same name and release, or there is none.
  public init(merging corpora: [Corpus]) throws {
    let ordered = corpora.sorted { $0.parts.lexicographicallyPrecedes($1.parts) }
    guard let first = ordered.first, let last = ordered.last else {
      throw CorpusError(description: "there is no corpus to merge")
    }
    guard ordered.count > 1 else {
      self = first
      return
    }
    var seen: Set<CorpusRelease> = []
    if let twice = ordered.flatMap(\.parts).first(where: { !seen.insert($0).inserted }) {
      throw CorpusError(description: "corpus \(twice.corpus) \(twice.release) is given twice")
    }
    let cases = Self.distinct(ordered.flatMap(\.cases))
    let missing = ordered.reduce(0) { $0 + max(0, $1.declaredCount - $1.cases.count) }
    let names = ordered.map(\.name).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    self.init(
      name: names.joined(separator: ", "),
      release: "in \(ordered.count) releases from \(first.release) to \(last.release)",
      declaredCount: cases.count + missing, cases: cases, parts: ordered.flatMap(\.parts))
    folders = ordered.flatMap(\.folders)
  }

  private struct Contents: Hashable {
    let name: String
    let kind: String
    let tolerance: Tolerance
    let rejection: String?
    let hashes: [String: String]

    init(_ entry: ConformanceCase) {
      (name, kind, tolerance) = (entry.name, entry.kind, entry.tolerance)
      (rejection, hashes) = (entry.rejection, entry.hashes)
    }
  }

  /// The cases without repetition. Where a name stands for several, all but the newest are told apart by the
  /// last release that holds them.
  private static func distinct(_ all: [ConformanceCase]) -> [ConformanceCase] {
    var positions: [Contents: Int] = [:]
    var cases: [ConformanceCase] = []
    for entry in all {
      if let position = positions[Contents(entry)] {
        cases[position].sources += entry.sources
      } else {
        positions[Contents(entry)] = cases.count
        cases.append(entry)
      }
    }
    var newest: [String: CorpusRelease] = [:]
    for entry in cases {
      if let last = entry.sources.last { newest[entry.name] = max(last, newest[entry.name] ?? last) }
    }
    for index in cases.indices {
      guard let last = cases[index].sources.last, last != newest[cases[index].name] else { continue }
      cases[index].id = "\(cases[index].name)@\(last.release)"
    }
    return cases
  }

  /// The releases of `entry` in words: `1.2.3–1.5.0, 1.8.1`, where a dash spans every release of this corpus
  /// between two.
  func releases(of entry: ConformanceCase) -> String {
    let held = Set(entry.sources)
    let runs = parts.split { !held.contains($0) }
    return runs.map { run in
      run.count == 1
        ? run[run.startIndex].release : "\(run[run.startIndex].release)–\(run[run.endIndex - 1].release)"
    }.joined(separator: ", ")
  }
}
