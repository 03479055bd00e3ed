import GraphIR
import Mutation
import TensorCore

/// A specimen with so many elements that its node takes long.
extension Specimen {
  /// The operator that it is about, and whether its derivative is taken.
  var subject: String {
    let node = model.graph.nodes.first
    let isGradient = model.graph.nodes.count > 1
    return (node.map { ($0.domain.isEmpty ? "" : $0.domain + ".") + $0.opType } ?? "")
      + (isGradient ? " (derivative)" : "")
  }

  /// The specimen with at least `count` elements in an input, where the operator may bear it: all axes of one
  /// extent are made longer together, or one axis of one input.
  func grown(to count: Int) -> [Specimen] {
    let tensors = inputs.compactMapValues { value -> Tensor? in
      guard case .tensor(let tensor) = value, tensor.count > 0 else { return nil }
      return tensor
    }
    let extents = Set(tensors.values.flatMap(\.shape)).sorted(by: >)
    let together = extents.map { extent in tensors.mapValues { $0.shape.map { $0 == extent } } }
    let alone = tensors.keys.sorted().flatMap { name in
      tensors[name, default: Tensor(floats: [])].shape.indices.map { axis in
        tensors.mapValues { $0.shape.map { _ in false } }
          .merging([name: tensors[name]?.shape.indices.map { $0 == axis } ?? []]) { $1 }
      }
    }
    return (together + alone).compactMap { axes in
      var factor = 2
      while factor < 2 * count {
        let counts = tensors.map { name, tensor in
          zip(tensor.shape, axes[name] ?? []).reduce(1) { $0 * $1.0 * ($1.1 ? factor : 1) }
        }
        if counts.contains(where: { $0 >= count }) { return grown(tensors, axes, by: factor) }
        factor *= 2
      }
      return nil
    }
  }

  private func grown(_ tensors: [String: Tensor], _ axes: [String: [Bool]], by factor: Int) -> Specimen? {
    var specimen = self
    for (name, tensor) in tensors {
      let factors = (axes[name] ?? []).map { $0 ? factor : 1 }
      let shape = zip(tensor.shape, factors).map { $0 * $1 }
      guard shape.reduce(1, *) <= 1 << 22 else { return nil }
      let strides = rowMajorStrides(tensor.shape)
      let tiled = tensor.strided(
        shape: zip(factors, tensor.shape).flatMap { [$0, $1] }, strides: strides.flatMap { [0, $0] })
      specimen.inputs[name] = .tensor(tiled.reshaped(shape))
    }
    for index in specimen.model.graph.inputs.indices {
      specimen.model.graph.inputs[index].type = specimen.model.graph.inputs[index].type?.withoutShape
    }
    for index in specimen.model.graph.outputs.indices { specimen.model.graph.outputs[index].type = nil }
    specimen.model.graph.valueInfos = []
    return specimen
  }
}
