import Analysis
import OperatorSet
import TensorCore

/// Steps that one kernel computes: an operator, and those behind it that work element by element on what it gives.
/// What happens between them is never seen; whoever wants to see it runs the steps.
struct StepChain: Sendable {
  let kernel: PreparedKernel
  /// The slots of the kernel's inputs; nil for one that is omitted.
  let inputs: [Int?]
  /// The slot of what the last step gives.
  let output: Int?
  /// The slots that nobody reads after the chain.
  let lastUses: [Int]
  let nodes: [ResolvedNode]

  init(_ steps: [Plan.Step], _ kernel: PreparedKernel, inputs: [Int?]) {
    self.kernel = kernel
    self.inputs = inputs
    output = steps[steps.count - 1].node.outputs[0]
    lastUses = steps.flatMap(\.lastUses)
    nodes = steps.map(\.node)
  }
}

/// Finds the chains of a graph.
///
/// A chain begins with a node whose kernel can take others along, and takes them in the order of the graph. It may end
/// wherever all that it has computed but the last value is read within the chain alone; the longest is kept.
struct ChainFinder {
  /// Nodes that run at a time, by position.
  struct Chain {
    var nodes: [Int]
    /// Nil for a single node.
    var kernel: PreparedKernel?
    var inputs: [Int?] = []
  }

  let graph: ResolvedGraph
  let nodes: [ResolvedNode]
  let kernels: [[PreparedKernel]]
  let site: (ResolvedNode) -> KernelSite

  /// More would hold too many blocks in the first cache.
  private static let longest = 24

  /// All nodes, each in a chain, in an order in which they can run.
  func chains() -> [Chain] {
    let readers = readersBySlot()
    var isTaken = [Bool](repeating: false, count: nodes.count)
    var chains: [(last: Int, chain: Chain)] = []
    for first in nodes.indices where !isTaken[first] {
      let chain = chain(from: first, readers) { isTaken[$0] }
      for index in chain.nodes { isTaken[index] = true }
      chains.append((chain.nodes[chain.nodes.count - 1], chain))
    }
    return chains.sorted { $0.last < $1.last }.map(\.chain)
  }

  /// The nodes that read each slot, in order, once for each reading; the graph's outputs are read by nobody's
  /// position, behind all nodes.
  private func readersBySlot() -> [[Int]] {
    var readers = [[Int]](repeating: [], count: graph.values.count)
    for (index, node) in nodes.enumerated() {
      let captured = node.subgraphs.values.flatMap { $0.captures.map(\.outer) }
      for slot in node.inputs.compactMap({ $0 }) + captured { readers[slot].append(index) }
    }
    for slot in graph.outputs { readers[slot].append(nodes.count) }
    return readers
  }

  private func chain(from first: Int, _ readers: [[Int]], _ isTaken: (Int) -> Bool) -> Chain {
    var best = Chain(nodes: [first])
    guard let kernel = kernels[first].first, let prolonged = kernel.chained, nodes[first].outputs.count == 1,
      let slot = nodes[first].outputs[0]
    else { return best }
    var slots = [slot]
    var members = [first]
    var inputs = nodes[first].inputs
    var links: [ChainLink] = []
    while links.count < Self.longest {
      let last = members[members.count - 1]
      // A reader that is passed over would keep the chain from ever being closed.
      guard let next = slots.flatMap({ readers[$0] }).filter({ $0 > last }).min(), next < nodes.count,
        !isTaken(next), let link = link(nodes[next], slots, &inputs), let longer = prolonged(links + [link]),
        let slot = nodes[next].outputs[0]
      else { break }
      links.append(link)
      members.append(next)
      slots.append(slot)
      let isClosed = slots.dropLast().allSatisfy { readers[$0].allSatisfy(members.contains) }
      if isClosed { best = Chain(nodes: members, kernel: longer, inputs: inputs) }
    }
    return best
  }

  /// A node as a link behind values in `slots`; its other inputs join `inputs`.
  private func link(_ node: ResolvedNode, _ slots: [Int], _ inputs: inout [Int?]) -> ChainLink? {
    guard let definition = node.definition, node.subgraphs.isEmpty, node.outputs.count == 1 else {
      return nil
    }
    let operands = node.inputs.map { slot -> ChainLink.Operand in
      if let slot, let link = slots.firstIndex(of: slot) { return .link(link) }
      inputs.append(slot)
      return .input(inputs.count - 1)
    }
    return ChainLink(definition, operands, site: site(node))
  }
}
