import GraphIR
import TensorCore

/// Cast: the type is a name in 1 and a number from 6 on; `saturate` and `round_mode` come for small floats.
///
/// - Up: 5 → 6: the name becomes a number.
/// - Down: 24 → 23: `round_mode` is dropped where the type is not float8e8m0. 19 → 18: `saturate` is dropped
///   where it is no float8. 6 → 5: the number becomes a name.
/// - Refused: down, types that the older version does not have.
/// - Source: versions 1, 6, 19 and 24 of the definition.
enum CastAdapter: Adapter {
  static let operators = ["Cast"]
  static let adaptations = [
    Adaptation(since: 6, up: typeToNumber, down: typeToName),
    Adaptation(since: 19, down: { try drop("saturate", &$0) }),
    Adaptation(since: 24, down: { try drop("round_mode", &$0) }),
  ]

  private static func typeToNumber(_ node: inout NodeConversion) throws {
    guard let name = try node.string("to"), let type = ElementType(named: name.lowercased()) else {
      throw Refusal("attribute 'to' names no element type")
    }
    node.set("to", .int(Int(type.rawValue)))
  }

  private static func typeToName(_ node: inout NodeConversion) throws {
    node.set("to", .string("\(try target(node))".uppercased()))
  }

  /// What only matters for types that the older version does not have says nothing for the others.
  private static func drop(_ name: String, _ node: inout NodeConversion) throws {
    let isSmall = node.step.to < 19 ? try target(node).isFloat8 : try target(node) == .float8e8m0
    if !isSmall { node.set(name, nil) }
  }

  private static func target(_ node: NodeConversion) throws -> ElementType {
    guard let number = try node.int("to"),
      let type = Int32(exactly: number).flatMap(ElementType.init(rawValue:))
    else { throw Refusal("attribute 'to' is no element type") }
    return type
  }
}

/// CastLike: as Cast, with the type of the second input.
///
/// - Down: 24 → 23: `round_mode` is dropped where that is known and not float8e8m0. 19 → 18: `saturate` is
///   dropped where it is no float8.
/// - Refused: down, values of these attributes where the type is not known.
/// - Source: versions 15, 19 and 24 of the definition.
enum CastLikeAdapter: Adapter {
  static let operators = ["CastLike"]
  static let adaptations = [
    Adaptation(
      since: 19,
      down: { node in
        if node.inputFact(1).elementType?.isFloat8 == false { node.set("saturate", nil) }
      }),
    Adaptation(
      since: 24,
      down: { node in
        if let type = node.inputFact(1).elementType, type != .float8e8m0 { node.set("round_mode", nil) }
      }),
  ]
}

extension ElementType {
  /// Whether the type is one of the four float8 of IR version 9.
  var isFloat8: Bool { [.float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz].contains(self) }
}
