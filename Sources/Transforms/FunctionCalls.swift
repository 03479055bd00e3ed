import GraphIR

extension Model {
  /// The functions that nodes call, directly or through others, in the model's order.
  func functions(calledBy nodes: [Node]) -> [Function] {
    let known = Dictionary(functions.map { (FunctionKey($0), $0) }) { first, _ in first }
    var called: Set<FunctionKey> = []
    var waiting = nodes.includingInner
    while let node = waiting.popLast() {
      let key = FunctionKey(calledBy: node)
      if let function = known[key], called.insert(key).inserted { waiting += function.nodes.includingInner }
    }
    return functions.filter { called.contains(FunctionKey($0)) }
  }
}
