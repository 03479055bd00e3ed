import Analysis
import GraphIR
import OperatorSet
import TensorCore

/// A node of a graph that is being edited, as it was when it was asked for.
public struct EditedNode: Sendable {
  /// What tells the node from the others of its graph.
  public struct ID: Hashable, Sendable { let index: Int }

  public let id: ID
  public let node: Node
  /// The operator's version, its attributes over the defaults, and its definition; nil where the node calls a
  /// function or is not understood.
  let version: OperatorVersion?
  let attributes: NodeAttributes?
  let definition: (any Operator)?

  /// Whether equal inputs give equal outputs, in every run.
  var isDeterministic: Bool { definition.map { type(of: $0).isDeterministic } ?? false }

  /// Whether the node runs graphs of its own.
  var hasGraphs: Bool { node.attributes.contains { !$0.value.graphs.isEmpty } }

  /// The name of input `index`; nil where it is omitted.
  public func input(_ index: Int) -> String? { Self.name(index, in: node.inputs) }

  /// The name of output `index`; nil where nobody wants it.
  public func output(_ index: Int) -> String? { Self.name(index, in: node.outputs) }

  private static func name(_ index: Int, in names: [String]) -> String? {
    index < names.count && !names[index].isEmpty ? names[index] : nil
  }

  /// Whether the node is an operator of ONNX's own domain.
  func uses(_ opType: String) -> Bool { attributes != nil && node.domain.isEmpty && node.opType == opType }
}

/// One graph while rules rewrite it: its nodes in order, who computes and who reads each value, and what is known
/// of it.
///
/// A value that the graph gives keeps its name; a name that a subgraph captures is changed there too; an
/// initializer that a caller may replace is no constant. What cannot be kept right is refused.
public struct GraphEditor {
  private(set) var graph: Graph
  /// Whether constants are initializers. Bodies of functions have none, and before IR version 4 each was an
  /// input, which a caller may replace.
  let hasInitializers: Bool
  private let opsets: NameDictionary<Int>
  private let functions: Set<FunctionKey>
  /// Names that no value or node of the model has.
  var fresh: FreshNames
  private(set) var folding: Folding
  /// The functions of fused nodes that the model has.
  var fused: FusedFunctions
  private var entries: [EditedNode?] = []
  /// The nodes that came to stand before each node of the original graph, itself included.
  private var order: [[Int]]
  private var place: [Int]
  private var producers: NameDictionary<Int> = [:]
  private var readers: [NameKey: Set<Int>] = [:]
  /// Of nodes that may compute the same, the first.
  private var alike: [NodeLikeness: Int] = [:]
  /// Of nodes that give the same extents, the first.
  private var givers: [KnownExtents: Int] = [:]
  /// Inputs of nodes that may still be looked at for renaming: each of a thousand renamings may come to a node with
  /// a thousand inputs.
  private var namesLeft = 1 << 22
  private let outputs: Set<NameKey>
  private var facts: NameDictionary<Fact>
  private var constants: NameDictionary<Tensor> = [:]

  /// - Parameters:
  ///   - facts: what is known of the values, names of the graphs around included.
  ///   - opsets: the versions that the graph's operators mean, by domain.
  init(
    _ graph: Graph, hasInitializers: Bool, facts: NameDictionary<Fact>, opsets: NameDictionary<Int>,
    functions: Set<FunctionKey>, fresh: FreshNames, folding: Folding, fused: FusedFunctions
  ) {
    (self.graph, self.hasInitializers, self.facts, self.opsets) = (graph, hasInitializers, facts, opsets)
    (self.functions, self.fresh, self.folding, self.fused) = (functions, fresh, folding, fused)
    outputs = Set(graph.outputs.map { NameKey($0.name) })
    order = graph.nodes.indices.map { [$0] }
    place = Array(graph.nodes.indices)
    let overridable = Set(graph.inputs.map { NameKey($0.name) })
    for initializer in graph.initializers where !overridable.contains(NameKey(initializer.name)) {
      constants[initializer.name] = initializer.tensor
    }
    for (index, node) in graph.nodes.enumerated() {
      entries.append(nil)
      enter(node, at: index)
    }
  }

  // MARK: - Looking

  /// The nodes that there are, in order.
  var ids: [EditedNode.ID] { order.joined().map(EditedNode.ID.init) }

