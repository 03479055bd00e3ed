import Analysis
import ArgumentParser
import Conformance
import GraphIR
import ModelFile
import TensorCore

/// `touchstone infer`
struct InferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer", abstract: "Infers the type and shape of every value of a model.")

  @Argument(help: "The model.") var model: String
  @Option(name: .shortAndLong, help: "Write the model with what was inferred as value_info.") var output:
    String?
  @Option(help: "The extent of a named dimension, as batch=1.") var dim: [String] = []
  @OptionGroup var isolation: IsolationArguments
  @Flag(help: "Print JSON.") var json = false

  private struct Row: Encodable {
    let name: String
    let type: String?
    let node: String
  }

  func run() throws {
    var model = try OnnxFile.load(path: model)
    Isolation.note("inferring types and shapes")
    let dims = try DimAssignments(dim)
    model.graph.inputs = model.graph.inputs.map(dims.applied)
    let graph = try Resolver.resolve(model)
    let facts = try GraphInference().infer(graph)
    if let output {
      try OnnxFile.write(annotated(model, graph, facts), to: output)
      return
    }
    let rows = graph.nodes.flatMap { node in
      node.outputs.compactMap { $0 }.map { slot in
        Row(
          name: graph.values[slot].name, type: facts.values[slot].type.map { "\($0)" }, node: node.opType)
      }
    }
    if json {
      try printJson(rows)
    } else {
      let inputs = model.graph.inputs.map { [$0.name, "input", $0.type.map { "\($0)" } ?? "?"] }
      let cells = inputs + rows.map { [$0.name, $0.node, $0.type ?? "?"] }
      printLine(TextTable(cells.map { $0.map(shown) }, left: [0, 1, 2]).text)
    }
  }

  /// The model with the facts as value_info of its main graph; outputs get what they lack.
  private func annotated(_ model: Model, _ graph: ResolvedGraph, _ facts: GraphFacts) -> Model {
    var model = model
    let stated = Set(model.graph.inputs.map(\.name) + model.graph.outputs.map(\.name))
    let kept = model.graph.valueInfos.filter { graph.slot(of: $0.name) == nil }
    let inferred = graph.nodes.flatMap(\.outputs).compactMap { $0 }.compactMap { slot -> ValueInfo? in
      let info = graph.values[slot]
      guard !stated.contains(info.name), let type = facts.values[slot].type else { return nil }
      return ValueInfo(name: info.name, type: type)
    }
    model.graph.valueInfos = kept + inferred
    model.graph.outputs = zip(model.graph.outputs, graph.outputs).map { info, slot in
      guard let type = facts.values[slot].type, info.encodedType.isEmpty else { return info }
      var info = info
      info.type = type
      return info
    }
    return model
  }
}

/// `--dim name=value`: extents for named dimensions.
struct DimAssignments {
  private var values: [String: Int] = [:]

  init(_ texts: [String]) throws {
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let value = Int(parts[1]), value >= 0 else {
        throw UsageError("--dim is '\(text)', but must be NAME=NUMBER")
      }
      values[String(parts[0])] = value
    }
  }

  func value(of dim: Dim) -> Int? {
    switch dim {
    case .value(let number): number
    case .param(let name): values[name]
    case .unknown: nil
    }
  }

  /// The declaration with the dims that are given a number.
  func applied(to info: ValueInfo) -> ValueInfo {
    guard case .tensor(let type, let dims?)? = info.type else { return info }
    var info = info
    info.type = .tensor(type, dims.map { value(of: $0).map(Dim.value) ?? $0 })
    return info
  }
}
