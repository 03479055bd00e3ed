import GraphIR
import OperatorSet
import TensorCore

/// PRelu: before 7 a vector of slopes belongs to the channels, axis 1 of X; from 7 on it broadcasts as in
/// NumPy.
///
/// - Up: 6 → 7: the vector gets an axis of extent 1 for each axis of X behind the channels.
/// - Down: 7 → 6: slopes that differ along the channels alone become a vector.
/// - Refused: ranks that are not known; down, other slopes that are neither one number nor of the shape of X.
/// - Source: versions 6 and 7 of the definition.
enum PReluAdapter: Adapter {
  static let operators = ["PRelu"]
  static let adaptations = [Adaptation(since: 7, up: toAxes, down: toChannels)]

  private static func toAxes(_ node: inout NodeConversion) throws {
    let slopes = try node.rank(1, for: "says whether slopes belong to channels")
    guard slopes == 1, let slope = node.input(1), node.inputFact(1).dims != [.value(1)] else { return }
    let rank = try node.rank(0, for: "slopes are aligned by")
    guard rank > 2 else { return }
    node.setInput(1, node.insert("Unsqueeze", [slope], ["axes": .ints(Array(1..<(rank - 1)))]))
  }

  private static func toChannels(_ node: inout NodeConversion) throws {
    guard let slopes = node.inputFact(1).dims, let x = node.inputFact(0).dims, let slope = node.input(1)
    else {
      throw Refusal("the shapes of X and slope are not both known, by which slopes were aligned before 7")
    }
    if slopes.allSatisfy({ $0 == .value(1) }) || (slopes == x && !x.contains(.unknown)) { return }
    let channels = slopes.count - x.count + 1
    let others = slopes.indices.filter { $0 != channels }
    guard slopes.indices.contains(channels), x.count > 1, others.allSatisfy({ slopes[$0] == .value(1) })
    else {
      throw Refusal("slope of shape \(slopes) does not differ along the channels of X alone")
    }
    if !others.isEmpty { node.setInput(1, node.insert("Squeeze", [slope], ["axes": .ints(others)])) }
  }
}
