import GraphIR
import TensorCore

/// What rules ask that look for normalizations.
extension GraphEditor {
  /// The axes that a Reduce operator folds, none negative; nil where they are not known.
  func foldedAxes(of node: EditedNode) -> [Int]? {
    guard let rank = fact(node.input(0)).rank, let attributes = node.attributes else { return nil }
    let given = attributes.optionalInts("axes") ?? constant(node.input(1))?.ints()
    guard let given, !given.isEmpty else {
      let foldsAll = node.input(1) == nil && attributes.optionalInt("noop_with_empty_axes") ?? 0 == 0
      return foldsAll ? Array(0..<rank) : nil
    }
    let axes = given.map { $0 < 0 ? $0 + rank : $0 }.sorted()
    return axes.allSatisfy((0..<rank).contains) ? axes : nil
  }

  /// What a value is folded from by an operator, along these axes, which it keeps with extent 1.
  func folded(_ name: String?, by opType: String) -> (x: String, axes: [Int])? {
    guard let node = producer(of: name, opType), node.attributes?.optionalInt("keepdims") != 0,
      let x = node.input(0), let axes = foldedAxes(of: node)
    else { return nil }
    return (x, axes)
  }

  /// The numerator and the denominator of a division, or of a product with a reciprocal.
  func quotient(_ node: EditedNode) -> [(over: String, under: String)] {
    guard let a = node.input(0), let b = node.input(1), node.stretchesInputs else { return [] }
    if node.uses("Div") { return [(a, b)] }
    guard node.uses("Mul") else { return [] }
    return [(a, b), (b, a)].compactMap { over, inverse in
      if let node = producer(of: inverse, "Reciprocal"), let under = node.input(0) { return (over, under) }
      guard let node = producer(of: inverse, "Div"), let under = node.input(1),
        number(node.input(0), besides: under) == 1
      else { return nil }
      return (over, under)
    }
  }

  /// The x, the epsilon and the axes of √(mean of x² + ε).
  func rootMeanSquare(_ name: String) -> (x: String, epsilon: Double, axes: [Int])? {
    guard let root = producer(of: name, "Sqrt"), let sum = producer(of: root.input(0), "Add"),
      let (mean, epsilon) = operands(of: sum), let (square, axes) = folded(mean, by: "ReduceMean"),
      let x = producer(of: square)?.input(0), isPower(square, 2, of: x)
    else { return nil }
    return (x, epsilon, axes)
  }

  /// The elements of a scale that is made: far more than any model normalizes over, and few enough to be stored.
  private static let longestLine = 1 << 22

  /// The first axis of those that a normalization of this type may go over: the last ones, all extents known.
  func normalized(_ x: String, along axes: [Int]) -> (axis: Int, type: ElementType, shape: [Int])? {
    guard let dims = fact(x).dims, let first = axes.first, axes == Array(first..<dims.count),
      let type = fact(x).elementType, type == .float || type == .bfloat16
    else { return nil }
    let shape = dims[first...].compactMap(\.number)
    guard shape.count == axes.count, let count = try? elementCount(shape), count <= Self.longestLine else {
      return nil
    }
    return (first - dims.count, type, shape)
  }
}
