import Conformance
import Execution
import Workers

/// What `compare` found: one model on the reference and on other providers.
public struct ComparisonReport: Codable, Sendable {
  /// The model's path.
  public let model: String
  /// The provider whose results the others are held against.
  public let reference: ProviderDescription
  /// As the command line names it: `onnx`, `ulp`, `derived` or `webnn`.
  public let tolerance: String
  /// Every input, and how its value came about.
  public let inputs: [Input]
  /// The nodes of the main graph in order, for pictures of it.
  public let graph: [GraphNode]
  /// One for each provider, optimization level and number of threads.
  public var trials: [Trial] = []
  /// Whether the comparison was ended before all of it was done.
  public var isPartial = false

  public struct Input: Codable, Sendable {
    public let name: String
    public let type: String
    /// `random, seed 0` or `given`.
    public let origin: String
  }

  /// A node as a picture of the graph shows it.
  public struct GraphNode: Codable, Sendable {
    public let index: Int
    public let name: String
    public let opType: String
    public let domain: String
    public let inputs: [String]
    public let outputs: [String]
    /// `name = value`, long values shortened.
    public let attributes: [String]
  }
}

extension ComparisonReport {
  /// One provider with one way to make the model ready.
  public struct Trial: Codable, Sendable {
    public let provider: ProviderDescription
    public let optimizationLevel: Int
    public let threadCount: Int
    /// Why there is nothing to compare: refused, unsupported, crashed, timed out. Nil where it ran.
    public var failure: Failure?
    /// One for each output of the model; a sequence has one for each of its tensors.
    public var outputs: [ValueDifference] = []
    /// What is to be said of the outputs as a whole.
    public var verdict = NodeVerdict.notCompared
    /// One for each node of the main graph, where nodes were compared.
    public var nodes: [NodeComparison] = []
    /// Outputs whose bits differ between runs with the same inputs, by name.
    public var varyingOutputs: [String] = []
    /// How often the model was run.
    public var runCount = 1
    /// Outputs whose bits changed when inner values were fetched with them: fetching keeps the provider from fusing
    /// nodes, so what is said of the nodes may not be true of the plain model.
    public var outputsChangedByFetching: [String] = []
    /// Where the provider first goes another way than at the first of the optimization levels; nil where it does not.
    public var optimizationDifference: BisectionReport?

    public init(provider: ProviderDescription, optimizationLevel: Int, threadCount: Int) {
      self.provider = provider
      self.optimizationLevel = optimizationLevel
      self.threadCount = threadCount
    }
  }

  /// Why a provider gave no outputs.
  public struct Failure: Codable, Sendable {
    /// `rejected`, `unsupported`, `fallback`, `crash` or `timeout`; nil where the provider is not to be had, or
    /// was interrupted.
    public let verdict: Verdict?
    public let message: String

    init(_ error: any Error) {
      message = "\(error)"
      switch error {
      case is CancellationError: verdict = nil
      case let error as WorkerFailure: verdict = error.kind == .timeout ? .timeout : .crash
      case let error as ProviderFailure:
        switch error.kind {
        case .missing: verdict = nil
        case .fallback: verdict = .fallback
        case .unsupported: verdict = .unsupported
        case .rejected: verdict = .rejected
        }
      default: verdict = .rejected
      }
    }
  }

  /// What is said of one node, or of all outputs.
  public enum NodeVerdict: String, Codable, Sendable, CaseIterable {
    /// Every bit is equal.
    case equal
    /// Within the tolerance asked for.
    case withinTolerance = "within-tolerance"
    /// Outside the tolerance, if one applies to nodes, but not further than rounding may bring it.
    case explainedByRounding = "explained-by-rounding"
    /// The values are random or left open by the text, and lie in the set that it allows.
    case withinSet = "within-set"
    case differs
    /// A constant that the provider computes beforehand and does not show; an error in it shows in what reads it.
    case folded
    case notCompared = "not-compared"
  }

  /// How one node of a provider differs from the reference *for the same inputs*.
  public struct NodeComparison: Codable, Sendable {
    /// The position in the main graph.
    public let index: Int
    public let name: String
    /// `Conv@11`; operators of other domains bear the domain.
    public let operatorName: String
    public var verdict = NodeVerdict.notCompared
    /// One for each output with tensors: the provider's value against the reference's for the provider's own inputs
    /// to this node, so that no error is inherited.
    public var outputs: [ValueDifference] = []
    /// The largest error relative to its bound; at most 1 where rounding explains it. Nil where nothing differs, or
    /// only equality will do.
    public var boundShare: Double?
    /// How far the same values lie from the reference's own run of the whole model: the error with what is inherited.
    public var inheritedMaxAbsolute: Double?
    /// Why it was not compared, or what else is to be known.
    public var remark: String?

    public init(index: Int, name: String, operatorName: String) {
      self.index = index
      self.name = name
      self.operatorName = operatorName
    }
  }

  /// 0 where every trial is equal, within tolerance or explained; else that of the gravest finding: 7 a provider that
  /// died, 5 one that is not to be had, 4 one that lacks operators, 1 a difference or a model refused.
  public var exitCode: Int32 { isPartial ? 130 : trials.map(\.exitCode).max() ?? 0 }
}

extension ComparisonReport.Trial {
  fileprivate var exitCode: Int32 {
    guard let failure else { return verdict == .differs ? 1 : 0 }
    switch failure.verdict {
    case nil, .fallback: return 5
    case .crash, .timeout: return 7
    case .unsupported: return 4
    default: return 1
    }
  }
}
