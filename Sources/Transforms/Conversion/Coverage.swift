import GraphIR
import OperatorSet
import TensorCore

/// That an operator has a new version, and why nodes come across right.
public struct CoveredChange: Sendable {
  public let domain: String
  public let opType: String
  /// The two versions, one following the other.
  public let old: Int
  public let new: Int
  /// What is done or why nothing need be, upward and downward; nil where nothing says so.
  public let up: String?
  public let down: String?
}

/// All changes of versions of all operators, ordered by domain, version and name.
public var allVersionChanges: [CoveredChange] {
  OperatorRegistry.standard.all.map { $0.schema }.flatMap { schema in
    zip(schema.versions, schema.versions.dropFirst()).map { old, new in
      CoveredChange(
        domain: schema.domain, opType: schema.name, old: old.since, new: new.since,
        up: coverage(schema, old, new, isUp: true), down: coverage(schema, old, new, isUp: false))
    }
  }
  .sorted { ($0.domain, $0.new, $0.opType) < ($1.domain, $1.new, $1.opType) }
}

private func coverage(_ schema: OperatorSchema, _ old: OperatorVersion, _ new: OperatorVersion, isUp: Bool)
  -> String?
{
  let adaptation = Adapters.find(schema.name, domain: schema.domain, since: new.since)
  if isUp ? adaptation?.up != nil : adaptation?.down != nil { return "adapter" }
  let differences = SchemaDifferences(from: old, to: new, isUp: isUp)
  if !differences.unexplained.isEmpty { return nil }
  // What an adapter mends one way, the schemas say the other way.
  if !differences.explained.isEmpty { return differences.explained.joined(separator: "; ") }
  if adaptation != nil { return "what was meant can be said as it is" }
  return sameMeanings["\(schema.name) \(new.since)"]
}

/// How two versions of a schema differ, and whether the rules for all operators answer for it.
private struct SchemaDifferences {
  /// What the rules for all operators answer for: they write out defaults, and refuse what is new or out of
  /// type.
  private(set) var explained: [String] = []
  private(set) var unexplained: [String] = []

  init(from old: OperatorVersion, to new: OperatorVersion, isUp: Bool) {
    let (from, to) = isUp ? (old, new) : (new, old)
    compareAttributes(from, to)
    compare(from.inputs, to.inputs, "input")
    compare(from.outputs, to.outputs, "output")
    if new.deprecated { explained.append(isUp ? "deprecated, and refused" : "not yet deprecated") }
    let types = (from.inputs + from.outputs).map(\.type)
    let others = (to.inputs + to.outputs).map(\.type)
    if types != others || from.types != to.types { explained.append("types are checked") }
  }

  private mutating func compareAttributes(_ from: OperatorVersion, _ to: OperatorVersion) {
    for attribute in from.attributes {
      guard let other = to.attributes.first(where: { $0.name == attribute.name }) else {
        let hasMeaning = attribute.required && !VersionChange.saysNothing(attribute.name, .ints([]))
        if hasMeaning {
          unexplained.append("no \(attribute.name)")
        } else {
          explained.append("\(attribute.name) is dropped where it says nothing")
        }
        continue
      }
      if attribute.kind != other.kind {
        unexplained.append("another kind of \(attribute.name)")
      } else if other.required && !attribute.required && attribute.default == nil {
        unexplained.append("\(attribute.name) is required")
      } else if !isSame(attribute.default, other.default) {
        explained.append("the default of \(attribute.name) is written out")
      }
    }
    for attribute in to.attributes where !from.attributes.contains(where: { $0.name == attribute.name }) {
      if attribute.required {
        unexplained.append("\(attribute.name) is required")
      } else {
        explained.append("\(attribute.name) is new and may be left out")
      }
    }
  }

  private func isSame(_ a: Attribute?, _ b: Attribute?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return a.isSame(as: b)
  }

  private mutating func compare(_ from: [Parameter], _ to: [Parameter], _ what: String) {
    for (a, b) in zip(from, to) where a.arity != b.arity {
      explained.append("whether \(what) \(a.name) is given is checked")
    }
    for parameter in from.dropFirst(to.count) {
      if parameter.arity == .single {
        unexplained.append("no \(what) \(parameter.name)")
      } else {
        explained.append("that \(what) \(parameter.name) is omitted is checked")
      }
    }
    for parameter in to.dropFirst(from.count) {
      if parameter.arity == .single {
        unexplained.append("\(what) \(parameter.name) is required")
      } else {
        explained.append("\(what) \(parameter.name) is new and may be omitted")
      }
    }
  }
}

/// Why a version whose schema differs in nothing from the one before means the same.
private let sameMeanings = [
  "AveragePool 11": "says that strides are 1 by default, as they were",
  "Conv 11": "says that strides and dilations are 1 by default, as they were",
  "DepthToSpace 28": "other words",
  "Gemm 6": "other words",
  "If 11": "says that shapes of branches may differ, as they could",
  "LpPool 11": "says that strides are 1 by default, as they were",
  "MaxPool 11": "says that strides and dilations are 1 by default, as they were",
  "MaxUnpool 11": "says that strides are 1 by default, as they were",
  "NegativeLogLikelihoodLoss 13": "other words",
  "NonMaxSuppression 11": "other words",
  "Pad 19": "a new mode, which the older version refuses",
  "Resize 19": "a new mode, which the older version refuses",
  "ScatterElements 18": "new reductions, which the older version refuses",
  "ScatterND 18": "new reductions, which the older version refuses",
]
