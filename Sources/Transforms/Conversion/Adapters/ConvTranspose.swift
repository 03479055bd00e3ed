import GraphIR
import OperatorSet
import TensorCore

/// ConvTranspose: where pads follow from `output_shape`, the odd cell stands at the end before 11 and at the
/// begin from 11 on, but for SAME_UPPER and SAME_LOWER, which say so themselves; before 11 `output_shape` may
/// also name N and M.
///
/// - Up and down, 10 ↔ 11: where there is an odd cell, the pads are written out instead.
/// - Refused: `output_shape` beside spatial extents that are not known.
/// - Source: versions 1 and 11 of the definition, TSN-0004.
enum ConvTransposeAdapter: Adapter {
  static let operators = ["ConvTranspose"]
  static let adaptations = [
    Adaptation(
      since: 11, up: { try writePads(oddAtBegin: false, &$0) }, down: { try writePads(oddAtBegin: true, &$0) }
    )
  ]

  private static func writePads(oddAtBegin: Bool, _ node: inout NodeConversion) throws {
    guard var wanted = try node.ints("output_shape"), !wanted.isEmpty else { return }
    let rank = try node.rank(1, for: "`output_shape` may exceed")
    guard rank > 2 else { throw Refusal("W has rank \(rank), but has no spatial axes") }
    wanted = wanted.suffix(rank - 2)
    node.set("output_shape", .ints(wanted))
    guard try !["SAME_UPPER", "SAME_LOWER"].contains(node.string("auto_pad")) else { return }
    let totals = try zip(wanted, extentsWithoutPads(node, axes: rank - 2)).map { max($1 &- $0, 0) }
    guard totals.contains(where: { $0 % 2 == 1 }) else { return }
    let (less, more) = (totals.map { $0 / 2 }, totals.map { $0 - $0 / 2 })
    guard try zip(wanted, extentsWithoutPads(node, axes: rank - 2)).allSatisfy({ $0 <= $1 }) else {
      throw Refusal("output_shape \(wanted) is larger than the output without pads")
    }
    node.set("output_shape", nil)
    node.set("auto_pad", .string("NOTSET"))
    node.set("pads", .ints(oddAtBegin ? more + less : less + more))
  }

  /// stride·(D − 1) + output_padding + dilation·(K − 1) + 1 for each axis.
  private static func extentsWithoutPads(_ node: NodeConversion, axes: Int) throws -> [Int] {
    let dims = [0, 1].map { node.inputFact($0).dims?.dropFirst(2).compactMap(\.number) ?? [] }
    guard dims.allSatisfy({ $0.count == axes }) else {
      throw Refusal(
        "the extents of X and W are not known, from which pads follow where output_shape is given")
    }
    func numbers(_ name: String, _ standard: Int) throws -> [Int] {
      let given = try node.ints(name) ?? []
      return given.count == axes ? given : [Int](repeating: standard, count: axes)
    }
    let (strides, dilations) = (try numbers("strides", 1), try numbers("dilations", 1))
    let padding = try numbers("output_padding", 0)
    return (0..<axes).map {
      strides[$0] &* (dims[0][$0] - 1) &+ padding[$0] &+ dilations[$0] &* (dims[1][$0] - 1) &+ 1
    }
  }
}
