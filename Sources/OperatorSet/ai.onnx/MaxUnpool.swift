import GraphIR
import TensorCore

/// # MaxUnpool
///
/// Puts pooled maxima back to where they came from; all else is 0.
///
///     output[I[i]] = X[i]      flat positions in a tensor of extents stride · (D − 1) + K − pads
///
/// - Inputs: `X` (T1): [N, C, D1, …, Dk], as MaxPool's Y. `I` (T2): of the same shape, as MaxPool's Indices.
///   `output_shape` (T2), optional: the shape of the output.
/// - Outputs: `output` (T1): of the extents above, or of `output_shape`, whose further cells are 0.
/// - Attributes: `kernel_shape`: K. `strides`: by default 1. `pads`: by default 0; without effect beside
///   `output_shape`.
/// - Types: T1 is float16, float or double; also bfloat16 from 22. T2 is int64.
/// - Errors: shapes that do not fit together; an index out of range; `output_shape` too small.
/// - Versions: 9, 11 (defaults of strides written down), 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0003 (indices count in the extents without pads and `output_shape`, as ONNX's case shows; of
///   equal indices the last wins).
struct MaxUnpool: LeavesValuesOpen {
  private static let version9 = OperatorVersion(
    since: 9, inputs: [.single("X", "T1"), .single("I", "T2"), .optional("output_shape", "T2")],
    outputs: [.single("output", "T1")],
    attributes: [.required("kernel_shape", .ints), .optional("pads", .ints), .optional("strides", .ints)],
    types: ["T1": .ieeeFloats, "T2": .tensors(.int64)])
  private static let version11 = version9.then(since: 11, "strides default to 1")
  private static let version22 = version11.then(since: 22, "bfloat16", types: ["T1": .floats])
  static let schema = OperatorSchema("MaxUnpool", versions: [version9, version11, version22])

  var rounding: Rounding { .none }

  let window: WindowAttributes

  init(_ node: NodeAttributes) throws { window = try WindowAttributes(node) }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown] }
    if let rank = X.rank { try checkPoolingRank(rank) }
    if let outputShape = inputs[2] {
      let shape = outputShape.elements ?? X.dims?.map { _ in .unknown }
      if let shape, let rank = X.rank, shape.count != rank {
        throw OperatorError(
          .invalidShape, "output_shape has \(shape.count) extents, but X has rank \(rank)")
      }
      return [.tensor(type, shape)]
    }
    guard let x = X.dims else { return [.tensor(type, nil)] }
    let extents = try extents(x.dropFirst(2).map { $0.number ?? 1 })
    let spatial = zip(x.dropFirst(2), extents).map { dim, extent in
      dim.number == nil ? Dim.unknown : .value(extent)
    }
    return [.tensor(type, x.prefix(2) + spatial)]
  }

  /// stride · (D − 1) + K − pads for each spatial axis.
  private func extents(_ spatial: [Int]) throws -> [Int] {
    let axes = try window.axes(input: spatial, kernel: window.kernelShape ?? [])
    return try axes.map { axis in
      let (spread, overflow) = axis.stride.multipliedReportingOverflow(by: axis.input - 1)
      guard !overflow, spread.magnitude < 1 << 61 else {
        throw OperatorError(.invalidShape, "an input of \(axis.input) at stride \(axis.stride) is too large")
      }
      return spread + axis.kernel - axis.padBegin - axis.padEnd
    }
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let targets = try targets(inputs)
    let x = X.doubles()
    var y = [Double](repeating: 0, count: try elementCount(targets.shape))
    for (i, target) in targets.positions.enumerated() { y[target] = x[i] }
    return [.tensor(Tensor(X.elementType, shape: targets.shape, rounding: y))]
  }

  /// Of equal indices any element may stay (TSN-0003).
  package func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
  {
    let positions = try targets(inputs).positions
    let choices = Dictionary(grouping: positions.indices) { positions[$0] }.filter { $0.value.count > 1 }
    return [OpenValue(note: "TSN-0003", kind: .choices(source: try inputs.tensor(0), at: choices))]
  }

  /// The shape of the output, and the flat position in it of each element of X.
  private func targets(_ inputs: Inputs<Value>) throws -> (shape: [Int], positions: [Int]) {
    let X = try inputs.tensor(0)
    try checkPoolingRank(X.rank)
    let indices = try inputs.checked(1, shape: X.shape)?.integers() ?? []
    let wanted = try inputs.optionalTensor(2)?.ints()
    let full = Array(X.shape.prefix(2)) + (try extents(Array(X.shape.dropFirst(2))))
    let shape = wanted ?? full
    guard shape.count == full.count, shape.allSatisfy({ $0 >= 0 }) else {
      throw OperatorError(.invalidValue, "output_shape is \(shape), but X has rank \(X.rank)")
    }
    _ = try elementCount(shape)
    let count = try elementCount(full)
    let (strides, fullStrides) = (rowMajorStrides(shape), rowMajorStrides(full))
    let positions = try indices.map(spending: shape.count) { index in
      guard index >= 0, index < count else {
        throw OperatorError(.invalidValue, "an index is \(index), but must lie in 0..<\(count)")
      }
      var (rest, at) = (Int(index), 0)
      for axis in shape.indices {
        guard rest / fullStrides[axis] < shape[axis] else {
          throw OperatorError(.invalidValue, "index \(index) of \(full) lies outside output_shape \(shape)")
        }
        at += rest / fullStrides[axis] * strides[axis]
        rest %= fullStrides[axis]
      }
      return at
    }
    return (shape, positions)
  }
}
