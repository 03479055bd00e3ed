import GraphIR
import TensorCore

/// Dropout: it trains by `is_test` before 7, never from 7 to 11, and by an input from 12 on; the mask is of
/// X's type before 10 and bool from then on; `ratio` becomes an input in 12.
///
/// - Up: 6 → 7: `is_test` goes. 9 → 10: the mask is cast to X's type. 11 → 12: `ratio` becomes a constant.
/// - Down: 12 → 11: a constant `ratio` becomes an attribute; where it is no constant it says nothing, since
///   nothing trains. 10 → 9: the mask is cast to bool. 7 → 6: `is_test` is 1.
/// - Refused: training, in the versions that have none; a mask where the type of X is not known.
/// - Source: versions 6 to 12 of the definition, TSN-0031.
enum DropoutAdapter: Adapter {
  static let operators = ["Dropout"]
  static let adaptations = [
    Adaptation(since: 7, up: dropIsTest, down: { $0.set("is_test", .int(1)) }),
    Adaptation(
      since: 10, up: { try castMask(toBool: false, &$0) }, down: { try castMask(toBool: true, &$0) }),
    Adaptation(since: 12, up: ratioToInput, down: ratioToAttribute),
  ]

  private static func dropIsTest(_ node: inout NodeConversion) throws {
    guard try node.int("is_test") != 0 || node.float("ratio") == 0 else {
      throw Refusal("is_test is 0, which means training; versions 7 to 11 never train")
    }
    node.set("is_test", nil)
  }

  private static func castMask(toBool: Bool, _ node: inout NodeConversion) throws {
    guard node.isRead(1) else {
      node.node.outputs = Array(node.node.outputs.prefix(1))
      return
    }
    let type = toBool ? .bool : try node.elementType(0, for: "the mask has")
    let (inner, mask) = node.release(1)
    node.append("Cast", [inner], ["to": .int(Int(type.rawValue))], to: mask)
  }

  private static func ratioToInput(_ node: inout NodeConversion) throws {
    if node.gives("ratio"), let ratio = try node.float("ratio") {
      node.setInput(1, node.constant(Tensor(floats: [ratio], shape: []), "ratio"))
    }
    node.set("ratio", nil)
  }

  private static func ratioToAttribute(_ node: inout NodeConversion) throws {
    let ratio = node.inputFact(1).tensor?.doubles().first
    if node.input(2) != nil, ratio != 0 {
      guard node.inputFact(2).tensor?.doubles() == [0] else {
        throw Refusal("training_mode is not known to be false; versions 7 to 11 never train")
      }
    }
    node.node.inputs = Array(node.node.inputs.prefix(1))
    // Without training neither says anything.
    node.set("seed", nil)
    if let ratio { node.set("ratio", .float(Float(ratio))) }
  }
}
