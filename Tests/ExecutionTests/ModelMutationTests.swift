import Execution
import Foundation
import GraphIR
import ModelFile
import Mutation
import TensorCore
import TestSupport
import Testing
import Workers

/// How many failures are listed before a test gives up.
private let mostFailures = 40

/// Small models of every operator, changed in more than 20,000 ways and run in a worker: each must give values or one
/// error.
///
/// `TOUCHSTONE_MUTATIONS` and `TOUCHSTONE_MUTATION_SEED` ask for more, or for others.
@Suite struct ModelMutationTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["TOUCHSTONE_MUTATIONS"].flatMap(Int.init) ?? 10_000
  private static let seed = environment["TOUCHSTONE_MUTATION_SEED"].flatMap(UInt64.init) ?? 1

  /// Kibibytes of address space that the worker may use.
  private static let addressSpace = 3 << 20
  /// Seconds after which a model counts as hanging.
  private static let timeout = 10.0

  /// Attributes, integers and shapes at their extremes: at first of one specimen for each operator.
  @Test(arguments: ["touchstone", "touchstone:definitions"])
  func extremesEndInValuesOrInOneError(provider: String) throws {
    var hunt = try Hunt(provider: provider, seed: Self.seed)
    try hunt.sweep(provider == "touchstone" ? 0 : 1, perOperator: max(1, Self.count / 10_000))
    // How many operators there are depends on whether ONNX's corpus has been made.
    let (ran, refused) = (hunt.ran / hunt.sweptCount, hunt.refused / hunt.sweptCount)
    #expect(ran >= 10 && refused >= 2, "of each operator \(ran) ran, \(refused) were refused")
  }

  @Test(arguments: ["touchstone", "touchstone:definitions"])
  func mutationsEndInValuesOrInOneError(provider: String) throws {
    var hunt = try Hunt(provider: provider, seed: Self.seed)
    let rounds = Self.count / 2
    var settled = 0
    for round in 0..<rounds {
      try hunt.tryNext()
      if round == rounds / 2 { settled = hunt.residentKibibytes() }
      guard hunt.failures < mostFailures else { return }
    }
    // A worker that was started anew has grown nothing.
    #expect(hunt.residentKibibytes() - settled < 64 << 10, "the worker's memory grows")
    #expect(
      hunt.ran > rounds / 10 && hunt.refused > rounds / 10, "\(hunt.ran) ran, \(hunt.refused) were refused")
  }

  /// One worker and what became of the models that it was given.
  private struct Hunt {
    private let specimens: [Specimen]
    private var mutator: ModelMutator
    private let worker: RemoteProvider
    private var options = LoadOptions()
    private let provider: String
    private let seed: UInt64
    private(set) var (ran, refused, failures) = (0, 0, 0)
    /// How many specimens were swept.
    private(set) var sweptCount = 0

    init(provider: String, seed: UInt64) throws {
      specimens = try Specimen.corpora()
      mutator = ModelMutator(random: SplitMix(seed: seed &* 2 &+ (provider == "touchstone" ? 0 : 1)))
      let program = try touchstoneProgram()
      worker = try RemoteProvider(
        WorkerLaunch(
          executable: "/bin/sh",
          arguments: [
            "-c", "ulimit -v \(addressSpace) && exec \"$0\" worker session \(provider)", program,
          ]), timeout: timeout)
      options.memoryLimit = 1 << 20
      self.provider = provider
      self.seed = seed
    }

    /// A specimen changed at random, and now and then a bit of its file.
    mutating func tryNext() throws {
      let specimen = mutator.next(of: specimens)
      guard let bytes = mutator.bytes(of: specimen.model) else {
        refused += 1
        return
      }
      try attempt(specimen, bytes)
    }

    /// The extremes of the first specimens of each operator that half of the providers share.
    mutating func sweep(_ part: Int, perOperator: Int) throws {
      var seen: [String: Int] = [:]
      for specimen in specimens {
        guard let node = specimen.model.graph.nodes.last else { continue }
        seen[node.opType, default: 0] += 1
        guard let count = seen[node.opType], count <= perOperator, (seen.count + count) % 2 == part else {
          continue
        }
        sweptCount += 1
        for variant in ExtremeSweep.variants(of: specimen) + ExtremeSweep.shapes(of: specimen) {
          guard let bytes = try? OnnxFile.serialize(variant.model) else { continue }
          try attempt(variant, bytes)
          if failures >= mostFailures { return }
        }
      }
    }

    private mutating func attempt(_ specimen: Specimen, _ bytes: [UInt8]) throws {
      guard !specimen.mayLoopWithoutEnd else { return }
      do {
        let session = try worker.load(ModelSource(.bytes(bytes)), options: options)
        _ = try session.run(NamedValues(specimen.inputs), fetching: specimen.model.graph.outputs.map(\.name))
        ran += 1
      } catch let failure as ProviderFailure {
        refused += 1
        if failure.description.contains("internalError") || failure.description.isEmpty {
          try record(failure.description, specimen, bytes)
        }
      } catch let failure as WorkerFailure {
        try record(failure.description, specimen, bytes)
      }
    }

    /// Keeps what a failure takes to be seen again.
    private mutating func record(_ what: String, _ specimen: Specimen, _ bytes: [UInt8]) throws {
      failures += 1
      let folder = NSTemporaryDirectory() + "touchstone-mutations/\(provider)-\(seed)-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/model.onnx"))
      var command = "touchstone run \(folder)/model.onnx"
      for (index, (name, value)) in specimen.inputs.sorted(by: { $0.key < $1.key }).enumerated() {
        try OnnxFile.write(value, name: name, to: "\(folder)/\(index).pb")
        command += " --input \(name)=\(folder)/\(index).pb"
      }
      if provider != "touchstone" { command += " --no-kernels" }
      Issue.record("\(specimen.name): \(what)\n  see: \(command)")
    }

    /// What the workers of this process hold in memory.
    func residentKibibytes() -> Int {
      let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return processes.reduce(0) { sum, process in
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else {
          return sum
        }
        func field(_ name: String) -> Int? {
          status.split(separator: "\n").first { $0.hasPrefix(name) }.flatMap {
            Int($0.dropFirst(name.count).filter(\.isNumber))
          }
        }
        return field("PPid:") == Int(getpid()) ? sum + (field("VmRSS:") ?? 0) : sum
      }
    }
  }
}
