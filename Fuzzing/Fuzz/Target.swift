import Conformance
import Execution
import FastKernels
import Foundation
import GraphIR
import ModelFile
import Mutation
import TensorCore
import TestSupport
import Touchstone

/// What libFuzzer feeds. Bytes may be refused; nothing may end the process, hang, or speak of an internal
/// error.
enum Target: String, CaseIterable {
  /// A model's file, read, written and read again.
  case parse
  /// A model's file, of which the types are inferred.
  case infer
  /// The choices of a mutator: a small model, run with kernels and without.
  case run
  /// The same choices, for the commands that compare models.
  case compare, bisect, reduce
  /// A byte that names a type, and a file of `TensorProto` or another value.
  case values
  /// A byte that names a type, and a NumPy file: an array or an archive.
  case arrays
  /// A manifest of a corpus.
  case manifest
  /// Lines of expectations.
  case expectations
  /// A pattern, a NUL and a text.
  case regex
  /// An image's file.
  case image
  /// Calls of the C ABI.
  case calls

  func attempt(_ bytes: [UInt8]) {
    do {
      switch self {
      case .parse: try Self.parse(bytes)
      case .infer: try Self.infer(bytes)
      case .run: Self.change(bytes, for: .run)
      case .compare: Self.change(bytes, for: .compare)
      case .bisect: Self.change(bytes, for: .bisect)
      case .reduce: Self.change(bytes, for: .reduce)
      case .values: try Self.values(bytes)
      case .arrays: try Self.arrays(bytes)
      case .manifest: try Self.manifest(bytes)
      case .expectations: try Self.inFile(bytes, "lines.jsonl") { _ = try Expectations(path: $0) }
      case .regex: try Self.regex(bytes)
      case .image: try Self.image(bytes)
      case .calls:
        var calls = ForeignCalls(bytes)
        calls.run()
      }
    } catch {
      if let node = error as? NodeError, node.kind == .internalError { stop(node.description) }
    }
  }

  // MARK: - Files

  private static func parse(_ bytes: [UInt8]) throws {
    let model = try OnnxFile.parse(bytes: bytes)
    let written = try OnnxFile.serialize(model)
    guard (try? OnnxFile.parse(bytes: written)) != nil else { stop("what was written is refused") }
  }

  private static func infer(_ bytes: [UInt8]) throws {
    let model = try OnnxFile.parse(bytes: bytes)
    try MemoryLimit.$stated.withValue(Trial.memoryLimit) {
      _ = try? inferShapes(model)
      _ = try inferShapes(model, ShapeInferenceOptions(strictMode: true, dataProp: true))
    }
  }

  private static let valueTypes: [ValueType] =
    ElementType.allCases.map { .tensor($0, nil) }
    + [
      .sparseTensor(.float, nil), .sequence(.tensor(.float, nil)),
      .sequence(.map(key: .int64, value: .tensor(.float, []))),
      .map(key: .string, value: .tensor(.int64, [])), .optional(.tensor(.float, nil)),
      .optional(.sequence(.tensor(.string, nil))),
    ]

  private static func values(_ bytes: [UInt8]) throws {
    guard let first = bytes.first else { return }
    let type = valueTypes[Int(first) % valueTypes.count]
    let value = try OnnxFile.readValue(Array(bytes.dropFirst()), as: type)
    _ = try OnnxFile.readValue(OnnxFile.serialize(value), as: type)
  }

  private static func arrays(_ bytes: [UInt8]) throws {
    guard let first = bytes.first else { return }
    let types: [ElementType?] = [nil] + ElementType.allCases
    let rest = Array(bytes.dropFirst())
    guard rest.starts(with: Array("PK".utf8)) else {
      let tensor = try NumpyFile.parse(bytes: rest, as: types[Int(first) % types.count])
      _ = try NumpyFile.serialize(tensor)
      return
    }
    var limits = LoadLimits()
    limits.inflatedBytes = Trial.memoryLimit
    try inFile(rest, "arrays.npz") { _ = try NumpyFile.readArchive(path: $0, limits: limits) }
  }

  private static func manifest(_ bytes: [UInt8]) throws {
    try inFile(bytes, "manifest.json") { path in
      let corpus = try Corpus(folder: String(path.dropLast("/manifest.json".count)))
      for entry in corpus.cases.prefix(10) {
        let model = Model(irVersion: 10, opsetImports: [], graph: Graph(name: "g"))
        let values = CaseValues(model: model, folder: entry.folder)
        for dataSet in entry.dataSets { _ = try? (values.inputs(of: dataSet), values.outputs(of: dataSet)) }
      }
      _ = try Corpus(merging: [corpus, corpus])
    }
  }

  private static let scratch = try? Scratch()

  private static func inFile(_ bytes: [UInt8], _ name: String, _ body: (String) throws -> Void) throws {
    guard let scratch else { stop("the temporary folder takes no folder") }
    let path = scratch.path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    try body(path)
  }

  // MARK: - Models

  private static let specimens = (try? Specimen.corpora()) ?? []

  /// The bytes choose what the mutator does.
  private static func change(_ bytes: [UInt8], for trial: Trial) {
    var mutator = ModelMutator(random: SplitMix(choices: bytes))
    let specimen = mutator.next(of: specimens)
    guard !specimen.mayLoopWithoutEnd, let file = mutator.bytes(of: specimen.model) else { return }
    let copy = mutator.copy(of: specimen.model)
    if case .fault(let what) = trial.attempt(specimen, file, copy: copy) { stop(what) }
  }

  private static func regex(_ bytes: [UInt8]) throws {
    let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let text = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
    let pattern = NamedAttribute("pattern", .string(String(decoding: parts[0], as: UTF8.self)))
    try run("RegexFullMatch", Tensor(strings: [text], shape: [1]), [pattern])
  }

  private static func image(_ bytes: [UInt8]) throws {
    for format in ["RGB", "Grayscale"] {
      let image = Tensor(.uint8, shape: [bytes.count], wrapping: bytes.map(Int64.init))
      try run("ImageDecoder", image, [NamedAttribute("pixel_format", .string(format))])
    }
  }

  /// Runs one node by its definition.
  private static func run(_ opType: String, _ x: Tensor, _ attributes: [NamedAttribute]) throws {
    let graph = Graph(
      name: "g", nodes: [Node(opType, inputs: ["x"], outputs: ["y"], attributes: attributes)],
      inputs: [ValueInfo(name: "x", type: nil)], outputs: [ValueInfo(name: "y", type: nil)])
    let model = Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
    var options = SessionOptions()
    options.memoryLimit = Trial.memoryLimit
    _ = try Session(model, options: options).run(["x": .tensor(x)])
  }
}

/// Ends the process, by which libFuzzer learns of a finding.
private func stop(_ what: String) -> Never { fatalError(what) }
