import GraphIR
import TensorCore

/// Shapes that no honest model has, and attributes together with them: what an audit found most traps by.
extension ExtremeSweep {
  /// Beyond every limit, and within that of the sweep's workers.
  private static let huge = [1 << 40, 1 << 16]

  package static func shapes(of specimen: Specimen) -> [Specimen] {
    let tensors = specimen.inputs.compactMapValues { value -> Tensor? in
      guard case .tensor(let tensor) = value, tensor.elementType != .string else { return nil }
      return tensor
    }
    let names = tensors.keys.sorted()
    var found: [Specimen] = []
    for name in names {
      guard let tensor = tensors[name] else { continue }
      for other in hugeAndEmpty(tensor) {
        found.append(replacing(name, by: other, in: specimen))
        found.append(fixing(name, to: other, in: specimen))
      }
      for other in otherRanks(tensor) {
        found.append(replacing(name, by: other, in: specimen))
        found.append(fixing(name, to: other, in: specimen))
        found.append(forgettingShapes(but: name, in: replacing(name, by: other, in: specimen)))
      }
      found.append(forgettingShapes(but: name, in: specimen))
      for axis in tensor.shape.indices {
        let empty = emptied(tensor, at: axis)
        found += attributes(of: replacing(name, by: empty, in: specimen))
      }
    }
    // All inputs at once, each along the same two axes.
    for (zero, large) in [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)] {
      for extent in huge {
        found.append(
          names.reduce(specimen) { variant, name in
            guard let tensor = tensors[name], max(zero, large) < tensor.rank else { return variant }
            return replacing(name, by: emptied(tensor, at: zero, large: large, extent), in: variant)
          })
      }
    }
    return found
  }

  private static func emptied(_ tensor: Tensor, at zero: Int, large: Int? = nil, _ extent: Int = 1)
    -> Tensor
  {
    var shape = tensor.shape
    if let large { shape[large] = extent }
    shape[zero] = 0
    return Tensor(tensor.elementType, shape: shape) { _ in }
  }

  /// One axis 0 and another huge; for a scalar or a list two axes.
  private static func hugeAndEmpty(_ tensor: Tensor) -> [Tensor] {
    guard tensor.rank >= 2 else {
      return huge.flatMap { [[$0, 0], [0, $0]] }.map { Tensor(tensor.elementType, shape: $0) { _ in } }
    }
    return tensor.shape.indices.flatMap { zero in
      tensor.shape.indices.filter { $0 != zero }.flatMap { large in
        huge.map { emptied(tensor, at: zero, large: large, $0) }
      }
    }
  }

  private static func otherRanks(_ tensor: Tensor) -> [Tensor] {
    guard tensor.count > 0, tensor.rank < 9 else { return [] }
    let nine = [Int](repeating: 1, count: 9 - tensor.rank) + tensor.shape
    return [tensor.selecting([0], shape: []), tensor.reshaped(nine)]
  }

  /// With no shape declared of any input but one, so that inference knows only that one.
  private static func forgettingShapes(but name: String, in specimen: Specimen) -> Specimen {
    var variant = specimen
    for index in variant.model.graph.inputs.indices where variant.model.graph.inputs[index].name != name {
      variant.model.graph.inputs[index].type = variant.model.graph.inputs[index].type?.withoutShape
    }
    for index in variant.model.graph.outputs.indices { variant.model.graph.outputs[index].type = nil }
    return variant
  }
}
