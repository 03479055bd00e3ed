import GraphIR
import TensorCore

/// # Upsample
///
/// Enlarges a tensor: nearest cells, or linear interpolation, axis by axis. Resize replaces it.
///
///     Y[o0, o1, …] = X at the place o / scale, rounded down or interpolated between its neighbours
///
/// - Inputs: `X` (T): any tensor, [N, C, H, W] in 1. `scales` (tensor(float), from 9): one for each axis.
/// - Outputs: `Y` (T): extents ⌊D · scale⌋.
/// - Attributes: `mode`: nearest, or linear (in 1 named bilinear). `scales` (7): one for each axis.
///   `height_scale`, `width_scale` (1): those of H and W.
/// - Types: T is a float type, int32, int64 or bool in 1, and any tensor without bfloat16 from 7; strings
///   only with nearest.
/// - Errors: a scale below 1; as many scales as the rank are needed.
/// - Versions: 1, 7 (a scale for each axis), 9 (`scales` becomes an input), 10 (deprecated).
/// - Source: onnx/defs/tensor/old.cc.
/// - Notes: TSN-0001 (places are o / scale; integers round to even), TSN-0052 (complex numbers by their
///   parts).
package struct Upsample: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T")], outputs: [.single("Y", "T")],
    attributes: [
      .required("height_scale", .float), .string("mode", "nearest"), .required("width_scale", .float),
    ],
    types: ["T": .ieeeFloats | .indices | .bool])
  private static let version7 = version1.then(
    since: 7, "a scale for each axis", attributes: [.required("scales", .floats)],
    removing: ["height_scale", "width_scale"], types: ["T": .allTensors(ir: 3)])
  private static let version9 = version7.then(
    since: 9, "scales becomes an input", inputs: [.single("X", "T"), .single("scales", "tensor(float)")],
    removing: ["scales"])
  private static let version10 = version9.then(since: 10, "deprecated for Resize", deprecated: true)
  package static let schema = OperatorSchema("Upsample", versions: [version1, version7, version9, version10])

  enum Mode: String, CaseIterable, Sendable { case nearest, linear, bilinear }

  let mode: Mode
  /// The scales where they are attributes.
  package let scales: [Float]?

  package init(_ node: NodeAttributes) throws {
    mode = try node.choice("mode")
    scales =
      node.since == 1
      ? [1, 1, try node.float("height_scale"), try node.float("width_scale")] : node.optionalFloats("scales")
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown] }
    guard let x = X.dims else { return [.tensor(type, nil)] }
    let given = scales ?? inputs[1]?.tensor.map { $0.doubles().map(Float.init) }
    guard let given else { return [.tensor(type, x.map { _ in .unknown })] }
    let axes = try axes(x.map { $0.number ?? 1 }, scales: given)
    return [.tensor(type, zip(x, axes).map { $0.number == nil ? .unknown : .value($1.output) })]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let cells = try cells(X.shape, inputs)
    if mode == .nearest { return [.tensor(try X.resampledNearest(cells, fill: X))] }
    return [.tensor(try X.interpolated(cells, fill: 0))]
  }

  /// Which cells of X, and how much of them, each output cell takes, axis by axis.
  func cells(_ shape: [Int], _ inputs: Inputs<Value>) throws -> [ResampledAxis] {
    let axes = try axes(shape, scales: try scales ?? inputs.tensor(1).doubles().map(Float.init))
    _ = try elementCount(axes.map(\.output))
    if mode == .nearest { return axes.map { $0.nearest(.asymmetric, .floor) } }
    return try axes.map {
      try $0.interpolated(.asymmetric, .linear, antialias: false, excludesOutside: false)
    }
  }

  private func axes(_ shape: [Int], scales: [Float]) throws -> [ResizedAxis] {
    guard scales.count == shape.count else {
      throw OperatorError(.invalidValue, "there are \(scales.count) scales, but X has rank \(shape.count)")
    }
    if let bad = scales.first(where: { !($0 >= 1) }) {
      throw OperatorError(.invalidValue, "a scale is \(bad), but must be at least 1")
    }
    return try zip(shape, scales).map { try ResizedAxis(input: $0, scale: $1) }
  }
}
