import GraphIR
import ModelFile
import OperatorSet
import TensorCore
import TestSupport

/// Changes specimens: their nodes, attributes, names, shapes, constants and inputs.
package struct ModelMutator {
  package var random: SplitMix

  package init(random: SplitMix) { self.random = random }

  /// One of `specimens` or a node drawn at random, changed.
  package mutating func next(of specimens: [Specimen]) -> Specimen {
    let isDrawn = specimens.isEmpty || random.happens(40)
    return mutated(isDrawn ? Specimen.drawn(&random) : random.one(of: specimens))
  }

  /// The bytes of a model's file, now and then with one bit flipped; nil where the model cannot be written.
  package mutating func bytes(of model: Model) -> [UInt8]? {
    guard var bytes = try? OnnxFile.serialize(model) else { return nil }
    if random.happens(10) { bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8)) }
    return bytes
  }

  /// The specimen with one to four changes.
  package mutating func mutated(_ specimen: Specimen) -> Specimen {
    var specimen = specimen
    if random.happens(50) { forgetTypes(&specimen.model.graph) }
    if random.happens(20) { forgetOneShape(&specimen.model.graph) }
    if random.happens(30) { fixInput(&specimen) }
    for _ in 0..<(1 + random.below(4)) { change(&specimen) }
    return specimen
  }

  /// A copy with the same names of values that computes something else, for the other side of a comparison.
  package mutating func copy(of model: Model) -> Model {
    var copy = model
    if let index = copy.graph.nodes.indices.randomElement(using: &random) {
      if random.happens(80) { changeAttributes(&copy.graph.nodes[index]) }
      if random.happens(40) { changeInputs(&copy.graph.nodes[index]) }
    }
    if let index = copy.graph.initializers.indices.randomElement(using: &random) {
      copy.graph.initializers[index].tensor = withOtherElement(copy.graph.initializers[index].tensor)
    }
    return copy
  }

  private mutating func change(_ specimen: inout Specimen) {
    switch random.below(15) {
    case 12: emptyOneAxis(&specimen)
    case 13: changeOneAxisOfAll(&specimen)
    case 14: forgetSomeDims(&specimen.model.graph)
    case 0, 1, 2: changeInput(&specimen)
    case 3: fixInput(&specimen)
    case 4: changeImport(&specimen.model)
    case 5:
      guard !specimen.model.functions.isEmpty else { return changeGraph(&specimen.model.graph) }
      let index = random.below(specimen.model.functions.count)
      changeNodes(&specimen.model.functions[index].nodes)
    default: changeGraph(&specimen.model.graph)
    }
  }

  // MARK: - Inputs

  /// Without declared types, what is wrong with the inputs is for the operators to find.
  private func forgetTypes(_ graph: inout Graph) {
    for index in graph.inputs.indices { graph.inputs[index].type = graph.inputs[index].type?.withoutShape }
    for index in graph.outputs.indices { graph.outputs[index].type = nil }
    graph.valueInfos = []
  }

  /// Inference then knows the ranks of the other inputs only.
  private mutating func forgetOneShape(_ graph: inout Graph) {
    guard !graph.inputs.isEmpty else { return }
    let index = random.below(graph.inputs.count)
    graph.inputs[index].type = graph.inputs[index].type?.withoutShape
    for index in graph.outputs.indices { graph.outputs[index].type = nil }
  }

  /// Inference then knows some ranks, some extents, and nothing of other inputs.
  private mutating func forgetSomeDims(_ graph: inout Graph) {
    for index in graph.inputs.indices {
      guard case .tensor(let element, let dims?)? = graph.inputs[index].type else { continue }
      let partly = dims.map { random.happens(50) ? $0 : random.happens(50) ? .unknown : .param("N") }
      graph.inputs[index].type = .tensor(element, random.happens(30) ? nil : partly)
    }
    for index in graph.outputs.indices { graph.outputs[index].type = nil }
  }

  /// An extent 0, and an attribute at its extreme: what no element contradicts.
  private mutating func emptyOneAxis(_ specimen: inout Specimen) {
    let isWide = random.happens(30)
    changeInput(&specimen) { mutator, tensor in
      guard !isWide, tensor.rank > 0 else {
        return mutator.random.tensor(tensor.elementType, mutator.hugeAndEmpty(rank: max(2, tensor.rank)))
      }
      var shape = tensor.shape
      shape[mutator.random.below(shape.count)] = 0
      return mutator.random.tensor(tensor.elementType, shape)
    }
    let variants = ExtremeSweep.attributes(of: specimen)
    if let variant = variants.randomElement(using: &random) { specimen = variant }
  }

  /// The same axis of every input becomes 0, huge beside a 0, or another extent.
  private mutating func changeOneAxisOfAll(_ specimen: inout Specimen) {
    let (axis, other) = (random.below(4), random.below(4))
    let extent = random.one(of: [0, 0, 1, 2, 7])
    let large = random.happens(50) ? random.one(of: SplitMix.largeExtents) : nil
    for (name, value) in specimen.inputs.sorted(by: { $0.key < $1.key }) {
      guard case .tensor(let tensor) = value, axis < tensor.rank else { continue }
      var shape = tensor.shape
      if let large, other != axis, other < shape.count, extent == 0 { shape[other] = large }
      shape[axis] = extent
      let changed = random.tensor(tensor.elementType, shape)
      specimen = ExtremeSweep.replacing(name, by: changed, in: specimen)
    }
  }

  private mutating func changeInput(_ specimen: inout Specimen) {
    changeInput(&specimen) { mutator, tensor in mutator.changed(tensor) }
  }

  private mutating func changeInput(
    _ specimen: inout Specimen, _ change: (inout ModelMutator, Tensor) -> Tensor
  ) {
    guard let name = specimen.inputs.keys.sorted().randomElement(using: &random),
      let value = specimen.inputs[name]
    else { return }
    specimen.inputs[name] = changed(value, change)
    // Half the time the model says so too, or nothing would be run at all.
    if random.happens(50), let index = specimen.model.graph.inputs.firstIndex(where: { $0.name == name }) {
      specimen.model.graph.inputs[index].type = specimen.inputs[name]?.type
    }
  }

  /// Makes an input a constant, so that inference knows it.
  private mutating func fixInput(_ specimen: inout Specimen) {
    guard let name = specimen.inputs.keys.sorted().randomElement(using: &random),
      case .tensor(let tensor)? = specimen.inputs[name]
    else { return }
    specimen.inputs[name] = nil
    specimen.model.graph.inputs.removeAll { $0.name == name }
    specimen.model.graph.initializers.append(Initializer(name: name, tensor: tensor))
  }

  private mutating func changed(_ value: Value, _ change: (inout ModelMutator, Tensor) -> Tensor) -> Value {
    switch value {
    case .tensor(let tensor): return .tensor(change(&self, tensor))
    case .sequence(var values, let type):
      switch random.below(3) {
      case 0: return .sequence([], of: type.withoutShape)
      case 1: return .sequence(values + [random.value(type, rank: random.below(4))], of: type.withoutShape)
      default:
        guard !values.isEmpty else { return value }
        let index = random.below(values.count)
        values[index] = changed(values[index], change)
        return .sequence(values, of: type.withoutShape)
      }
    case .optional(let inner?, let type):
      return random.happens(40)
        ? .optional(nil, of: type) : .optional(changed(inner, change), of: type.withoutShape)
    default: return value
    }
  }

  private mutating func changed(_ tensor: Tensor) -> Tensor {
    switch random.below(12) {
    case 6: return random.tensor(tensor.elementType, hugeAndEmpty(rank: max(2, tensor.rank)))
    case 7:
      let nine = [Int](repeating: 1, count: max(0, 9 - tensor.rank)) + tensor.shape
      return random.tensor(tensor.elementType, random.happens(50) ? [] : nine)
    case 0: return random.tensor(random.one(of: ElementType.allCases), tensor.shape)
    case 1: return random.tensor(tensor.elementType, (0..<random.below(6)).map { _ in random.extent() })
    case 2: return random.tensor(tensor.elementType, tensor.shape + [1])
    case 3: return random.tensor(tensor.elementType, Array(tensor.shape.dropLast()))
    case 4:
      guard tensor.rank > 0 else { return tensor }
      var shape = tensor.shape
      shape[random.below(shape.count)] = random.extent()
      return random.tensor(tensor.elementType, shape)
    default: return withOtherElement(tensor)
    }
  }

  /// Extents of which one is 0 and another beyond what a tensor may have, or just below.
  private mutating func hugeAndEmpty(rank: Int) -> [Int] {
    var shape = (0..<rank).map { _ in random.extent() }
    let places = Array(0..<rank).shuffled(using: &random)
    (shape[places[0]], shape[places[1]]) = (0, random.one(of: SplitMix.largeExtents))
    return shape
  }

  private mutating func withOtherElement(_ tensor: Tensor) -> Tensor {
    guard tensor.count > 0 else { return tensor }
    let place = random.below(tensor.count)
    let (type, shape) = (tensor.elementType, tensor.shape)
    switch type.arithmetic {
    case .text:
      var strings = tensor.strings
      strings[place] = random.one(of: SplitMix.words)
      return Tensor(strings: strings, shape: shape)
    case .floating:
      var numbers = tensor.doubles()
      numbers[place] = random.one(of: SplitMix.floats)
      return Tensor(type, shape: shape, rounding: numbers)
    case .complex: return tensor
    default:
      var numbers = tensor.integers()
      numbers[place] = Int64(random.integer())
      return Tensor(type, shape: shape, wrapping: numbers)
    }
  }

  // MARK: - Graphs

  private mutating func changeImport(_ model: inout Model) {
    guard !model.opsetImports.isEmpty else { return }
    let index = random.below(model.opsetImports.count)
    model.opsetImports[index].version = random.happens(90) ? 1 + random.below(28) : random.integer()
  }

  private mutating func changeGraph(_ graph: inout Graph) {
    switch random.below(12) {
    case 0:
      guard !graph.initializers.isEmpty else { return }
      let index = random.below(graph.initializers.count)
      graph.initializers[index].tensor = changed(graph.initializers[index].tensor)
    case 1:
      guard !graph.inputs.isEmpty else { return }
      graph.inputs.remove(at: random.below(graph.inputs.count))
    case 2:
      guard !graph.outputs.isEmpty else { return }
      graph.outputs.remove(at: random.below(graph.outputs.count))
    case 3:
      guard !graph.inputs.isEmpty else { return }
      let dims = (0..<random.below(4)).map { _ in
        random.happens(50) ? Dim.value(max(0, random.integer())) : .param("N")
      }
      graph.inputs[random.below(graph.inputs.count)].type = .tensor(
        random.one(of: ElementType.allCases), dims)
    default: changeNodes(&graph.nodes)
    }
  }

  private mutating func changeNodes(_ nodes: inout [Node]) {
    guard !nodes.isEmpty else { return }
    let index = random.below(nodes.count)
    switch random.below(16) {
    case 0: nodes.remove(at: index)
    case 1: nodes.insert(nodes[index], at: index)
    case 2:
      var copy = nodes[index]
      copy.outputs = copy.outputs.map { $0 + "_" }
      copy.inputs = copy.inputs.indices.map { _ in random.one(of: nodes[index].outputs + copy.inputs) }
      nodes.append(copy)
    case 3: nodes[index].opType = random.one(of: OperatorRegistry.standard.all).schema.name
    case 4, 5, 6: changeInputs(&nodes[index])
    case 7: changeOutputs(&nodes[index])
    default: changeAttributes(&nodes[index])
    }
  }

  private mutating func changeInputs(_ node: inout Node) {
    guard !node.inputs.isEmpty else { return node.inputs.append("x") }
    let index = random.below(node.inputs.count)
    switch random.below(6) {
    case 0: node.inputs.swapAt(index, random.below(node.inputs.count))
    case 1: node.inputs[index] = ""
    case 2: node.inputs.removeLast()
    case 3: node.inputs.append(node.inputs[index])
    case 4: node.inputs[index] = random.one(of: node.inputs)
    default: node.inputs.remove(at: index)
    }
  }

  private mutating func changeOutputs(_ node: inout Node) {
    switch random.below(3) {
    case 0: node.outputs.append("extra\(node.outputs.count)")
    case 1: node.outputs = node.outputs.dropLast()
    default:
      guard !node.outputs.isEmpty else { return }
      node.outputs[random.below(node.outputs.count)] = ""
    }
  }

  // MARK: - Attributes

  private mutating func changeAttributes(_ node: inout Node) {
    let schema = OperatorRegistry.standard.find(node.opType, domain: node.domain)?.schema
    if random.happens(30), let attribute = schema?.versions.last?.attributes.randomElement(using: &random) {
      guard let value = random.attribute(attribute.kind) else { return }
      node.attributes.removeAll { $0.name == attribute.name }
      node.attributes.append(NamedAttribute(attribute.name, value))
      return
    }
    guard !node.attributes.isEmpty else { return }
    let index = random.below(node.attributes.count)
    if random.happens(8) {
      node.attributes.remove(at: index)
    } else {
      node.attributes[index].value = changed(node.attributes[index].value)
    }
  }

  private mutating func changed(_ value: Attribute) -> Attribute {
    switch value {
    case .graph(var graph):
      changeGraph(&graph)
      return .graph(graph)
    case .tensor(let tensor): return .tensor(changed(tensor))
    case .ints(let numbers): return .ints(changed(numbers) { $0.integer() })
    case .floats(let numbers): return .floats(changed(numbers) { Float($0.one(of: SplitMix.floats)) })
    case .strings(let texts): return .strings(changed(texts) { $0.one(of: SplitMix.words) })
    default: return random.attribute(random.happens(95) ? value.kind : .ints) ?? value
    }
  }

  private mutating func changed<T>(_ list: [T], _ item: (inout SplitMix) -> T) -> [T] {
    var list = list
    guard !list.isEmpty else { return [item(&random)] }
    let index = random.below(list.count)
    switch random.below(6) {
    case 0: list.remove(at: index)
    case 1: list.insert(item(&random), at: index)
    default: list[index] = item(&random)
    }
    return list
  }
}
