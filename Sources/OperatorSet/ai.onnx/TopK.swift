import GraphIR
import TensorCore

/// # TopK
///
/// The K largest or smallest elements along an axis, in order, and where they stand.
///
///     Values[i] = X[Indices[i]],  Indices = the first K of the axis ordered by value, then by position
///
/// - Inputs: `X` (T): any shape of rank 1 or more. `K` (tensor(int64), from 10): one number, at most the
///   extent of the axis.
/// - Outputs: `Values` (T), `Indices` (I): the shape of X with K at the axis.
/// - Attributes: `k` (1): what the input K is from 10 on. `axis` (default −1). `largest` (from 11, default
///   1): 0 asks for the smallest. `sorted` (from 11, default 1): 0 leaves the order undefined; it is ordered
///   all the same.
/// - Types: T is float16, float or double; integers from 11, bfloat16 from 24. I is int64.
/// - Errors: K negative or beyond the extent; `axis` out of range.
/// - Versions: 1, 10 (`K` becomes an input), 11 (integers, `largest`, `sorted`, negative `axis`), 24
///   (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0016 (of equals the first; NaN counts as larger than every number).
package struct TopK: LeavesValuesOpen {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Values", "T"), .single("Indices", "I")],
    attributes: [.int("axis", -1), .required("k", .int)], types: ["T": .ieeeFloats, "I": .tensors(.int64)])
  private static let version10 = version1.then(
    since: 10, "K becomes an input", inputs: [.single("X", "T"), .single("K", "tensor(int64)")],
    removing: ["k"])
  private static let version11 = version10.then(
    since: 11, "integers, largest, sorted", attributes: [.int("largest", 1), .int("sorted", 1)],
    types: ["T": .integers | .ieeeFloats])
  private static let version24 = version11.then(since: 24, "bfloat16", types: ["T": .integers | .floats])
  package static let schema = OperatorSchema("TopK", versions: [version1, version10, version11, version24])

  package var rounding: Rounding { .none }

  package let axis: Int
  package let k: Int?
  package let wantsLargest: Bool
  package let isSorted: Bool

  package init(_ node: NodeAttributes) throws {
    axis = try node.int("axis")
    k = node.optionalInt("k")
    wantsLargest = node.optionalInt("largest") != 0
    isSorted = node.optionalInt("sorted") != 0
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown, .tensor(.int64, nil)] }
    guard var dims = X.dims else { return [.tensor(type, nil), .tensor(.int64, nil)] }
    let axis = try resolveAxis(axis, rank: dims.count)
    if let k = try k ?? inputs.required(1).integers?.first {
      try check(k, extent: dims[axis].number ?? .max)
      dims[axis] = .value(k)
    } else {
      dims[axis] = try inputs.required(1).elements?.first ?? .unknown
    }
    return [.tensor(type, dims), .tensor(.int64, dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let axis = try resolveAxis(axis, rank: X.rank)
    let k = try k ?? Int(inputs.scalar(1, Int64.self))
    try check(k, extent: X.shape[axis])
    let search = Search(X: X, view: AxisView(X.shape, axis: axis), k: k, wantsLargest: wantsLargest)
    let indices = try X.elementType.inWideNumbers(search)
    var shape = X.shape
    shape[axis] = k
    // `indices` holds [outer, inner, k]; the axis goes back to where it was.
    let Indices = Tensor(int64: indices, shape: [search.view.outer, search.view.inner, k])
      .transposed([0, 2, 1])
    return [.tensor(try values(of: X, at: Indices, search.view, shape)), .tensor(Indices.reshaped(shape))]
  }

  /// Without `sorted` the order is undefined (TSN-0016).
  package func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
  {
    guard !isSorted else { return [] }
    let axis = try resolveAxis(axis, rank: inputs.tensor(0).rank)
    return [OpenValue(note: "TSN-0016", kind: .anyOrder(axis: axis))]
  }

  private func values(of X: Tensor, at Indices: Tensor, _ view: AxisView, _ shape: [Int]) throws
    -> Tensor
  {
    let k = Indices.shape[1]
    let positions = try Indices.ints().enumerated().map(spending: 1) { flat, index in
      view.position(flat / (k * view.inner), index, flat % view.inner)
    }
    return X.selecting(positions, shape: shape)
  }

  private func check(_ k: Int, extent: Int) throws {
    guard k >= 0, k <= extent else {
      throw OperatorError(.invalidValue, "K is \(k), but must lie in [0, \(extent)], the extent of the axis")
    }
  }
}

private struct Search: WideBody {
  let X: Tensor
  let view: AxisView
  let k: Int
  let wantsLargest: Bool

  func run<W: WideNumber>(_: W.Type) throws -> [Int] {
    if X.count == 0 { return [] }
    let x = W.elements(of: X)
    var found: [Int] = []
    var work = Work()
    try view.forEachLine { line in
      let values = line.map { x[$0] }
      let order = try values.indices.sorted { a, b in
        try work.spend(1)
        if precedes(values[a], values[b]) { return true }
        return !precedes(values[b], values[a]) && a < b
      }
      found += order.prefix(k)
    }
    return found
  }

  private func precedes<W: WideNumber>(_ a: W, _ b: W) -> Bool {
    let (large, small) = wantsLargest ? (a, b) : (b, a)
    return large > small || (large.isNaN && !small.isNaN)
  }
}
