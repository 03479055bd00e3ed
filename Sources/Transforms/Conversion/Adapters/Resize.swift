import GraphIR
import OperatorSet
import TensorCore

/// Resize: 10 maps o to o / scale, and rounds down where it enlarges and up where it shrinks; 11 has ways of
/// mapping and of rounding, `roi` and `sizes`; 18 has `axes`.
///
/// - Up: 10 → 11: the mapping is asymmetric, the rounding floor or ceil; a `roi` without elements must be
///   there.
/// - Down: 18 → 17: `roi`, `scales` and `sizes` of some axes become those of all. 13 → 12: what is omitted
///   becomes a constant without elements. 11 → 10: nothing where the mapping and the rounding are those of
///   10. 10 → 9: the node becomes an Upsample.
/// - Refused: down, nearest with scales that are not known, or that both enlarge and shrink, from 11;
///   mappings, modes and `sizes` that 10 does not have; scales below 1, before 10; modes that come or go in
///   18 and 19.
/// - Source: versions 10 to 19 of the definition, TSN-0001.
enum ResizeAdapter: Adapter {
  static let operators = ["Resize"]
  static let adaptations = [
    Adaptation(since: 10, down: toUpsample),
    Adaptation(since: 11, up: nameMapping, down: dropMapping),
    Adaptation(since: 13, down: { giveEmptyInputs(&$0) }),
    Adaptation(since: 18, down: resizeAllAxes),
  ]

  // MARK: - 10

  private static func toUpsample(_ node: inout NodeConversion) throws {
    let scales = try scales(of: node, 1)
    guard scales.allSatisfy({ $0 >= 1 }) else {
      throw Refusal("scales are \(scales); Upsample, which there was before 10, cannot shrink")
    }
    node.node.opType = "Upsample"
  }

  private static func scales(of node: NodeConversion, _ index: Int) throws -> [Double] {
    guard let scales = node.inputFact(index).tensor?.doubles() else {
      throw Refusal("the scales are not known, by which version 10 rounds down or up")
    }
    return scales
  }

  // MARK: - 11

  private static let mapping = "coordinate_transformation_mode"

  /// How version 10 rounds for `nearest`.
  private static func rounding(_ scales: [Double]) throws -> String {
    if scales.allSatisfy({ $0 >= 1 }) { return "floor" }
    guard scales.allSatisfy({ $0 <= 1 }) else {
      throw Refusal("scales are \(scales): version 10 rounds down where it enlarges and up where it shrinks")
    }
    return "ceil"
  }

  private static func nameMapping(_ node: inout NodeConversion) throws {
    let roi = node.constant(Tensor(floats: []), "no_roi")
    node.set(mapping, .string("asymmetric"))
    if try node.string("mode") == "nearest" {
      if let rounding = try? rounding(scales(of: node, 1)) {
        node.set("nearest_mode", .string(rounding))
      } else {
        enlargeThenShrink(&node, roi: roi)
      }
    }
    if node.node.inputs.count == 2 { node.node.inputs.insert(roi, at: 1) }
  }

  /// Each axis is enlarged by the first of two nodes, or shrunk by the second.
  private static func enlargeThenShrink(_ node: inout NodeConversion, roi: String) {
    guard let X = node.input(0), let scales = node.input(1) else { return }
    let one = node.constant(Tensor(floats: [1]), "one")
    let larger = node.insert("Max", [scales, one])
    let floor: [String: Attribute] = [mapping: .string("asymmetric"), "nearest_mode": .string("floor")]
    node.setInput(0, node.insert("Resize", [X, roi, larger], floor))
    node.setInput(1, node.insert("Min", [scales, one]))
    node.set("nearest_mode", .string("ceil"))
  }

  private static func dropMapping(_ node: inout NodeConversion) throws {
    let (mode, mapped) = (try node.string("mode") ?? "", try node.string(mapping) ?? "")
    guard node.inputFact(3).dims == [.value(0)] || node.input(3) == nil else {
      throw Refusal("sizes are given, and version 10 knows only scales")
    }
    guard mapped == "asymmetric" else {
      throw Refusal("\(mapping) is \(mapped), and version 10 knows only asymmetric")
    }
    if mode == "nearest" {
      let (wanted, given) = (try rounding(scales(of: node, 2)), try node.string("nearest_mode") ?? "")
      guard given == wanted else { throw Refusal("nearest_mode is \(given), and version 10 means \(wanted)") }
    }
    for name in [mapping, "nearest_mode", "cubic_coeff_a", "extrapolation_value"] { node.set(name, nil) }
    node.node.inputs = [node.node.inputs[0], node.node.inputs[2]]
  }

  // MARK: - 13

  private static func giveEmptyInputs(_ node: inout NodeConversion) {
    for (index, name) in [(1, "no_roi"), (2, "no_scales")] where node.input(index) == nil {
      node.setInput(index, node.constant(Tensor(floats: []), name))
    }
  }

  // MARK: - 18

  private static func resizeAllAxes(_ node: inout NodeConversion) throws {
    guard let axes = try node.ints("axes"), let X = node.input(0) else { return }
    node.set("axes", nil)
    let rank = try node.rank(0, for: "`axes` speak of")
    let chosen = try resolveAxes(axes, rank: rank)
    if chosen == Array(0..<rank) { return }
    let places = node.constant(chosen, "axes")
    if let scales = node.input(2), node.inputFact(2).dims != [.value(0)] {
      let ones = node.constant(Tensor(floats: [Float](repeating: 1, count: rank)), "unscaled")
      node.setInput(2, node.insert("ScatterElements", [ones, places, scales]))
    }
    if let sizes = node.input(3), node.inputFact(3).dims != [.value(0)] {
      node.setInput(3, node.insert("ScatterElements", [node.insert("Shape", [X]), places, sizes]))
    }
    guard let roi = node.input(1), try node.string(mapping) == "tf_crop_and_resize" else { return }
    let type = try node.elementType(1, for: "the roi of all axes must have")
    let whole = (0..<(2 * rank)).map { $0 < rank ? 0.0 : 1 }
    let everything = node.constant(Tensor(type, shape: [2 * rank], rounding: whole), "everything")
    let ends = node.constant(chosen + chosen.map { $0 + rank }, "ends")
    node.setInput(1, node.insert("ScatterElements", [everything, ends, roi]))
  }
}