  /// The node; nil once it is removed.
  public subscript(id: EditedNode.ID) -> EditedNode? { entries[id.index] }

  /// What is known of a value.
  public func fact(_ name: String?) -> Fact { name.flatMap { facts[$0] } ?? .unknown }

  /// The elements of a value that no caller can change and that the graph itself holds.
  public func constant(_ name: String?) -> Tensor? {
    guard let name else { return nil }
    return constants[name] ?? fact(name).tensor
  }

  /// The node that computes a value in this graph.
  public func producer(of name: String?) -> EditedNode? {
    name.flatMap { producers[$0] }.flatMap { entries[$0] }
  }

  /// The nodes that read a value, those in whose subgraphs it is read included.
  public func readers(of name: String) -> [EditedNode] {
    (readers[NameKey(name)] ?? []).sorted().compactMap { entries[$0] }
  }

  /// The first node that was asked about and that may compute the same as `node`, which stands behind it; nil for
  /// the first one itself.
  mutating func firstNode(like node: EditedNode) -> EditedNode? {
    let likeness = NodeLikeness(node.node)
    if let index = alike[likeness], let first = entries[index], first.id != node.id,
      NodeLikeness(first.node) == likeness, comes(first, before: node)
    {
      return first
    }
    alike[likeness] = node.id.index
    return nil
  }

  /// The first node that was asked about and whose output is the same extents as that of `node`, which stands behind
  /// it; nil for the first one itself.
  mutating func firstNode(giving extents: KnownExtents, before node: EditedNode) -> EditedNode? {
    if let index = givers[extents], let first = entries[index], first.id != node.id,
      KnownExtents(fact(first.output(0))) == extents, comes(first, before: node)
    {
      return first
    }
    givers[extents] = node.id.index
    return nil
  }

  /// Whether a value is an output of the graph.
  public func isOutput(_ name: String) -> Bool { outputs.contains(NameKey(name)) }

  /// Whether the one thing that becomes of a value is to be an input of `reader`.
  public func isRead(_ name: String, onlyBy reader: EditedNode) -> Bool {
    !isOutput(name) && readers[NameKey(name)] == [reader.id.index]
      && reader.node.inputs.contains { areSame($0, name) }
  }

  /// Whether no node stands before this one.
  func isFirst(_ node: EditedNode) -> Bool {
    order.first { !$0.isEmpty }?.first == node.id.index
  }

  /// Whether a node stands before another one.
  func comes(_ a: EditedNode, before b: EditedNode) -> Bool {
    let (x, y) = (place[a.id.index], place[b.id.index])
    guard x == y else { return x < y }
    return order[x].firstIndex(of: a.id.index) ?? 0 < order[x].firstIndex(of: b.id.index) ?? 0
  }

  /// The version of an operator of ONNX's own domain here; nil where the graph's opset has none.
  public func version(of opType: String) -> OperatorVersion? {
    guard let opset = opsets[""],
      !functions.contains(FunctionKey(calledBy: Node(opType, inputs: [], outputs: [])))
    else { return nil }
    return (try? OperatorRegistry.standard.resolve(opType, domain: "", opset: opset))?.1
  }

  /// The operator sets that nodes mean here.
  func imports(of nodes: [Node]) -> [OpsetImport] {
    Set(nodes.map { NameKey($0.domain) }).sorted { $0.name < $1.name }.compactMap { domain in
      opsets[domain.name].map { OpsetImport(domain: domain.name, version: $0) }
    }
  }

  /// What a node gives in every run, none of it larger than `bytes`; nil where it may differ, or is not known.
  mutating func foldedOutputs(of node: EditedNode, notOver bytes: Int) -> [Tensor]? {
    guard node.isDeterministic, !node.hasGraphs, let definition = node.definition, let version = node.version
    else { return nil }
    let facts = node.node.outputs.map { fact($0) }
    let inputs = node.node.inputs.indices.map { node.input($0).flatMap { constant($0) } }
    guard inputs.count(where: { $0 != nil }) == node.node.inputs.count(where: { !$0.isEmpty }) else {
      // Of inputs that may differ what follows is known by their shapes, and is exact.
      return tensors(facts.map(\.constant), notOver: bytes)
    }
    let arguments = Inputs(inputs.map { $0.map(Value.tensor) }, parameters: version.inputs)
    let outputs = folding.outputs(of: definition, arguments, facts: facts, bytes: bytes)
    return outputs.flatMap { tensors($0, notOver: bytes) }
  }

