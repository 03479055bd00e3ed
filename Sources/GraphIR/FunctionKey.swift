import TensorCore

/// What tells a function of a model from the others.
package struct FunctionKey: Hashable {
  private let parts: [NameKey]

  package init(_ function: Function) {
    parts = [function.domain, function.name, function.overload].map(NameKey.init)
  }

  /// That of the function which a node may call.
  package init(calledBy node: Node) { parts = [node.domain, node.opType, node.overload].map(NameKey.init) }
}
