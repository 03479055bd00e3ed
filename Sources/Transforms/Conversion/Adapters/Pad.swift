import GraphIR
import OperatorSet
import TensorCore

/// Pad: `paddings` becomes `pads`, `pads` and `value` become inputs, `axes` comes.
///
/// - Up: 1 → 2: `paddings` is renamed. 10 → 11: the attributes become constants.
/// - Down: 18 → 17: pads of some axes become pads of all, zero for the others, by ScatterElements where they
///   are not constant. 11 → 10: constant inputs become attributes. 2 → 1: `pads` is renamed.
/// - Refused: down, `axes` that callers may change, or an unknown rank beside `axes`; pads or a constant that
///   callers may change, or that no float holds; negative pads in version 1; up, a constant other than 0
///   where the type is not known.
/// - Source: versions 1, 2, 11 and 18 of the definition.
enum PadAdapter: Adapter {
  static let operators = ["Pad"]
  static let adaptations = [
    Adaptation(since: 2, up: { try rename("paddings", "pads", &$0) }, down: toPaddings),
    Adaptation(since: 11, up: toInputs, down: toAttributes),
    Adaptation(since: 18, down: padAllAxes),
  ]

  private static func rename(_ old: String, _ new: String, _ node: inout NodeConversion) throws {
    let pads = try node.ints(old)
    node.set(old, nil)
    node.set(new, pads.map(Attribute.ints))
  }

  private static func toPaddings(_ node: inout NodeConversion) throws {
    guard try node.ints("pads")?.allSatisfy({ $0 >= 0 }) == true else {
      throw Refusal("pads take cells away, but version 1 can only add some")
    }
    try rename("pads", "paddings", &node)
  }

  private static func toInputs(_ node: inout NodeConversion) throws {
    try node.moveIntsToInput("pads", 1)
    let value = try node.float("value") ?? 0
    node.set("value", nil)
    guard value.bitPattern != 0 else { return }
    let type = try node.elementType(0, for: "the constant must have")
    node.setInput(2, node.constant(Tensor(type, shape: [], rounding: [Double(value)]), "constant_value"))
  }

  private static func toAttributes(_ node: inout NodeConversion) throws {
    if node.input(2) != nil {
      node.set("value", .float(try node.constantFloat(2, "constant_value")))
      node.setInput(2, nil)
    }
    try node.moveInputToInts(1, "pads")
  }

  private static func padAllAxes(_ node: inout NodeConversion) throws {
    guard node.input(3) != nil else { return }
    let rank = try node.rank(0, for: "`axes` speak of")
    let axes = try resolveAxes(node.constantInts(3, "axes"), rank: rank)
    node.setInput(3, nil)
    let places = axes + axes.map { $0 + rank }
    let zeros = [Int](repeating: 0, count: 2 * rank)
    if let pads = node.inputFact(1).integers, pads.count == places.count {
      var all = zeros
      for (place, pad) in zip(places, pads) { all[place] = pad }
      node.setInput(1, node.constant(all, "pads"))
    } else if let pads = node.input(1) {
      let (data, indices) = (node.constant(zeros, "no_pads"), node.constant(places, "places"))
      node.setInput(1, node.insert("ScatterElements", [data, indices, pads]))
    }
  }
}
