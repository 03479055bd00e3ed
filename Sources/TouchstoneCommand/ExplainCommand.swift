import ArgumentParser
import Conformance
import GraphIR
import OperatorSet

/// `touchstone explain`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Prints what ONNX says about an operator, and its versions.")

  @Argument(help: "The operator, as Conv, ai.onnx.ml.TreeEnsemble or Conv@11.") var name: String

  func run() throws {
    let parts = name.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first, !first.isEmpty else {
      throw UsageError("'\(name)' is no operator; write NAME or NAME@VERSION")
    }
    let (key, schema) = try find(String(first))
    var version: Int?
    if parts.count == 2 {
      guard let number = Int(parts[1]) else { throw UsageError("'\(parts[1])' is no version") }
      version = number
    }
    printLine(operatorExplanations[key] ?? "# \(schema.name)\n\nThere is no text for this operator.")
    printLine("")
    printLine(try version.map { try contract(of: schema, in: $0) } ?? history(of: schema))
  }

  private static func key(_ schema: OperatorSchema) -> String {
    schema.domain.isEmpty ? schema.name : "\(schema.domain).\(schema.name)"
  }

  /// The operator meant; an experimental one only where no other has the name, or as
  /// `ai.onnx.experimental.Affine`.
  private func find(_ text: String) throws -> (key: String, schema: OperatorSchema) {
    let registry = OperatorRegistry.standard
    let schemas: [(key: String, schema: OperatorSchema)] =
      registry.all.map { (Self.key($0.schema), $0.schema) }
      + registry.allExperimental.map { ("ai.onnx.experimental.\($0.schema.name)", $0.schema) }
    let wanted =
      text.hasPrefix("ai.onnx.") && !text.dropFirst(8).contains(".") ? String(text.dropFirst(8)) : text
    // A name that only one domain has needs no domain.
    let named = schemas.filter { $0.key == wanted || $0.schema.name == wanted }
    if let exact = named.first(where: { $0.key == wanted }) ?? named.first { return exact }
    let nearest = nearestNames(to: wanted, among: schemas.map(\.key))
    let hint = nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: ", "))?"
    throw UsageError("there is no operator '\(text)'\(hint)")
  }

  private func history(of schema: OperatorSchema) -> String {
    let rows = schema.versions.map { ["\($0.since)", $0.change + ($0.deprecated ? " (deprecated)" : "")] }
    return "Versions\n\n" + TextTable([["since", "change"]] + rows, left: [1]).text
  }

  private func contract(of schema: OperatorSchema, in opset: Int) throws -> String {
    guard let version = schema.version(inOpset: opset) else {
      throw UsageError("\(schema.name) first appears in opset \(schema.versions[0].since)")
    }
    var lines = ["Version \(version.since) (in force for opset \(opset)): \(version.change)"]
    lines += ["", "Inputs"] + version.inputs.map { "  \(describe($0))" }
    lines += ["", "Outputs"] + version.outputs.map { "  \(describe($0))" }
    if !version.attributes.isEmpty {
      lines += ["", "Attributes"] + version.attributes.map { "  \(describe($0))" }
    }
    if !version.types.isEmpty {
      lines += ["", "Types"] + version.types.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
    }
    return lines.joined(separator: "\n")
  }

  private func describe(_ parameter: Parameter) -> String {
    switch parameter.arity {
    case .single: "\(parameter.name): \(parameter.type)"
    case .optional: "\(parameter.name): \(parameter.type), optional"
    case .variadic(let minimum, _): "\(parameter.name): \(parameter.type), variadic, at least \(minimum)"
    }
  }

  private func describe(_ attribute: AttributeSchema) -> String {
    var text = "\(attribute.name): \(attribute.kind.name)"
    if attribute.required { text += ", required" }
    if let value = attribute.default { text += ", default \(plain(value))" }
    return text
  }

  private func plain(_ value: Attribute) -> String {
    switch value {
    case .int(let number): "\(number)"
    case .float(let number): "\(number)"
    case .string(let text): "\"\(text)\""
    case .ints(let numbers): "\(numbers)"
    case .floats(let numbers): "\(numbers)"
    case .strings(let texts): "\(texts)"
    default: value.kind.name
    }
  }
}

/// The names with the least edits away, at most three, where that is close enough to be a slip.
func nearestNames(to text: String, among names: [String]) -> [String] {
  let target = Array(text.lowercased())
  let scored = names.map { ($0, editDistance(Array($0.lowercased()), target)) }
  let close = scored.filter { $0.1 <= max(2, target.count / 3) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
  return close.prefix(3).map(\.0)
}

/// Levenshtein's distance: the fewest insertions, deletions and replacements.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let replaced = diagonal + (x == y ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, min(row[j], row[j + 1]) + 1)
    }
  }
  return row[b.count]
}
