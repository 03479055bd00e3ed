import GraphIR
import OperatorSet
import TensorCore

extension ResolvedNode {
  /// The extents beside a 0 from which on their product is worth an inference.
  private static let hugeExtents = 1 << 12

  /// The outputs of an operator, where inference says that all of them are empty, and an empty tensor has huge
  /// other extents; nil where they must be computed. So no definition loops over cells that hold nothing.
  ///
  /// - Throws: `ShapeError` for extents beyond the memory limit.
  package func emptyOutputs(_ inputs: [Value?]) throws -> [Value]? {
    guard let definition, subgraphs.isEmpty, inputs.contains(where: { $0?.isEmptyTensor == true }) else {
      return nil
    }
    let facts = inputs.map { $0.map(Fact.init(of:)) }
    let results = try? definition.infer(Inputs(facts, parameters: parameters), PlainContext())
    return try results.flatMap { try Self.emptyValues($0, of: outputs.count, inputs: inputs) }
  }

  /// Empty values for the facts of all `count` outputs; nil where one is not known to be empty, or all are
  /// small and the inputs too.
  static func emptyValues(_ facts: [Fact], of count: Int, inputs: [Value?]) throws -> [Value]? {
    guard facts.count >= count, count > 0 else { return nil }
    var values: [Value] = []
    for fact in facts.prefix(count) {
      guard let type = fact.elementType, let shape = fact.extents, shape.contains(0) else { return nil }
      _ = try elementCount(shape)
      values.append(
        .tensor(type == .string ? Tensor(strings: [], shape: shape) : Tensor(type, shape: shape) { _ in }))
    }
    return (values + inputs.compactMap { $0 }).contains(where: isHugeAndEmpty) ? values : nil
  }

  private static func isHugeAndEmpty(_ value: Value) -> Bool {
    guard case .tensor(let tensor) = value, tensor.count == 0 else { return false }
    var product = 1
    for extent in tensor.shape where extent != 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      if overflow || next >= hugeExtents { return true }
      product = next
    }
    return false
  }
}

extension Value {
  fileprivate var isEmptyTensor: Bool {
    guard case .tensor(let tensor) = self else { return false }
    return tensor.count == 0
  }
}

extension Fact {
  /// The extents of a tensor, where every one is known.
  package var extents: [Int]? {
    guard let dims else { return nil }
    let extents = dims.compactMap(\.number)
    return extents.count == dims.count ? extents : nil
  }
}
