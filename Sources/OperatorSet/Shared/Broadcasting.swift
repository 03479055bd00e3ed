import GraphIR
import TensorCore

/// The shape that all `shapes` broadcast to by ONNX's multidirectional rule (NumPy's): aligned at the last
/// axis, each extent equal or 1.
///
/// - Throws: `OperatorError` (invalidShape) where two extents differ and neither is 1.
package func broadcastShape(_ shapes: [[Int]]) throws -> [Int] {
  // Most operands have one shape.
  if let first = shapes.first, shapes.allSatisfy({ $0 == first }) {
    _ = try elementCount(first)
    return first
  }
  let rank = shapes.map(\.count).max() ?? 0
  var result = [Int](repeating: 1, count: rank)
  for shape in shapes {
    for (axis, extent) in zip((rank - shape.count)..., shape) where extent != 1 {
      guard result[axis] == 1 || result[axis] == extent else {
        throw OperatorError(
          .invalidShape,
          "shapes \(shapes.map(\.description).joined(separator: " and ")) do not broadcast: "
            + "\(result[axis]) against \(extent)")
      }
      result[axis] = extent
    }
  }
  _ = try elementCount(result)
  return result
}

/// The same rule on dims. A symbolic dim against 1 stays; against a number other than 1 it must be that number
/// (or 1); against another symbol nothing is known. Nil where a rank is unknown.
package func broadcastDims(_ shapes: [[Dim]?]) throws -> [Dim]? {
  var known: [[Dim]] = []
  for shape in shapes {
    guard let shape else { return nil }
    known.append(shape)
  }
  let rank = known.map(\.count).max() ?? 0
  return try (0..<rank).map { axis in
    let dims = known.compactMap { shape in
      axis >= rank - shape.count ? shape[axis - (rank - shape.count)] : nil
    }
    return try broadcastDim(dims)
  }
}

private func broadcastDim(_ dims: [Dim]) throws -> Dim {
  let others = dims.filter { $0 != .value(1) }
  if let number = others.lazy.compactMap(\.number).first {
    if let other = others.first(where: { $0.number != nil && $0.number != number }) {
      throw OperatorError(.invalidShape, "extents \(number) and \(other) do not broadcast")
    }
    return .value(number)
  }
  guard let first = others.first else { return .value(1) }
  return first != .unknown && others.allSatisfy { $0 == first } ? first : .unknown
}

/// How binary operators broadcast before opset 7: only if asked to, and B only, from a given axis of A on.
package struct LegacyBroadcast: Sendable {
  private let isEnabled: Bool
  private let axis: Int?

  /// Reads `broadcast` and `axis`; nil where the version has no such attributes.
  package init?(_ node: NodeAttributes) {
    guard node.version.attributes.contains(where: { $0.name == "broadcast" }) else { return nil }
    isEnabled = node.optionalInt("broadcast") == 1
    axis = node.optionalInt("axis")
  }

  /// The shape of B with the axes of extent 1 that make the multidirectional rule do the same.
  package func alignedShape(of b: [Int], against a: [Int]) throws -> [Int] {
    guard let start = try firstAxis(of: b.map(Dim.value), in: a.map(Dim.value)) else { return b }
    return b + [Int](repeating: 1, count: a.count - start - b.count)
  }

  /// The axis of A at which B begins; nil where B is as it is.
  ///
  /// - Throws: `OperatorError` (invalidShape) where B does not fit, whatever the extents are that are not known.
  func firstAxis(of b: [Dim], in a: [Dim]) throws -> Int? {
    func mayBeSame(_ b: ArraySlice<Dim>, _ a: ArraySlice<Dim>) -> Bool {
      zip(b, a).allSatisfy { $0 == $1 || $0.number == nil || $1.number == nil || isEnabled && $0 == 1 }
    }
    if !isEnabled {
      guard b.isEmpty || b.count == a.count && mayBeSame(b[...], a[...]) else {
        throw OperatorError(.invalidShape, "shapes \(a) and \(b) differ, and attribute 'broadcast' is not 1")
      }
      return nil
    }
    let start = try axis.map { try resolveAxis($0, rank: max(a.count, 1)) } ?? (a.count - b.count)
    guard start >= 0, start + b.count <= a.count, mayBeSame(b[...], a[start...]) else {
      throw OperatorError(
        .invalidShape, "B of shape \(b) does not fit into A of shape \(a) from axis \(start) on")
    }
    return start
  }
}
