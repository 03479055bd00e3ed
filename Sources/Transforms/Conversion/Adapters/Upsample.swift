import GraphIR
import TensorCore

/// Upsample: the scales are attributes of H and W in 1, of all axes in 7, an input in 9; from 10 on there is
/// Resize.
///
/// - Up: 6 → 7: `scales` begins with 1, 1; bilinear is called linear. 8 → 9: `scales` becomes a constant. 9 →
///   10: the node becomes a Resize, which means the same in 10.
/// - Down: 9 → 8: constant scales become an attribute. 7 → 6: scales of H and W alone become their
///   attributes. What was a Resize: see there.
/// - Refused: down, scales that callers may change, or in 1 of other axes.
/// - Source: versions 1, 7, 9 and 10 of the definition, TSN-0001.
enum UpsampleAdapter: Adapter {
  static let operators = ["Upsample"]
  static let adaptations = [
    Adaptation(since: 7, up: toAllAxes, down: toPlane),
    Adaptation(since: 9, up: toInput, down: toAttribute),
    Adaptation(since: 10, up: { $0.node.opType = "Resize" }),
  ]

  private static func toAllAxes(_ node: inout NodeConversion) throws {
    let scales = [1, 1, try node.float("height_scale") ?? 1, try node.float("width_scale") ?? 1]
    if try node.string("mode") == "bilinear" { node.set("mode", .string("linear")) }
    node.set("height_scale", nil)
    node.set("width_scale", nil)
    node.set("scales", .floats(scales))
  }

  private static func toPlane(_ node: inout NodeConversion) throws {
    let scales = try node.floats("scales") ?? []
    guard scales.count == 4, scales[0] == 1, scales[1] == 1 else {
      throw Refusal("scales are \(scales); version 1 scales H and W of four axes")
    }
    if try node.string("mode") == "linear" { node.set("mode", .string("bilinear")) }
    node.set("scales", nil)
    node.set("height_scale", .float(scales[2]))
    node.set("width_scale", .float(scales[3]))
  }

  private static func toInput(_ node: inout NodeConversion) throws {
    if let scales = try node.floats("scales") {
      node.setInput(1, node.constant(Tensor(floats: scales), "scales"))
    }
    node.set("scales", nil)
  }

  private static func toAttribute(_ node: inout NodeConversion) throws {
    node.set("scales", .floats(try node.constantInput(1, "scales").doubles().map(Float.init)))
    node.setInput(1, nil)
  }
}
