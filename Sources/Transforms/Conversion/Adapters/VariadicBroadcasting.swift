import GraphIR
import TensorCore

/// Max, Min, Mean and Sum: their inputs broadcast from 8 on.
///
/// - Down: 8 → 7: nothing where all shapes are the same.
/// - Refused: down, inputs that are not known to have one shape.
/// - Source: versions 6 and 8 of the definitions.
enum VariadicBroadcastingAdapter: Adapter {
  static let operators = ["Max", "Min", "Mean", "Sum"]
  static let adaptations = [Adaptation(since: 8, down: checkShapes)]

  private static func checkShapes(_ node: inout NodeConversion) throws {
    let shapes = node.node.inputs.map { node.fact($0).dims }
    guard shapes.count > 1 else { return }
    for shape in shapes {
      guard let shape, shape == shapes[0], !shape.contains(.unknown) else {
        throw Refusal("the inputs are not known to have one shape, which they must have before 8")
      }
    }
  }
}
