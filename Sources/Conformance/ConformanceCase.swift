/// One case: a model and values in the folder layout of ONNX's backend tests.
public struct ConformanceCase: Sendable {
  public let name: String
  /// The name, or, where the run tries older cases of that name too, an older one's name and release, as
  /// `test_add@1.6.0`: no two cases of a run share it.
  public internal(set) var id: String
  /// The family of cases: `node`, `simple`, `light` …
  public let kind: String
  /// The folder.
  public let folder: String
  /// The tolerance that the corpus states.
  public let tolerance: Tolerance
  /// The values of each data set.
  public let dataSets: [DataSet]
  /// The error that the model must be met with, by its kind; nil where the model must run.
  public let rejection: String?
  /// What else the corpus admits; nil where nothing.
  public let admission: Admission?
  /// The operator that the corpus says it is about; nil where it says nothing.
  public let operatorName: String?
  /// SHA-256 of each file, by its path in the folder.
  public let hashes: [String: String]
  /// The corpora that hold it, oldest release first.
  public internal(set) var sources: [CorpusRelease]

  init(
    name: String, kind: String, folder: String, tolerance: Tolerance, dataSets: [DataSet],
    rejection: String? = nil, admission: Admission? = nil, operatorName: String? = nil,
    hashes: [String: String] = [:],
    sources: [CorpusRelease] = []
  ) {
    self.name = name
    id = name
    self.kind = kind
    self.folder = folder
    self.tolerance = tolerance
    self.dataSets = dataSets
    self.rejection = rejection
    self.admission = admission
    self.operatorName = operatorName
    self.hashes = hashes
    self.sources = sources
  }

  /// What a case admits besides the outputs that it wants, since the text leaves them open.
  public enum Admission: Sendable, Codable, Equatable {
    /// Any values of the right types and shapes.
    case anyValues
    /// Each of these sets of outputs.
    case outputs([DataSet])
  }

  /// The files of one `test_data_set_N`, relative to the case's folder and in the order of their numbers.
  public struct DataSet: Sendable, Codable, Equatable {
    /// `test_data_set_N`
    public let name: String
    public var inputs: [String] = []
    public var outputs: [String] = []
  }

  /// The data sets among `files`, by their numbers.
  public static func dataSets(in files: some Sequence<String>) -> [DataSet] {
    var sets: [Int: [String: [Int: String]]] = [:]
    for file in files {
      let parts = file.split(separator: "/")
      guard parts.count == 2, let set = number(parts[0], after: "test_data_set_"), parts[1].hasSuffix(".pb")
      else {
        continue
      }
      for role in ["input", "output"] {
        if let position = number(parts[1].dropLast(3), after: role + "_") {
          sets[set, default: [:]][role, default: [:]][position] = file
        }
      }
    }
    return sets.sorted { $0.key < $1.key }.map { number, roles in
      func ordered(_ role: String) -> [String] {
        (roles[role] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
      }
      return DataSet(name: "test_data_set_\(number)", inputs: ordered("input"), outputs: ordered("output"))
    }
  }

  private static func number(_ text: Substring, after prefix: String) -> Int? {
    text.hasPrefix(prefix) ? Int(text.dropFirst(prefix.count)) : nil
  }
}

/// How far a number may be from the one wanted: |got − want| ≤ atol + rtol·|want|.
public struct Tolerance: Sendable, Hashable, Codable {
  public var rtol: Double
  public var atol: Double
  public init(rtol: Double = 1e-3, atol: Double = 1e-7) {
    self.rtol = rtol
    self.atol = atol
  }
  /// What ONNX's own runner takes where a case says nothing.
  public static let onnx = Tolerance()
}
