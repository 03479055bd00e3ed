import ArgumentParser
import Foundation
import GraphIR
import ModelFile
import Mutation
import TensorCore
import TestSupport

/// Tries changed models one after the other in this process, for `Scripts/mutate`, which starts it anew where one
/// ends it.
///
/// A unit is one random change, or all extremes of one specimen. Before each model a line names its unit and its
/// place there, so that whoever reads knows which one a crash or a hang is due to.
@main
struct Mutate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutate", subcommands: [Count.self, Try.self, Write.self])

  /// What the units are.
  struct Source: ParsableArguments {
    @Flag(help: "Sweep all extremes of all versions of all operators.") var sweep = false
    @Option(help: "Which random changes are made.") var seed: UInt64 = 1
    @Option(help: "What is done with a model.") var command = Trial.run
  }
}

extension Trial: ExpressibleByArgument {}

extension Mutate {
  /// Prints how many units there are, and the name of each version of an operator that a sweep must reach.
  struct Count: ParsableCommand {
    @OptionGroup var source: Source

    func run() throws {
      let units = try Units(source)
      print(units.count)
      for name in units.names { print(name) }
    }
  }

  /// Tries the models of some units.
  struct Try: ParsableCommand {
    @OptionGroup var source: Source
    @Option var from: Int
    @Option var to: Int
    @Option(help: "How far the units lie apart.") var step = 1
    @Option(help: "Models of the first unit to leave out.") var skip = 0

    func run() throws {
      let units = try Units(source)
      var tally = Tally()
      for unit in stride(from: from, to: to, by: max(step, 1)) {
        let models = units.models(unit)
        for (place, model) in models.enumerated() where unit > from || place >= skip {
          say("\(unit) \(place)")
          tally.add(model.name) { source.command.attempt(model.specimen, model.bytes, copy: model.copy) }
        }
      }
      tally.printTotals()
    }
  }

  /// Writes one model with its inputs into a folder, for somebody to look at.
  struct Write: ParsableCommand {
    @OptionGroup var source: Source
    @Argument var unit: Int
    @Argument var place: Int
    @Argument var folder: String

    func run() throws {
      let model = try Units(source).models(unit)[place]
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(model.bytes).write(to: URL(fileURLWithPath: folder + "/model.onnx"))
      var words = "\(source.command) \(folder)/model.onnx"
      if source.command == .bisect || source.command == .reduce {
        try OnnxFile.write(model.copy, to: folder + "/copy.onnx")
        words += " --provider-model \(folder)/copy.onnx"
      }
      for (index, (name, value)) in model.specimen.inputs.sorted(by: { $0.key < $1.key }).enumerated() {
        try OnnxFile.write(value, name: name, to: "\(folder)/\(index).pb")
        words += " --input '\(name)=\(folder)/\(index).pb'"
      }
      print("\(model.name): touchstone \(words)")
    }
  }
}

/// A line on standard output, at once: the process may end at the next model.
private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// A changed model, ready to be tried.
struct ChangedModel {
  let name: String
  let specimen: Specimen
  let bytes: [UInt8]
  let copy: Model
}

/// The models of a hunt, each found again by its unit and its place there.
struct Units {
  private let specimens: [Specimen]
  private let census: [(name: String, specimen: Specimen)]
  private let source: Mutate.Source
  let names: [String]

  init(_ source: Mutate.Source) throws {
    self.source = source
    specimens = try Specimen.corpora()
    let entries = source.sweep ? Census(specimens, seed: source.seed).entries : []
    names = entries.map(\.name)
    census = entries.flatMap { entry in entry.specimens.map { (entry.name, $0) } }
  }

  /// Of random changes there is no end.
  var count: Int { source.sweep ? census.count : .max }

  func models(_ unit: Int) -> [ChangedModel] {
    guard source.sweep else { return changed(unit).map { [$0] } ?? [] }
    let (name, specimen) = census[unit]
    let variants = [specimen] + ExtremeSweep.variants(of: specimen) + ExtremeSweep.shapes(of: specimen)
    return variants.compactMap { variant in
      guard !variant.mayLoopWithoutEnd, let bytes = try? OnnxFile.serialize(variant.model) else { return nil }
      return ChangedModel(name: name, specimen: variant, bytes: bytes, copy: variant.model)
    }
  }

  private func changed(_ unit: Int) -> ChangedModel? {
    var mutator = ModelMutator(random: SplitMix(seed: source.seed << 40 ^ UInt64(unit)))
    // What is refused at once says nothing of comparing.
    let isPlain = source.command != .run && mutator.random.happens(60)
    let specimen = isPlain ? mutator.random.one(of: specimens) : mutator.next(of: specimens)
    guard !specimen.mayLoopWithoutEnd, let bytes = mutator.bytes(of: specimen.model) else { return nil }
    return ChangedModel(
      name: specimen.name, specimen: specimen, bytes: bytes, copy: mutator.copy(of: specimen.model))
  }
}

/// What became of the models of one process.
private struct Tally {
  private var values: [String: Int] = [:]
  private var refused: [String: Int] = [:]
  private var slowest: [String: Double] = [:]

  mutating func add(_ name: String, _ attempt: () -> Trial.Outcome) {
    let start = clock()
    switch attempt() {
    case .values: values[name, default: 0] += 1
    case .refused: refused[name, default: 0] += 1
    case .fault(let what): say("fault \(what.replacing("\n", with: " "))")
    }
    // Of the processor, since other processes may have it in between.
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    if seconds > max(0.05, slowest[name] ?? 0) {
      slowest[name] = seconds
      say("seconds \(seconds)")
    }
  }

  /// For each name how many models gave values, and how many were refused.
  func printTotals() {
    for name in Set(values.keys).union(refused.keys).sorted() {
      say("total \(values[name] ?? 0) \(refused[name] ?? 0) \(name)")
    }
  }
}
