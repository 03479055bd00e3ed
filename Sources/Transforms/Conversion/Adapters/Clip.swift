import GraphIR
import TensorCore

/// Clip: `min` and `max` become inputs.
///
/// - Up: 5 → 6: a bound that is not given becomes an infinite one, since 6 has the largest finite numbers as
///   defaults. 10 → 11: the bounds become constants of X's type, infinite ones are left out.
/// - Down: 11 → 10: constant bounds become attributes, left out ones infinite. 6 → 5: defaults are written
///   out.
/// - Refused: down, bounds that callers may change, or that no float holds; up, bounds where X's type is not
///   known.
/// - Source: versions 1, 6 and 11 of the definition.
enum ClipAdapter: Adapter {
  static let operators = ["Clip"]
  static let adaptations = [
    Adaptation(since: 6, up: boundByInfinity),
    Adaptation(since: 11, up: boundsToInputs, down: boundsToAttributes),
  ]

  private static let bounds: [(name: String, input: Int, none: Float)] = [
    ("min", 1, -.infinity), ("max", 2, .infinity),
  ]

  private static func boundByInfinity(_ node: inout NodeConversion) {
    for bound in bounds where !node.gives(bound.name) { node.set(bound.name, .float(bound.none)) }
  }

  private static func boundsToInputs(_ node: inout NodeConversion) throws {
    for bound in bounds {
      let number = try node.float(bound.name) ?? bound.none
      node.set(bound.name, nil)
      guard number != bound.none else { continue }
      let type = try node.elementType(0, for: "the bounds must have")
      let tensor = Tensor(type, shape: [], rounding: [Double(number)])
      guard tensor.doubles() != [Double(bound.none)] else { continue }
      node.setInput(bound.input, node.constant(tensor, bound.name))
    }
  }

  private static func boundsToAttributes(_ node: inout NodeConversion) throws {
    for bound in bounds {
      let number =
        try node.input(bound.input) == nil ? bound.none : node.constantFloat(bound.input, bound.name)
      node.set(bound.name, .float(number))
    }
    node.node.inputs.removeLast(max(node.node.inputs.count - 1, 0))
  }
}
