import GraphIR
import TensorCore

/// # Resize
///
/// Samples a tensor anew at other extents: nearest cells, or linear or cubic interpolation, axis by axis.
///
///     Y[o0, o1, …] = Σ i0, i1, …  w(i0 − x(o0)) · w(i1 − x(o1)) · … · X[i0, i1, …]
///
/// where x maps a cell of Y to a place in X and w is the kernel of `mode`; cells beyond the edge repeat it.
///
/// - Inputs: `X` (T1; T in 10): any tensor. `roi` (T2, from 11, optional from 13): the part that
///   tf_crop_and_resize takes, [starts…, ends…]. `scales` (tensor(float)), optional from 13: one for each
///   axis. `sizes` (tensor(int64), from 11), optional: the extents themselves, instead of `scales`.
/// - Outputs: `Y` (T1): extents ⌊D · (end − start) · scale⌋, or as `sizes` say.
/// - Attributes: `mode`: nearest, linear or cubic. From 11: `coordinate_transformation_mode`: x(o), among
///   half_pixel, pytorch_half_pixel, align_corners, asymmetric, tf_crop_and_resize, before 18
///   tf_half_pixel_for_nn and from 19 half_pixel_symmetric. `nearest_mode`: how nearest rounds.
///   `cubic_coeff_a`: a of the cubic kernel. `exclude_outside`: 1 gives cells beyond the edge no weight.
///   `extrapolation_value`: what places outside X show when cropping. From 18: `antialias`: 1 widens the
///   kernel when shrinking. `axes`: those that `roi`, `scales` and `sizes` speak of, by default all.
///   `keep_aspect_ratio_policy`: not_larger and not_smaller fit one scale to `sizes`.
/// - Types: T1 is any tensor, without bfloat16 before 13; strings only with nearest. T2 is float16, float or
///   double.
/// - Errors: neither or both of `scales` and `sizes`; numbers that do not fit the axes; a scale not positive.
/// - Versions: 10, 11 (`sizes`, `roi` and the ways of mapping), 13 (bfloat16, optional inputs), 18
///   (`antialias`, `axes`, `keep_aspect_ratio_policy`), 19 (half_pixel_symmetric).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0001 (lengths of 1, fractional lengths, what 10 leaves open, integers round to even).
package struct Resize: Operator {
  private static let version10 = OperatorVersion(
    since: 10, inputs: [.single("X", "T"), .single("scales", "tensor(float)")],
    outputs: [.single("Y", "T")], attributes: [.string("mode", "nearest")],
    types: ["T": .allTensors(ir: 3)])
  private static let version11 = version10.then(
    since: 11, "sizes, roi and several ways of mapping",
    inputs: [
      .single("X", "T1"), .single("roi", "T2"), .single("scales", "tensor(float)"),
      .optional("sizes", "tensor(int64)"),
    ],
    outputs: [.single("Y", "T1")],
    attributes: [
      .string("coordinate_transformation_mode", "half_pixel"), .float("cubic_coeff_a", -0.75),
      .int("exclude_outside", 0), .float("extrapolation_value", 0.0),
      .string("nearest_mode", "round_prefer_floor"),
    ],
    types: ["T1": .allTensors(ir: 3), "T2": .ieeeFloats])
  private static let version13 = version11.then(
    since: 13, "bfloat16; roi and scales may be omitted",
    inputs: [
      .single("X", "T1"), .optional("roi", "T2"), .optional("scales", "tensor(float)"),
      .optional("sizes", "tensor(int64)"),
    ],
    types: ["T1": .allTensors(ir: 4)])
  private static let version18 = version13.then(
    since: 18, "antialias, axes, keep_aspect_ratio_policy",
    attributes: [
      .int("antialias", 0), .optional("axes", .ints), .string("keep_aspect_ratio_policy", "stretch"),
    ])
  private static let version19 = version18.then(since: 19, "half_pixel_symmetric")
  package static let schema = OperatorSchema(
    "Resize", versions: [version10, version11, version13, version18, version19])

  package enum Mode: String, CaseIterable, Sendable { case nearest, linear, cubic }

  package let mode: Mode
  let transformation: CoordinateTransformation
  /// Nil in version 10, where enlarging takes the cell before and shrinking the cell after.
  let nearestMode: NearestMode?
  package let cubicCoefficient: Double
  package let excludesOutside: Bool
  package let extrapolationValue: Double
  package let antialias: Bool
  package let axes: [Int]?
  let policy: AspectRatioPolicy
  package let scalesInput: Int

  package init(_ node: NodeAttributes) throws {
    mode = try node.choice("mode")
    let hasOptions = node.since >= 11
    transformation = hasOptions ? try node.choice("coordinate_transformation_mode") : .asymmetric
    nearestMode = hasOptions ? try node.choice("nearest_mode") : nil
    cubicCoefficient = Double(node.optionalFloat("cubic_coeff_a") ?? -0.75)
    excludesOutside = node.optionalInt("exclude_outside") == 1
    extrapolationValue = Double(node.optionalFloat("extrapolation_value") ?? 0)
    antialias = node.optionalInt("antialias") == 1
    axes = node.optionalInts("axes")
    policy = node.has("keep_aspect_ratio_policy") ? try node.choice("keep_aspect_ratio_policy") : .stretch
    scalesInput = hasOptions ? 2 : 1
    let isKnown =
      switch transformation {
      case .tfHalfPixelForNN: node.since < 18
      case .halfPixelSymmetric: node.since >= 19
      default: true
      }
    guard isKnown, hasOptions || mode != .cubic else {
      throw OperatorError(
        .invalidAttribute, "this version has no '\(isKnown ? mode.rawValue : transformation.rawValue)'")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let X = try inputs.required(0)
    guard let type = X.elementType else { return [.unknown] }
    guard let x = X.dims else { return [.tensor(type, nil)] }
    let chosen = try chosenAxes(rank: x.count)
    var dims = x
    for axis in chosen { dims[axis] = .unknown }
    let extents = x.map { $0.number ?? 1 }
    if let scales = inputs[scalesInput]?.tensor, scales.count > 0 {
      let roi = transformation == .tfCropAndResize ? inputs[1]?.tensor : nil
      guard transformation != .tfCropAndResize || roi != nil else { return [.tensor(type, dims)] }
      let axes = try scaledAxes(extents, chosen, scales: scales, roi: roi)
      for (k, axis) in chosen.enumerated() {
        if x[axis].number != nil { dims[axis] = .value(axes[k].output) }
      }
    } else if scalesInput == 2, let sizes = inputs[3]?.elements, sizes.count == chosen.count {
      if policy == .stretch {
        for (k, axis) in chosen.enumerated() { dims[axis] = sizes[k] }
      } else if chosen.allSatisfy({ x[$0].number != nil }), let numbers = inputs[3]?.integers {
        let axes = try policy.axes(chosen.map { extents[$0] }, sizes: numbers)
        for (k, axis) in chosen.enumerated() { dims[axis] = .value(axes[k].output) }
      }
    }
    return [.tensor(type, dims)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let X = try inputs.tensor(0)
    let cells = try cells(X.shape, inputs)
    guard mode == .nearest else { return [.tensor(try X.interpolated(cells, fill: extrapolationValue))] }
    let fill =
      X.elementType == .string
      ? Tensor(strings: [""], shape: [1])
      : Tensor(X.elementType, shape: [1], interpolated: [extrapolationValue])
    return [.tensor(try X.resampledNearest(cells, fill: fill))]
  }

  /// Which cells of X, and how much of them, each output cell takes, axis by axis.
  package func cells(_ shape: [Int], _ inputs: Inputs<Value>) throws -> [ResampledAxis] {
    let chosen = try chosenAxes(rank: shape.count)
    var axes = shape.map { ResizedAxis(sized: $0, to: $0) }
    for (axis, resized) in zip(chosen, try resizedAxes(shape, chosen, inputs)) { axes[axis] = resized }
    _ = try elementCount(axes.map(\.output))
    func transformation(_ axis: Int) -> CoordinateTransformation {
      chosen.contains(axis) ? self.transformation : .asymmetric
    }
    if mode == .nearest {
      return axes.enumerated().map { axis, resized in
        resized.nearest(transformation(axis), rounding(resized))
      }
    }
    try axes.forEach { try $0.checkStretch() }
    let kernel: InterpolationKernel = mode == .linear ? .linear : .cubic(a: cubicCoefficient)
    return try axes.enumerated().map { axis, resized in
      try resized.interpolated(
        transformation(axis), kernel, antialias: antialias, excludesOutside: excludesOutside)
    }
  }

  private func rounding(_ axis: ResizedAxis) -> NearestMode {
    nearestMode ?? (axis.scale.value < 1 ? .ceil : .floor)
  }

  private func chosenAxes(rank: Int) throws -> [Int] {
    try axes.map { try resolveAxes($0, rank: rank) } ?? Array(0..<rank)
  }

  /// The chosen axes as `scales` or `sizes` want them.
  private func resizedAxes(_ shape: [Int], _ chosen: [Int], _ inputs: Inputs<Value>) throws -> [ResizedAxis] {
    let scales = try inputs.optionalTensor(scalesInput).flatMap { $0.count == 0 ? nil : $0 }
    let sizes = try (scalesInput == 2 ? inputs.optionalTensor(3) : nil).flatMap { $0.count == 0 ? nil : $0 }
    let roi = transformation == .tfCropAndResize ? try inputs.optionalTensor(1) : nil
    if transformation == .tfCropAndResize && roi?.count != 2 * chosen.count {
      throw OperatorError(
        .invalidValue,
        "tf_crop_and_resize needs a roi of \(2 * chosen.count) numbers, but has \(roi?.count ?? 0)")
    }
    switch (scales, sizes) {
    case (let scales?, nil): return try scaledAxes(shape, chosen, scales: scales, roi: roi)
    case (nil, let sizes?):
      guard sizes.count == chosen.count else { throw countError("sizes", sizes.count, chosen.count) }
      var axes = try policy.axes(chosen.map { shape[$0] }, sizes: sizes.ints())
      for k in axes.indices { axes[k].roi = crop(roi, k, chosen.count) }
      return axes
    case (nil, nil) where chosen.isEmpty: return []
    default:
      throw OperatorError(.invalidValue, "exactly one of scales and sizes must be given")
    }
  }

  private func scaledAxes(_ shape: [Int], _ chosen: [Int], scales: Tensor, roi: Tensor?) throws
    -> [ResizedAxis]
  {
    guard scales.count == chosen.count else { throw countError("scales", scales.count, chosen.count) }
    let factors = scales.doubles()
    return try chosen.indices.map { k in
      try ResizedAxis(input: shape[chosen[k]], scale: Float(factors[k]), roi: crop(roi, k, chosen.count))
    }
  }

  /// Start and end of axis `k` in roi.
  private func crop(_ roi: Tensor?, _ k: Int, _ count: Int) -> (start: Double, end: Double) {
    guard let numbers = roi?.doubles(), numbers.count == 2 * count else { return (0, 1) }
    return (numbers[k], numbers[count + k])
  }

  private func countError(_ name: String, _ count: Int, _ axes: Int) -> OperatorError {
    OperatorError(.invalidValue, "\(name) has \(count) numbers, but there are \(axes) axes to resize")
  }
}
