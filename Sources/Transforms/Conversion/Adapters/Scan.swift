import GraphIR
import OperatorSet
import TensorCore

/// Scan: in 8 the first axis of every tensor is a batch, and the second one is walked along; from 9 on there
/// is no batch, and any axis is walked along.
///
/// - Up: 8 → 9: the batch is walked along by a Scan of its own, whose body is the Scan of one element of the
///   batch.
/// - Down: 9 → 8: all tensors get a batch of 1 before, and lose it behind. 11 → 10: negative axes are counted
///   from the begin.
/// - Refused: up, `sequence_lens`; down, other axes than 0, outputs put together backwards, and negative axes
///   of tensors whose rank is not known.
/// - Source: versions 8, 9 and 11 of the definition, TSN-0033.
enum ScanAdapter: Adapter {
  static let operators = ["Scan"]
  static let adaptations = [
    Adaptation(since: 9, up: scanBatch, down: addBatch), Adaptation(since: 11, down: countAxesFromBegin),
  ]

  // MARK: - 9

  private static func scanBatch(_ node: inout NodeConversion) throws {
    guard node.input(0) == nil else {
      throw Refusal("sequence_lens is given, and from 9 on all sequences have one length")
    }
    let directions = try node.ints("directions")
    let inputs = Array(node.node.inputs.dropFirst())
    var one = node.node
    one.name = node.newOutput("element")
    one.inputs = inputs.indices.map { node.newOutput("input_\($0)") }
    one.outputs = node.node.outputs.indices.map { node.newOutput("output_\($0)") }
    one.attributes.removeAll { $0.name == "directions" }
    if let directions { one.attributes.append(NamedAttribute("scan_input_directions", .ints(directions))) }
    func untyped(_ name: String) -> ValueInfo { ValueInfo(name: name, type: nil) }
    let body = Graph(
      name: node.newOutput("batch"), nodes: [one], inputs: one.inputs.map(untyped),
      outputs: one.outputs.map(untyped))
    node.node.inputs = inputs
    node.node.attributes = [
      NamedAttribute("body", .graph(body)), NamedAttribute("num_scan_inputs", .int(inputs.count)),
    ]
  }

  private static func addBatch(_ node: inout NodeConversion) throws {
    for name in ["scan_input_axes", "scan_output_axes", "scan_output_directions"] {
      guard try node.ints(name)?.allSatisfy({ $0 == 0 }) ?? true else {
        throw Refusal("\(name) is not all 0, and version 8 walks along the axis behind the batch")
      }
      node.set(name, nil)
    }
    if let directions = try node.ints("scan_input_directions") { node.set("directions", .ints(directions)) }
    node.set("scan_input_directions", nil)
    let inputs = node.node.inputs.map { node.insert("Unsqueeze", [$0], ["axes": .ints([0])]) }
    node.node.inputs = [""] + inputs
    for index in node.node.outputs.indices where node.hasOutput(index) {
      let (inner, output) = node.release(index)
      node.append("Squeeze", [inner], ["axes": .ints([0])], to: output)
    }
  }

  // MARK: - 11

  private static func countAxesFromBegin(_ node: inout NodeConversion) throws {
    let scanned = try node.int("num_scan_inputs") ?? 0
    let states = node.node.inputs.count - scanned
    let places = [("scan_input_axes", node.node.inputs), ("scan_output_axes", node.node.outputs)]
    for (name, values) in places {
      guard let axes = try node.ints(name), axes.contains(where: { $0 < 0 }) else { continue }
      let resolved = try zip(axes, values.dropFirst(max(states, 0))).map { axis, value in
        guard let rank = node.fact(value).rank else {
          throw Refusal("the rank of '\(shown(value))' is not known, from which a negative axis counts")
        }
        return try resolveAxis(axis, rank: rank)
      }
      node.set(name, .ints(resolved))
    }
  }
}
