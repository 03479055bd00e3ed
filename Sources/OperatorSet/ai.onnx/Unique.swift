import GraphIR
import TensorCore

/// # Unique
///
/// The different elements of a tensor, or the different slices along an axis.
///
///     Y = {X[i]}      Y[inverse_indices[i]] = X[i],  X[indices[k]] = Y[k] first,  counts[k] = |{i : X[i] =
/// Y[k]}|
///
/// - Inputs: `X` (T): any tensor.
/// - Outputs: `Y` (T): rank 1, or the shape of X but for the axis. `indices` (tensor(int64)), optional: where
///   each of Y first occurs in X. `inverse_indices` (tensor(int64)), optional: for each element or slice of X
///   its index in Y. `counts` (tensor(int64)), optional: how often each of Y occurs.
/// - Attributes: `axis`: the axis of the slices; without it X is flattened. `sorted`: 1 sorts Y ascending,
///   slices by their elements in order; 0 leaves them in the order of their first occurrence.
/// - Types: T is any tensor; also bfloat16 from 28.
/// - Errors: `axis` out of range.
/// - Versions: 11, 28 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0015, TSN-0062: NaN equals NaN here and sorts last, as in NumPy. Strings sort by code point,
///   complex numbers by real, then imaginary part.
struct Unique: Operator {
  private static let version11 = OperatorVersion(
    since: 11,
    inputs: [.single("X", "T")],
    outputs: [
      .single("Y", "T"), .optional("indices", "tensor(int64)"), .optional("inverse_indices", "tensor(int64)"),
      .optional("counts", "tensor(int64)"),
    ],
    attributes: [.optional("axis", .int), .int("sorted", 1)],
    types: ["T": .allTensors(ir: 3)])
  private static let version28 = version11.then(
    since: 28, "bfloat16", types: ["T": .allTensors(ir: 4)])
  static let schema = OperatorSchema("Unique", versions: [version11, version28])

  var rounding: Rounding { .none }

  let axis: Int?
  let isSorted: Bool

  init(_ node: NodeAttributes) throws {
    axis = node.optionalInt("axis")
    isSorted = try node.flag("sorted")
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    let list = Fact.tensor(.int64, [.unknown])
    guard let type = X.elementType else { return [.unknown, list, list, list] }
    guard let axis else { return [.tensor(type, [.unknown]), list, list, list] }
    guard var dims = X.dims else { return [.tensor(type, nil), list, list, list] }
    let resolved = try resolveAxis(axis, rank: dims.count)
    let inverse = Fact.tensor(.int64, [dims[resolved]])
    dims[resolved] = .unknown
    return [.tensor(type, dims), list, inverse, list]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let given = try inputs.tensor(0)
    let X = axis == nil ? given.reshaped([given.count]) : given
    let view = AxisView(X.shape, axis: try resolveAxis(axis ?? 0, rank: X.rank))
    let ranks = try denseRanks(X)
    var first: [Int] = []
    var counts: [Int] = []
    var groupOf: [[Int]: Int] = [:]
    var groups: [[Int]] = []
    var inverse: [Int] = []
    var work = Work()
    for k in 0..<view.length {
      try work.spend(view.outer * view.inner)
      let slice = slicePositions(view, k).map { ranks[$0] }
      let group = groupOf[slice] ?? groups.count
      if group == groups.count {
        groupOf[slice] = group
        groups.append(slice)
        first.append(k)
        counts.append(0)
      }
      counts[group] += 1
      inverse.append(group)
    }
    let order =
      isSorted
      ? try groups.indices.sorted {
        try work.spend(1)
        return groups[$0].lexicographicallyPrecedes(groups[$1])
      } : Array(groups.indices)
    var place = [Int](repeating: 0, count: order.count)
    for (k, group) in order.enumerated() { place[group] = k }
    let Y = try distinct(X, view, order.map { first[$0] })
    let lists = [order.map { first[$0] }, inverse.map { place[$0] }, order.map { counts[$0] }]
    return [.tensor(Y)] + lists.map { .tensor(Tensor(int64: $0)) }
  }

  /// The slices of X at the given indices.
  private func distinct(_ X: Tensor, _ view: AxisView, _ indices: [Int]) throws -> Tensor {
    var shape = X.shape
    shape[try resolveAxis(axis ?? 0, rank: X.rank)] = indices.count
    let positions = try (0..<view.outer).flatMap(spending: indices.count * view.inner) { o in
      indices.flatMap { k in (0..<view.inner).map { view.position(o, k, $0) } }
    }
    return X.selecting(positions, shape: shape)
  }

  private func slicePositions(_ view: AxisView, _ k: Int) -> [Int] {
    (0..<view.outer).flatMap { o in (0..<view.inner).map { view.position(o, k, $0) } }
  }
}

/// For each element the number of different elements that are smaller, so that elements of any type can be
/// compared as integers.
private func denseRanks(_ tensor: Tensor) throws -> [Int] {
  switch tensor.elementType.arithmetic {
  case .text: return try ranks(tensor.strings.map { Array($0.utf8) }) { $0.lexicographicallyPrecedes($1) }
  case .complex:
    return try ranks(tensor.complexes()) {
      $0.real == $1.real || $0.real.isNaN && $1.real.isNaN
        ? precedes($0.imaginary, $1.imaginary) : precedes($0.real, $1.real)
    }
  default: return try tensor.elementType.inWideNumbers(WideRanks(tensor: tensor))
  }
}

/// NaN comes after all numbers.
private func precedes<W: WideNumber>(_ a: W, _ b: W) -> Bool { a < b || b.isNaN && !a.isNaN }

private struct WideRanks: WideBody {
  let tensor: Tensor
  func run<W: WideNumber>(_: W.Type) throws -> [Int] {
    try ranks(W.elements(of: tensor)) { precedes($0, $1) }
  }
}

private func ranks<Element>(_ elements: [Element], _ precedes: (Element, Element) -> Bool) throws
  -> [Int]
{
  var work = Work()
  let order = try elements.indices.sorted {
    try work.spend(1)
    return precedes(elements[$0], elements[$1])
  }
  var ranks = [Int](repeating: 0, count: elements.count)
  for (before, next) in zip(order, order.dropFirst()) {
    ranks[next] = ranks[before] + (precedes(elements[before], elements[next]) ? 1 : 0)
  }
  return ranks
}