  private mutating func tensors(_ values: [Value?], notOver bytes: Int) -> [Tensor]? {
    let tensors = values.compactMap { value -> Tensor? in
      guard case .tensor(let tensor)? = value, tensor.byteCount <= bytes else { return nil }
      return tensor
    }
    let isTaken =
      tensors.count == values.count && folding.takesRoom(for: tensors.reduce(0) { $0 + $1.byteCount })
    return isTaken ? tensors : nil
  }

  // MARK: - Changing

  /// Puts a node before another one; what is known of its outputs is inferred.
  ///
  /// - Throws: as the operator, for a node that is not right.
  public mutating func insert(_ node: Node, before other: EditedNode) throws {
    try inferOutputs(of: put(node, before: other))
  }

  /// Puts a node of the model's own, from a subgraph, before another one. What it gives is known where it can be
  /// inferred at once, and wrong nodes are left to whoever checks the model.
  mutating func adopt(_ node: Node, before other: EditedNode) {
    let index = put(node, before: other)
    try? inferOutputs(of: index)
  }

  /// - Returns: where the node's entry is.
  private mutating func put(_ node: Node, before other: EditedNode) -> Int {
    let index = entries.count
    entries.append(nil)
    place.append(place[other.id.index])
    var node = node
    node.name = fresh.next(node.name.isEmpty ? "\(other.node.name)/\(node.opType)" : node.name)
    enter(node, at: index)
    let slot = place[index]
    order[slot].insert(index, at: order[slot].firstIndex(of: other.id.index) ?? order[slot].endIndex)
    return index
  }

  /// Gives a node another operator, inputs or attributes; it computes the same values.
  public mutating func replace(_ old: EditedNode, with node: Node) {
    leave(old.id.index)
    enter(node, at: old.id.index)
  }

  /// A name for a new value.
  public mutating func freshName(_ base: String) -> String { fresh.next(base) }

  /// The name of a new constant.
  public mutating func addConstant(_ tensor: Tensor, named base: String, before node: EditedNode) throws
    -> String
  {
    let name = fresh.next(base)
    constants[name] = tensor
    facts[name] = Fact(of: .tensor(tensor))
    if hasInitializers {
      graph.initializers.append(Initializer(name: name, tensor: tensor))
    } else {
      try insert(.constant(tensor, named: name), before: node)
    }
    return name
  }

  /// Puts constants in place of a node, under the names of its outputs, none of which the graph gives.
  mutating func replace(_ node: EditedNode, withConstants tensors: [(name: String, tensor: Tensor)]) throws {
    if hasInitializers { remove(node) }
    for (index, (name, tensor)) in tensors.enumerated() {
      constants[name] = tensor
      facts[name] = Fact(of: .tensor(tensor))
      guard !hasInitializers else {
        graph.initializers.append(Initializer(name: name, tensor: tensor))
        continue
      }
      let constant = Node.constant(tensor, named: name)
      if index == 0 { replace(node, with: constant) } else { try insert(constant, before: node) }
    }
  }

  /// Lets everything that reads `old` read `new`, which is the same value. Where `old` is an output of the graph,
  /// the node that computes `new` takes over its name.
  ///
  /// - Returns: false, and nothing is changed, where that node cannot, because there is none or because `new` is an
  ///   output too; or where this would be too much work.
  public mutating func redirect(_ old: String, to new: String) -> Bool {
    let renamed = readers[NameKey(isOutput(old) ? new : old)] ?? []
    let names = renamed.reduce(0) { $0 + (entries[$1]?.node.inputs.count ?? 0) }
    guard !areSame(old, new), names <= namesLeft else { return false }
    namesLeft -= names
    guard isOutput(old) else {
      rename(old, to: new, in: readers[NameKey(old)] ?? [])
      return true
    }
    guard let producer = producers[new], !isOutput(new), let replaced = producers[old] else { return false }
    let unused = fresh.next(old)
    renameOutput(old, to: unused, of: replaced)
    renameOutput(new, to: old, of: producer)
    rename(new, to: old, in: readers[NameKey(new)] ?? [])
    constants[old] = constants[new]
    return true
  }

