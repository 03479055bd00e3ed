import GraphIR
import TensorCore

/// Which axes a reduction folds and whether they stay as axes of extent 1: what all `Reduce*` operators
/// share.
package struct ReductionAxes: Sendable {
  private let attribute: [Int]?
  let keepsDims: Bool
  /// Whether no axes means to fold none; otherwise it means to fold all.
  let foldsNoneByDefault: Bool

  init(_ node: NodeAttributes) throws {
    attribute = node.optionalInts("axes")
    keepsDims = try node.flag("keepdims")
    foldsNoneByDefault = node.optionalInt("noop_with_empty_axes") == 1
  }

  /// The axes to fold, resolved and ascending. `input` are those of the `axes` input, where there is one.
  package func resolved(rank: Int, input: [Int]?) throws -> [Int] {
    let axes = attribute ?? input ?? []
    if axes.isEmpty { return foldsNoneByDefault ? [] : Array(0..<rank) }
    return try resolveAxes(axes, rank: rank).sorted()
  }

  /// The dims of the output for the facts of `data` and, from some version on, of `axes`.
  func outputDims(_ inputs: Inputs<Fact>) throws -> [Dim]? {
    guard let dims = try inputs.required(0).dims else { return nil }
    if let axes = inputs[1], axes.integers == nil {
      return keepsDims ? dims.map { _ in .unknown } : nil
    }
    return foldedDims(dims, try resolved(rank: dims.count, input: inputs[1]?.integers), one: .value(1))
  }

  /// `dims` with those at `axes` replaced by `one` or taken out.
  package func foldedDims<D>(_ dims: [D], _ axes: [Int], one: D) -> [D] {
    dims.indices.compactMap { axes.contains($0) ? (keepsDims ? one : nil) : dims[$0] }
  }

  /// `data` seen as one row for each cell of the output, each holding the elements that are folded into it.
  func rows(of data: Tensor, input: [Int]?) throws -> (rows: Tensor, length: Int, shape: [Int]) {
    let axes = try resolved(rank: data.rank, input: input)
    let kept = data.shape.indices.filter { !axes.contains($0) }
    let shape = foldedDims(data.shape, axes, one: 1)
    let length = axes.reduce(1) { $0 * data.shape[$1] }
    _ = try elementCount(shape)
    let isInOrder = kept + axes == Array(data.shape.indices)
    return (isInOrder ? data : data.transposed(kept + axes), length, shape)
  }
}

/// An operator that folds the elements along some axes into one, in the number system of the input.
protocol NumberReduction: Operator {
  var axes: ReductionAxes { get }
  /// The fold of one group of elements of a tensor of `type`; for an empty group the identity.
  func value<W: WideNumber>(_ group: ArraySlice<W>, _ type: ElementType) throws -> W
}

extension NumberReduction {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard let type = try inputs.required(0).elementType else { return [.unknown] }
    return [.tensor(type, try axes.outputDims(inputs))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let data = try inputs.tensor(0)
    let (rows, length, shape) = try axes.rows(of: data, input: inputs.optionalTensor(1)?.ints())
    let fold = FoldRows(reduction: self, rows: rows, length: length, shape: shape)
    return [.tensor(try data.elementType.inWideNumbers(fold))]
  }
}

private struct FoldRows<Reduction: NumberReduction>: WideBody {
  let reduction: Reduction
  let rows: Tensor
  let length: Int
  let shape: [Int]

  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    let x = W.elements(of: rows)
    let y = try (0..<shape.product).map(spending: 1) { row in
      try reduction.value(x[(row * length)..<((row + 1) * length)], rows.elementType)
    }
    return Tensor(rows.elementType, shape: shape, wide: y)
  }
}

/// A reduction whose result is a real number even for integers, which it is then truncated to.
protocol RealReduction: Operator {
  var axes: ReductionAxes { get }
  /// The fold of one group of elements; for an empty group the identity.
  func value(_ group: ArraySlice<Double>) throws -> Double
}

extension RealReduction {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    guard let type = try inputs.required(0).elementType else { return [.unknown] }
    return [.tensor(type, try axes.outputDims(inputs))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let data = try inputs.tensor(0)
    let (rows, length, shape) = try axes.rows(of: data, input: inputs.optionalTensor(1)?.ints())
    let x = rows.doubles()
    let y = try (0..<shape.product).map(spending: 1) { row in
      try value(x[(row * length)..<((row + 1) * length)])
    }
    return [.tensor(Tensor(data.elementType, shape: shape, rounding: y))]
  }
}
