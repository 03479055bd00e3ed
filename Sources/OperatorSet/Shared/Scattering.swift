import GraphIR
import TensorCore

/// The flat position in `data` that each element of `indices` means, when it replaces its own index along
/// `axis` (GatherElements, ScatterElements).
///
/// - Throws: `OperatorError` for ranks that differ, extents larger than those of `data`, an index out of
///   range.
func elementPositions(of indices: Tensor, along axis: Int, in data: Tensor) throws -> [Int] {
  guard indices.rank == data.rank else {
    throw OperatorError(.invalidShape, "indices has rank \(indices.rank), but data has rank \(data.rank)")
  }
  for k in 0..<data.rank where k != axis && indices.shape[k] > data.shape[k] {
    throw OperatorError(
      .invalidShape, "indices of shape \(indices.shape) exceeds data of shape \(data.shape) along axis \(k)")
  }
  let numbers = indices.ints()
  let strides = rowMajorStrides(data.shape)
  var positions: [Int] = []
  positions.reserveCapacity(numbers.count)
  try forEachIndex(indices.shape) { index in
    var position = try checkedIndex(numbers[positions.count], extent: data.shape[axis]) * strides[axis]
    for k in index.indices where k != axis { position += index[k] * strides[k] }
    positions.append(position)
  }
  return positions
}

/// How Scatter combines an update with what is there.
enum ScatterReduction: String, CaseIterable, Sendable {
  case none, add, mul, max, min

  /// Reads `reduction`, which knows `max` and `min` from 18 on.
  init(_ node: NodeAttributes) throws {
    self = node.has("reduction") ? try node.choice("reduction") : .none
    guard node.since >= 18 || self != .max && self != .min else {
      throw OperatorError(
        .invalidAttribute, "reduction '\(rawValue)' needs opset 18, but this is version \(node.since)")
    }
  }

  /// A copy of `data` with `updates[i]` at each `positions[i]`, in order; without a reduction the last one
  /// wins.
  func scatter(_ updates: Tensor, to positions: [Int], in data: Tensor) throws -> Tensor {
    if self == .none {
      var sources = Array(0..<data.count)
      try positions.enumerated().forEach(spending: 1) { update, position in
        sources[position] = data.count + update
      }
      return Tensor.selecting(sources, from: [data, updates], as: data.elementType, shape: data.shape)
    }
    if data.elementType.arithmetic == .complex { return try scatterComplex(updates, to: positions, in: data) }
    return try data.elementType.inWideNumbers(
      ReduceUpdates(reduction: self, data: data, updates: updates, positions: positions))
  }

  private func scatterComplex(_ updates: Tensor, to positions: [Int], in data: Tensor) throws -> Tensor {
    guard self == .add || self == .mul else {
      throw OperatorError(.invalidType, "reduction '\(rawValue)' is not defined for complex numbers")
    }
    var y = data.complexes()
    try zip(positions, updates.complexes()).forEach(spending: 1) { position, b in
      let a = y[position]
      y[position] =
        self == .add
        ? Complex(a.real + b.real, a.imaginary + b.imaginary)
        : Complex(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
    }
    return Tensor(data.elementType, shape: data.shape, complex: y)
  }

  /// What becomes of a number and an update to it.
  func combine<W: WideNumber>(_ a: W, _ b: W) -> W {
    switch self {
    case .none: b
    case .add: a &+ b
    case .mul: a &* b
    case .max: a.isNaN || a > b ? a : b
    case .min: a.isNaN || a < b ? a : b
    }
  }
}

private struct ReduceUpdates: WideBody {
  let reduction: ScatterReduction
  let data: Tensor
  let updates: Tensor
  let positions: [Int]
  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    var y = W.elements(of: data)
    try zip(positions, W.elements(of: updates)).forEach(spending: 1) { position, update in
      y[position] = reduction.combine(y[position], update)
    }
    return Tensor(data.elementType, shape: data.shape, wide: y)
  }
}

/// What the operators that scatter share: data with updates at positions that indices name.
protocol Scattering: LeavesValuesOpen {
  var reduction: ScatterReduction { get }
  /// The flat position in data of each update.
  func positions(_ data: Tensor, _ indices: Tensor, _ updates: Tensor) throws -> [Int]
}

extension Scattering {
  package var rounding: Rounding { reduction == .add || reduction == .mul ? .other : .none }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (data, indices, updates) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.tensor(2))
    return [.tensor(try reduction.scatter(updates, to: positions(data, indices, updates), in: data))]
  }

  /// Where an index is repeated without a reduction, any of its updates (TSN-0022).
  package func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
  {
    guard reduction == .none else { return [] }
    let updates = try inputs.tensor(2)
    let positions = try positions(inputs.tensor(0), inputs.tensor(1), updates)
    let choices = Dictionary(grouping: positions.indices) { positions[$0] }.filter { $0.value.count > 1 }
    return [OpenValue(note: "TSN-0022", kind: .choices(source: updates, at: choices))]
  }
}

/// What Scatter and ScatterElements share: indices along one axis.
protocol ElementScatter: Scattering {
  var axis: Int { get }
}

extension ElementScatter {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let data = try inputs.required(0)
    if let rank = data.rank { _ = try resolveAxis(axis, rank: rank) }
    return [Fact(data.type)]
  }

  func positions(_ data: Tensor, _ indices: Tensor, _ updates: Tensor) throws -> [Int] {
    guard updates.shape == indices.shape else {
      throw OperatorError(
        .invalidShape, "updates has shape \(updates.shape), but indices has shape \(indices.shape)")
    }
    return try elementPositions(of: indices, along: resolveAxis(axis, rank: data.rank), in: data)
  }
}
