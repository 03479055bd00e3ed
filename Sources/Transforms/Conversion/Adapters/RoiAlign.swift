import GraphIR
import TensorCore

/// RoiAlign: `coordinate_transformation_mode` comes, with another default than what was meant before.
///
/// - Up: 15 → 16: output_half_pixel is written out.
/// - Down: 16 → 15: output_half_pixel is dropped.
/// - Refused: down, half_pixel.
/// - Source: versions 10 and 16 of the definition.
enum RoiAlignAdapter: Adapter {
  static let operators = ["RoiAlign"]
  static let adaptations = [
    Adaptation(since: 16, up: { $0.set(name, .string("output_half_pixel")) }, down: dropMode)
  ]

  private static let name = "coordinate_transformation_mode"

  private static func dropMode(_ node: inout NodeConversion) throws {
    guard try node.string(name) == "output_half_pixel" else {
      throw Refusal("\(name) is half_pixel; before 16 only output_half_pixel is meant")
    }
    node.set(name, nil)
  }
}
