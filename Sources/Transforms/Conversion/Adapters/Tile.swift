import GraphIR
import TensorCore

/// Tile: `tiles` along one `axis` become `repeats` of all axes.
///
/// - Up: 5 → 6: constant tiles and axis become constant repeats.
/// - Down: 6 → 5: constant repeats become one Tile for each axis that is repeated.
/// - Refused: numbers that callers may change, an unknown rank or type.
/// - Source: versions 1 and 6 of the definition.
enum TileAdapter: Adapter {
  static let operators = ["Tile"]
  static let adaptations = [Adaptation(since: 6, up: toRepeats, down: toTiles)]

  private static func toRepeats(_ node: inout NodeConversion) throws {
    let rank = try node.rank(0, for: "the repeats must fit")
    let numbers = try (1...2).map { index in
      let name = ["tiles", "axis"][index - 1]
      guard let number = try node.constantInput(index, name).doubles().first, let whole = Int(exactly: number)
      else {
        throw Refusal("\(name) is no whole number")
      }
      return whole
    }
    guard (0..<rank).contains(numbers[1]) else { throw Refusal("axis \(numbers[1]) is none of rank \(rank)") }
    var repeats = [Int](repeating: 1, count: rank)
    repeats[numbers[1]] = numbers[0]
    node.node.inputs.removeLast()
    node.setInput(1, node.constant(repeats, "repeats"))
  }

  private static func toTiles(_ node: inout NodeConversion) throws {
    let type = try node.elementType(0, for: "tiles and axis must have")
    let repeats = try node.constantInts(1, "repeats")
    var tiled = repeats.indices.filter { repeats[$0] != 1 }
    let last = tiled.popLast() ?? 0
    guard var data = node.input(0), !repeats.isEmpty else {
      throw Refusal("a scalar is repeated, but version 1 needs an axis")
    }
    func number(_ value: Int, _ name: String) -> String {
      node.constant(Tensor(type, shape: [1], rounding: [Double(value)]), name)
    }
    for axis in tiled {
      data = node.insert("Tile", [data, number(repeats[axis], "tiles"), number(axis, "axis")])
    }
    node.node.inputs = [data, number(repeats[last], "tiles"), number(last, "axis")]
  }
}
