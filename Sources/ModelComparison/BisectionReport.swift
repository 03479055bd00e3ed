import Execution

/// Where a provider first goes another way than the reference.
public struct BisectionReport: Codable, Sendable {
  public enum Outcome: String, Codable, Sendable {
    /// The plain model's outputs do not differ.
    case noDifference = "no-difference"
    /// A node differs by more than rounding for the inputs that it had.
    case found
    /// A value differs only while nothing before it is fetched: the provider fuses the node with those before it.
    case fused
    /// No node that could be compared differs by more than rounding; only together do they.
    case accumulated
  }
  public let model: String
  public let provider: ProviderDescription
  public let optimizationLevel: Int
  /// What it is held against.
  public let reference: String
  public var outcome = Outcome.noDifference
  /// The plain model's outputs.
  public var outputs: [ValueDifference] = []
  /// The node, within the graph that `path` leads to.
  public var node: ComparisonReport.NodeComparison?
  /// The nodes whose subgraphs hold it, from the main graph on, as `If 'choice', then_branch`.
  public var path: [String] = []
  /// How many nodes could not be compared, where none was found.
  public var notComparedCount = 0
  /// How often the provider was asked for inner values.
  public var fetchCount = 0
  /// Whether fetching what the node reads and gives makes the plain model's differing output agree.
  public var disappearsWhenFetched = false

  /// 0 where nothing differs, else 1.
  public var exitCode: Int32 { outcome == .noDifference ? 0 : 1 }

  /// For a person.
  public var text: String {
    let title =
      "\(model): \(provider.name) \(provider.version), level \(optimizationLevel), against \(reference)"
    guard let node else {
      var finding = "no output differs"
      if outcome != .noDifference {
        finding =
          notComparedCount == 0
          ? "every node is explained by rounding; the difference is what they add up to"
          : "no node differs by more than rounding, but \(notComparedCount) could not be compared"
      }
      return "\(title)\n\(finding) (inner values fetched \(fetchCount) times)"
    }
    var lines = [title, path.isEmpty ? "" : "in " + path.joined(separator: " › ")].filter { !$0.isEmpty }
    let name = node.name.isEmpty ? "" : " '\(node.name)'"
    lines.append(
      "first difference: node \(node.index), \(node.operatorName)\(name)"
        + (outcome == .fused ? ", fused by the provider with nodes before it" : ""))
    lines += node.outputs.compactMap { $0.mismatch.map { "  \($0)" } }
    if let remark = node.remark { lines.append("  \(remark)") }
    if disappearsWhenFetched {
      lines.append("  fetching the values around it makes the model's outputs agree: they differ by fusion")
    }
    lines.append("inner values fetched \(fetchCount) times")
    return lines.joined(separator: "\n")
  }
}
