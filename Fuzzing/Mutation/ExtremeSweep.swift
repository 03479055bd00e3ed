import GraphIR
import TensorCore

/// Every attribute, integer and shape of a specimen taken to its extremes, one at a time.
package struct ExtremeSweep {
  private static let integers = [-1, 0, 1 << 31, 1 << 40, .max, .min]
  private static let floats: [Double] = [0, -1, 1e38, .infinity, .nan]

  /// The specimen with one thing changed in each.
  package static func variants(of specimen: Specimen) -> [Specimen] {
    var found = attributes(of: specimen)
    for (n, node) in specimen.model.graph.nodes.enumerated() {
      for index in node.inputs.indices {
        var variant = specimen
        variant.model.graph.nodes[n].inputs[index] = ""
        found.append(variant)
      }
    }
    found += declarations(in: specimen)
    for (name, value) in specimen.inputs.sorted(by: { $0.key < $1.key }) {
      guard case .tensor(let tensor) = value else { continue }
      for other in extremes(of: tensor) {
        found.append(replacing(name, by: other, in: specimen))
        found.append(fixing(name, to: other, in: specimen))
      }
    }
    return found
  }

  /// The specimen with one attribute changed in each.
  static func attributes(of specimen: Specimen) -> [Specimen] {
    var found: [Specimen] = []
    for (n, node) in specimen.model.graph.nodes.enumerated() {
      for (a, attribute) in node.attributes.enumerated() {
        for value in extremes(of: attribute.value) {
          var variant = specimen
          variant.model.graph.nodes[n].attributes[a].value = value
          found.append(variant)
        }
      }
    }
    return found
  }

  /// With extents declared of inputs that no tensor has: inference must bear them.
  private static func declarations(in specimen: Specimen) -> [Specimen] {
    specimen.model.graph.inputs.indices.flatMap { index -> [Specimen] in
      guard case .tensor(let type, let dims?)? = specimen.model.graph.inputs[index].type else { return [] }
      return dims.indices.flatMap { axis in
        [1 << 31, 1 << 40, 1 << 62, Int.max].map { extent in
          var variant = specimen
          var dims = dims
          dims[axis] = .value(extent)
          variant.model.graph.inputs[index].type = .tensor(type, dims)
          for output in variant.model.graph.outputs.indices { variant.model.graph.outputs[output].type = nil }
          return variant
        }
      }
    }
  }

  /// With the input of another value, whose type the model declares.
  static func replacing(_ name: String, by tensor: Tensor, in specimen: Specimen) -> Specimen {
    var variant = specimen
    variant.inputs[name] = .tensor(tensor)
    for index in variant.model.graph.inputs.indices where variant.model.graph.inputs[index].name == name {
      variant.model.graph.inputs[index].type = Value.tensor(tensor).type
    }
    for index in variant.model.graph.outputs.indices { variant.model.graph.outputs[index].type = nil }
    return variant
  }

  /// With a constant in place of the input.
  static func fixing(_ name: String, to tensor: Tensor, in specimen: Specimen) -> Specimen {
    var variant = replacing(name, by: tensor, in: specimen)
    variant.inputs[name] = nil
    variant.model.graph.inputs.removeAll { $0.name == name }
    variant.model.graph.initializers.append(Initializer(name: name, tensor: tensor))
    return variant
  }

  private static func extremes(of value: Attribute) -> [Attribute] {
    switch value {
    case .int: integers.map(Attribute.int)
    case .float: floats.map { .float(Float($0)) }
    case .ints(let list): extremes(of: list, integers).map(Attribute.ints)
    case .floats(let list): extremes(of: list, floats.map(Float.init)).map(Attribute.floats)
    case .strings(let list): [.strings([]), .strings(list + list), .strings(Array(list.dropLast()))]
    case .string: [.string(""), .string("a")]
    case .tensor(let tensor): extremes(of: tensor).map(Attribute.tensor)
    default: []
    }
  }

  /// Empty, one shorter, one longer, and each extreme in the first and the last place.
  private static func extremes<T>(of list: [T], _ numbers: [T]) -> [[T]] {
    guard let last = list.last else { return [[numbers[0]]] }
    return [[], Array(list.dropLast()), list + [last]]
      + numbers.flatMap { [[$0] + list.dropFirst(), list.dropLast() + [$0]] }
  }

  private static func extremes(of tensor: Tensor) -> [Tensor] {
    let (type, shape) = (tensor.elementType, tensor.shape)
    guard type != .string, type.arithmetic != .complex else { return [] }
    var found = shape.indices.map { axis in
      let empty = shape.enumerated().map { $0.offset == axis ? 0 : $0.element }
      return Tensor(type, shape: empty, wrapping: [])
    }
    if tensor.count > 0 { found.append(tensor.selecting([0], shape: [])) }
    found.append(tensor.reshaped([tensor.count]))
    found.append(tensor.reshaped(shape + [1]))
    found.append(tensor.reshaped([1] + shape))
    if type.isFloating {
      found += extremes(of: tensor.doubles(), floats).dropFirst(3).filter { $0.count == tensor.count }
        .map { Tensor(type, shape: shape, rounding: $0) }
    } else {
      found += extremes(of: tensor.integers(), integers.map(Int64.init)).dropFirst(3)
        .filter { $0.count == tensor.count }.map { Tensor(type, shape: shape, wrapping: $0) }
    }
    return found
  }
}
