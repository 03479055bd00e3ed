import GraphIR
import TensorCore

/// # NonZero
///
/// The indices of all elements that are not zero, in row-major order.
///
///     Y[:, k] = index of the k-th element of X that is not 0
///
/// - Inputs: `X` (T): any tensor.
/// - Outputs: `Y` (tensor(int64)): [rank of X, number of such elements]; one column an element.
/// - Attributes: none.
/// - Types: T is any tensor; also bfloat16 from 13. false and empty strings count as zero, NaN does not.
/// - Errors: none.
/// - Versions: 9, 13 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0056: a scalar gives the shape [0, 0 or 1], unlike NumPy.
package struct NonZero: Operator {
  private static let version9 = OperatorVersion(
    since: 9,
    inputs: [.single("X", "T")],
    outputs: [.single("Y", "tensor(int64)")],
    types: ["T": .allTensors(ir: 3)])
  private static let version13 = version9.then(
    since: 13, "bfloat16", types: ["T": .allTensors(ir: 4)])
  package static let schema = OperatorSchema("NonZero", versions: [version9, version13])

  package var rounding: Rounding { .none }

  package init(_ node: NodeAttributes) throws {}

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.int64, [try inputs.required(0).rank.map(Dim.value) ?? .unknown, .unknown])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let isNonZero = nonZeros(X)
    let found = isNonZero.indices.filter { isNonZero[$0] }
    let strides = rowMajorStrides(X.shape)
    var Y: [Int] = []
    Y.reserveCapacity(try elementCount([X.rank, found.count]))
    for axis in 0..<X.rank {
      try found.forEach(spending: 1) { Y.append($0 / strides[axis] % X.shape[axis]) }
    }
    return [.tensor(Tensor(int64: Y, shape: [X.rank, found.count]))]
  }

  private func nonZeros(_ X: Tensor) -> [Bool] {
    switch X.elementType.arithmetic {
    case .text: X.strings.map { !$0.isEmpty }
    case .complex: X.complexes().map { $0.real != 0 || $0.imaginary != 0 }
    case .floating: X.doubles().map { $0 != 0 }
    case .signed, .unsigned, .boolean: X.integers().map { $0 != 0 }
    }
  }
}