  /// Lets everything that reads one of `old` read the one of `new` in its place, none of them an output of the graph,
  /// and takes the node that gives them away.
  ///
  /// - Returns: whether anything was changed; where some could not be redirected, the node stays.
  mutating func redirect(_ old: [String], to new: [String], removing node: EditedNode) -> Bool {
    let done = zip(old, new).map { redirect($0, to: $1) }
    if !done.contains(false), let node = self[node.id] { remove(node) }
    return done.contains(true)
  }

  /// Takes a node away, of whose outputs nobody reads one.
  public mutating func remove(_ node: EditedNode) {
    leave(node.id.index)
    entries[node.id.index] = nil
    order[place[node.id.index]].removeAll { $0 == node.id.index }
  }

  /// Takes away what nobody reads: nodes whose outputs no one wants, then constants.
  mutating func sweep() {
    for index in order.joined().reversed() {
      guard let entry = entries[index] else { continue }
      let isWanted = entry.node.outputs.contains { name in
        !name.isEmpty && (isOutput(name) || readers[NameKey(name)]?.isEmpty == false)
      }
      if !isWanted { remove(entry) }
    }
    let ports = Set((graph.inputs + graph.outputs).map { NameKey($0.name) })
    func isUnused(_ name: String) -> Bool {
      !ports.contains(NameKey(name)) && readers[NameKey(name)]?.isEmpty != false
    }
    graph.initializers.removeAll { isUnused($0.name) }
    graph.sparseInitializers.removeAll { isUnused($0.name) }
  }

  /// The graph as it has become.
  func finished() -> Graph {
    var graph = graph
    graph.nodes = order.joined().compactMap { entries[$0]?.node }
    let defined = Set(graph.definedNames.map(NameKey.init))
    graph.valueInfos.removeAll { !defined.contains(NameKey($0.name)) }
    return graph
  }

  // MARK: - Bookkeeping

  private mutating func enter(_ node: Node, at index: Int) {
    let found =
      functions.contains(FunctionKey(calledBy: node))
      ? nil
      : opsets[node.domain].flatMap {
        try? OperatorRegistry.standard.resolve(node.opType, domain: node.domain, opset: $0)
      }
    let attributes = found.flatMap { _, version in
      try? NodeAttributes(
        node.attributes, version: version, namedInputs: node.inputs.map { !$0.isEmpty },
        namedOutputs: node.outputs.map { !$0.isEmpty })
    }
    let definition = attributes.flatMap { try? found?.0.init($0) }
    entries[index] = EditedNode(
      id: EditedNode.ID(index: index), node: node, version: found?.1,
      attributes: definition == nil ? nil : attributes, definition: definition)
    for name in node.outputs where !name.isEmpty { producers[name] = index }
    for name in node.valuesRead where !name.isEmpty { readers[NameKey(name), default: []].insert(index) }
  }

  private mutating func leave(_ index: Int) {
    guard let node = entries[index]?.node else { return }
    for name in node.outputs where producers[name] == index { producers[name] = nil }
    for name in node.valuesRead { readers[NameKey(name)]?.remove(index) }
  }

  private mutating func rename(_ old: String, to new: String, in indices: Set<Int>) {
    let renaming = Renaming([old: new])
    for index in indices.sorted() {
      guard let node = entries[index]?.node else { continue }
      leave(index)
      enter(renaming.applyToReads(of: node), at: index)
    }
  }

  private mutating func renameOutput(_ old: String, to new: String, of index: Int) {
    guard var node = entries[index]?.node else { return }
    leave(index)
    node.outputs = node.outputs.map { areSame($0, old) ? new : $0 }
    enter(node, at: index)
    facts[new] = facts[old]
  }

  private mutating func inferOutputs(of index: Int) throws {
    guard let entry = entries[index], let version = entry.version, let definition = entry.definition else {
      return
    }
    let inputs = entry.node.inputs.map { $0.isEmpty ? nil : fact($0) }
    try version.check(inputTypes: inputs.map { $0?.type })
    // A rule inserts no node that has subgraphs.
    let results = try definition.infer(Inputs(inputs, parameters: version.inputs), PlainContext())
    for (name, fact) in zip(entry.node.outputs, results) where !name.isEmpty { facts[name] = fact }
  }
}

extension Node {
  static func constant(_ tensor: Tensor, named name: String) -> Node {
    Node("Constant", inputs: [], outputs: [name], attributes: [NamedAttribute("value", .tensor(tensor))])
  }
}
