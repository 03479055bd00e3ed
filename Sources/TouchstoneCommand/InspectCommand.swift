import ArgumentParser
import Conformance
import GraphIR
import ModelFile
import TensorCore
import Transforms

/// `touchstone inspect`
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Prints what a model consists of.")

  @Argument(help: "The model.") var model: String
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let facts = ModelSummary(try OnnxFile.load(path: model))
    if json { try printJson(facts) } else { printLine(facts.text) }
  }
}

/// What `inspect` says of a model.
private struct ModelSummary: Encodable {
  struct Value: Encodable {
    let name: String
    let type: String?
  }
  struct Opset: Encodable {
    let domain: String
    let version: Int
  }
  struct UsedOperator: Encodable {
    let name: String
    let count: Int
    let implemented: Bool
  }

  let irVersion: Int
  let producer: String
  let graph: String
  let opsets: [Opset]
  let inputs: [Value]
  let outputs: [Value]
  let nodes: Int
  let operators: [UsedOperator]
  let functions: [String]
  let initializers: Int
  /// The elements of all initializers, and of tensors in Constant nodes.
  let parameters: Int
  let parameterBytes: Int

  init(_ model: Model) {
    irVersion = model.irVersion
    producer = [model.producerName, model.producerVersion].filter { !$0.isEmpty }.joined(separator: " ")
    graph = model.graph.name
    opsets = model.opsetImports.map {
      Opset(domain: $0.domain.isEmpty ? "ai.onnx" : $0.domain, version: $0.version)
    }
    let initialized = Set(model.graph.initializers.map(\.name))
    inputs = model.graph.inputs.filter { !initialized.contains($0.name) }.map(Self.value)
    outputs = model.graph.outputs.map(Self.value)
    let size = ModelSize(of: model)
    let census = OperatorCensus(model)
    let missing = Set(census.missing)
    nodes = size.nodes
    operators = census.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      UsedOperator(name: "\($0.key)", count: $0.value, implemented: !missing.contains("\($0.key)"))
    }
    functions = model.functions.map { "\($0.domain).\($0.name)" }
    initializers = size.initializers
    parameters = size.parameters
    parameterBytes = size.parameterBytes
  }

  private static func value(_ info: ValueInfo) -> Value {
    Value(name: info.name, type: info.type.map { "\($0)" })
  }

  var text: String {
    func values(_ values: [Value]) -> [String] {
      values.map { "  \(shown($0.name)): \(shown($0.type ?? "of unstated type"))" }
    }
    var lines = [
      "graph '\(shown(graph))', IR version \(irVersion)"
        + (producer.isEmpty ? "" : ", by \(shown(producer))"),
      "opsets: " + opsets.map { "\(shown($0.domain)) \($0.version)" }.joined(separator: ", "),
      "inputs:",
    ]
    lines += values(inputs) + ["outputs:"] + values(outputs)
    lines.append("\(nodes) nodes, \(operators.count) operators:")
    let rows = operators.map {
      ["  \(shown($0.name))", "\($0.count)", $0.implemented ? "" : "not implemented"]
    }
    if !rows.isEmpty { lines.append(TextTable(rows, left: [0, 2]).text) }
    if !functions.isEmpty { lines.append("functions: " + functions.map(shown).joined(separator: ", ")) }
    lines.append(
      "\(initializers) initializers; \(parameters) parameters in \(byteText(parameterBytes))")
    return lines.joined(separator: "\n")
  }
}

/// A number of bytes in the unit that suits it.
func byteText(_ bytes: Int) -> String {
  let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
  var value = Double(bytes)
  var unit = 0
  while value >= 1_024, unit < units.count - 1 {
    value /= 1_024
    unit += 1
  }
  return unit == 0 ? "\(bytes) bytes" : "\((value * 10).rounded() / 10) \(units[unit])"
}
