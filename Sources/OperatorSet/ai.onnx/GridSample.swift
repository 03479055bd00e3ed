import GraphIR
import TensorCore

/// # GridSample
///
/// Samples each channel at the places that a grid names.
///
///     Y[n, c, o…] = Σ i…  w(i1 − p1) · … · wr(ir − pr) · X[n, c, i…]      p = place(grid[n, o…, :])
///
/// A grid's numbers run from −1 to 1 over an axis of X, the last axis first; w is the kernel of `mode`.
///
/// - Inputs: `X` (T1): [N, C, D1, …, Dr]. `grid` (T2): [N, O1, …, Or, r].
/// - Outputs: `Y` (T1): [N, C, O1, …, Or].
/// - Attributes: `mode`: linear, nearest or cubic (in 16 bilinear, nearest, bicubic). `padding_mode`: what
///   lies outside: zeros, border (the nearest edge) or reflection. `align_corners`: 1 puts −1 and 1 on the
///   centres of the outermost cells, 0 on their outer edges.
/// - Types: T1 is any tensor, without bfloat16 before 22; strings only with nearest. T2 is float16, float or
///   double, from 22 also bfloat16.
/// - Errors: ranks, or the last extent of `grid`, that do not fit; in 16 a rank other than 4.
/// - Versions: 16, 20 (any number of axes; linear and cubic by these names), 22 (bfloat16).
/// - Source: onnx/defs/tensor/defs.cc, old.cc.
/// - Notes: TSN-0019 (a = −0.75; places outside are moved first, then each cell; halves go to even; integers
///   are cut toward zero; a place that is no number shows 0).
package struct GridSample: LeavesValuesOpen {
  private static let version16 = OperatorVersion(
    since: 16, inputs: [.single("X", "T1"), .single("grid", "T2")], outputs: [.single("Y", "T1")],
    attributes: [
      .int("align_corners", 0), .string("mode", "bilinear"), .string("padding_mode", "zeros"),
    ],
    types: ["T1": .allTensors(ir: 3), "T2": .ieeeFloats])
  private static let version20 = version16.then(
    since: 20, "any number of axes; modes renamed", attributes: [.string("mode", "linear")])
  private static let version22 = version20.then(
    since: 22, "bfloat16", types: ["T1": .allTensors(ir: 4), "T2": .floats])
  package static let schema = OperatorSchema("GridSample", versions: [version16, version20, version22])

  enum FlatMode: String, CaseIterable { case bilinear, nearest, bicubic }
  enum Mode: String, CaseIterable, Sendable {
    case linear, nearest, cubic
    /// The cells along one axis that make a sample.
    var tapCount: Int { self == .nearest ? 1 : self == .linear ? 2 : 4 }
  }
  enum Padding: String, CaseIterable, Sendable { case zeros, border, reflection }

  let mode: Mode
  let padding: Padding
  package let alignsCorners: Bool
  package let isFlat: Bool

  package init(_ node: NodeAttributes) throws {
    isFlat = node.since < 20
    if isFlat {
      let flat: FlatMode = try node.choice("mode")
      mode = flat == .bilinear ? .linear : flat == .nearest ? .nearest : .cubic
    } else {
      mode = try node.choice("mode")
    }
    padding = try node.choice("padding_mode")
    alignsCorners = try node.flag("align_corners")
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, grid) = (try inputs.required(0), try inputs.required(1))
    guard let type = X.elementType else { return [.unknown] }
    if let x = X.dims, let g = grid.dims { try check(x.map(\.number), g.map(\.number)) }
    guard let rank = X.rank ?? grid.rank, rank >= 3 else { return [.tensor(type, nil)] }
    let batch = X.dims == nil ? grid.dim(0) : X.dim(0)
    let spatial =
      grid.dims.map { Array($0.dropFirst().dropLast()) } ?? [Dim](repeating: .unknown, count: rank - 2)
    return [.tensor(type, [batch, X.dim(1)] + spatial)]
  }

  private func check(_ X: [Int?], _ grid: [Int?]) throws {
    let fits =
      X.count == grid.count && X.count >= 3 && (!isFlat || X.count == 4)
      && (X[0] == nil || grid[0] == nil || X[0] == grid[0])
      && (grid[grid.count - 1].map { $0 == X.count - 2 } ?? true)
    guard fits else {
      let shapes = [X, grid].map { "[" + $0.map { $0.map(String.init) ?? "?" }.joined(separator: ", ") + "]" }
      throw OperatorError(
        .invalidShape,
        "X of shape \(shapes[0]) needs a grid of \(isFlat ? "rank 4 and " : "")shape [N, O1, …, r], "
          + "r its number of spatial axes, but has \(shapes[1])")
    }
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, grid) = (try inputs.tensor(0), try inputs.tensor(1))
    try check(X.shape, grid.shape)
    let spatial = Array(X.shape.dropFirst(2))
    let outputs = Array(grid.shape.dropFirst().dropLast())
    let shape = Array(X.shape.prefix(2)) + outputs
    guard try elementCount(shape) > 0 else { return [.tensor(X.selecting([], shape: shape))] }
    guard !spatial.contains(0) else {
      throw OperatorError(.invalidShape, "X of shape \(X.shape) has no cells to sample")
    }
    let g = grid.doubles()
    let r = spatial.count
    let tapCount = try elementCount([Int](repeating: mode.tapCount, count: r))
    // A tap takes two numbers.
    _ = try elementCount([g.count / r, tapCount, 2])
    let places = try (0..<(g.count / r)).map(spending: tapCount) { place in
      taps((0..<r).map { g[place * r + (r - 1 - $0)] }, spatial)
    }
    return [.tensor(try sample(X, places, size: spatial.product, shape: shape))]
  }

  /// A place that is NaN lies nowhere (TSN-0019).
  package func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
  {
    let (X, grid) = (try inputs.tensor(0), try inputs.tensor(1))
    let (g, r) = (grid.doubles(), grid.shape.last ?? 1)
    let (channels, count) = (X.shape[1], grid.shape.dropFirst().dropLast().product)
    let places = (0..<(g.count / max(r, 1))).filter { place in
      g[(place * r)..<((place + 1) * r)].contains(where: \.isNaN)
    }
    let elements = places.flatMap { place in
      (0..<channels).map { (place / count * channels + $0) * count + place % count }
    }
    return [OpenValue(note: "TSN-0019", kind: .undefined(Set(elements)))]
  }

  /// Y, given the taps within one channel for each place of each batch.
  private func sample(_ X: Tensor, _ places: [[Tap]], size: Int, shape: [Int]) throws -> Tensor {
    let (batch, channels) = (shape[0], shape[1])
    let count = places.count / batch
    /// The planes of X and the taps of all elements of Y, in order.
    func forEachElement(_ body: (_ plane: Int, _ taps: [Tap]) -> Void) throws {
      var work = Work()
      for plane in 0..<(batch * channels) {
        let first = plane / channels * count
        for place in first..<(first + count) {
          try work.spend(1 + places[place].count)
          body(plane * size, places[place])
        }
      }
    }
    if mode == .nearest {
      var positions: [Int] = []
      try forEachElement { plane, taps in positions.append(taps.first.map { plane + $0.cell } ?? X.count) }
      let zero =
        X.elementType == .string
        ? Tensor(strings: [""], shape: [1]) : Tensor(X.elementType, shape: [1], rounding: [0])
      return Tensor.joining([X, zero], as: X.elementType, shape: [X.count + 1]).selecting(
        positions, shape: shape)
    }
    func sums(_ x: [Double]) throws -> [Double] {
      var y: [Double] = []
      try forEachElement { plane, taps in
        var sum = CompensatedSum()
        for tap in taps { sum.add(tap.weight, x[plane + tap.cell]) }
        y.append(sum.value)
      }
      return y
    }
    switch X.elementType.arithmetic {
    case .text: throw OperatorError(.invalidType, "strings cannot be interpolated, only sampled with nearest")
    case .complex:
      let x = X.complexes()
      let y = try zip(sums(x.map(\.real)), sums(x.map(\.imaginary))).map { Complex($0, $1) }
      return Tensor(X.elementType, shape: shape, complex: y)
    default: return Tensor(X.elementType, shape: shape, rounding: try sums(X.doubles()))
    }
  }

  /// The cells of one channel, as flat positions, that take part at normalised coordinates `n`.
  private func taps(_ n: [Double], _ spatial: [Int]) -> [Tap] {
    var taps = [Tap(cell: 0, weight: 1)]
    for (n, length) in zip(n, spatial) {
      let along = taps1D(n, length)
      taps = taps.flatMap { tap in
        along.map { Tap(cell: tap.cell * length + $0.cell, weight: tap.weight * $0.weight) }
      }
    }
    return taps
  }

  private func taps1D(_ n: Double, _ length: Int) -> [Tap] {
    let extent = Double(length)
    var x = alignsCorners ? (n + 1) / 2 * (extent - 1) : ((n + 1) * extent - 1) / 2
    if mode == .nearest { x.round(.toNearestOrEven) }
    let (low, high) = alignsCorners ? (0, extent - 1) : (-0.5, extent - 0.5)
    if x < low || x > high {
      if padding == .border { x = min(max(x, 0), extent - 1) }
      if padding == .reflection { x = reflected(x, low, high) }
    }
    let kernel: InterpolationKernel = mode == .cubic ? .cubic(a: -0.75) : .linear
    let taps = mode == .nearest ? nearestTap(x) : kernel.taps(at: x)
    return taps.compactMap { tap in
      switch padding {
      case .zeros: return tap.cell >= 0 && tap.cell < length ? tap : nil
      case .border: return Tap(cell: min(max(tap.cell, 0), length - 1), weight: tap.weight)
      case .reflection:
        let cell = Int(Int64(clamping: reflected(Double(tap.cell), low, high)))
        return Tap(cell: min(max(cell, 0), length - 1), weight: tap.weight)
      }
    }
  }

  private func nearestTap(_ x: Double) -> [Tap] {
    x.magnitude < 1e15 ? [Tap(cell: Int(x), weight: 1)] : []
  }

  /// `x` mirrored at `low` and `high` until it lies between them.
  private func reflected(_ x: Double, _ low: Double, _ high: Double) -> Double {
    let range = high - low
    guard range > 0 else { return low }
    let distance = (x - low).magnitude.truncatingRemainder(dividingBy: 2 * range)
    return distance <= range ? low + distance : high - (distance - range)
  }
}
