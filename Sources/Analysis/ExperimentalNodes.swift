import OperatorSet

extension ResolvedGraph {
  /// The nodes whose operators are experimental, those of subgraphs and called functions included.
  public var experimentalNodes: [(node: ResolvedNode, type: any ExperimentalOperator.Type)] {
    nodes.flatMap { node in
      var found: [(node: ResolvedNode, type: any ExperimentalOperator.Type)] = []
      switch node.implementation {
      case .definition(let definition as any ExperimentalOperator): found.append((node, type(of: definition)))
      case .definition: break
      case .function(let body): found += body.experimentalNodes
      }
      return found + node.subgraphs.sorted { $0.key < $1.key }.flatMap(\.value.experimentalNodes)
    }
  }
}
