import GraphIR
import TensorCore

/// # RoiAlign
///
/// Pools regions of an image to a fixed extent, sampling between cells instead of rounding to them.
///
///     Y[r, c, y, x] = mean (or maximum) of X[b, c] interpolated at the sampling points of bin (y, x)
///
/// Region r of image b = batch_indices[r] is split into output_height × output_width bins, each with
/// sampling_ratio² points at the centres of equal parts.
///
/// - Inputs: `X` (T1): [N, C, H, W]. `rois` (T1): [R, 4], rows x1, y1, x2, y2. `batch_indices` (T2): [R].
/// - Outputs: `Y` (T1): [R, C, output_height, output_width].
/// - Attributes: `output_height`, `output_width`: by default 1. `sampling_ratio`: points along each axis of a
///   bin; 0 means ⌈extent of the region / bins⌉. `spatial_scale`: cells of X per unit of `rois`. `mode`: avg
///   or max. `coordinate_transformation_mode` (from 16): half_pixel shifts regions by −0.5;
///   output_half_pixel, and before 16 always, does not, but takes regions to be at least 1 × 1.
/// - Types: T1 is float16, float or double; also bfloat16 from 22. T2 is int64.
/// - Errors: shapes that do not fit together; an image index out of range.
/// - Versions: 10, 16 (`coordinate_transformation_mode`, half_pixel by default), 22 (bfloat16).
/// - Source: onnx/defs/object_detection/defs.cc, old.cc.
/// - Notes: TSN-0018 (max takes the largest of the weighed corners, not of the interpolated points; points
///   more than a cell outside are 0; a region without points yields 0).
package struct RoiAlign: Operator {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [.single("X", "T1"), .single("rois", "T1"), .single("batch_indices", "T2")],
    outputs: [.single("Y", "T1")],
    attributes: [
      .string("mode", "avg"), .int("output_height", 1), .int("output_width", 1), .int("sampling_ratio", 0),
      .float("spatial_scale", 1.0),
    ],
    types: ["T1": .ieeeFloats, "T2": .tensors(.int64)])
  private static let version16 = version10.then(
    since: 16, "coordinate_transformation_mode, half_pixel by default",
    attributes: [.string("coordinate_transformation_mode", "half_pixel")])
  private static let version22 = version16.then(since: 22, "bfloat16", types: ["T1": .floats])
  package static let schema = OperatorSchema("RoiAlign", versions: [version10, version16, version22])

  enum Mode: String, CaseIterable, Sendable { case avg, max }
  enum Coordinates: String, CaseIterable, Sendable {
    case halfPixel = "half_pixel"
    case outputHalfPixel = "output_half_pixel"
  }

  let mode: Mode
  package let height: Int
  package let width: Int
  package let samples: Int
  package let scale: Double
  let coordinates: Coordinates

  package init(_ node: NodeAttributes) throws {
    mode = try node.choice("mode")
    height = try node.int("output_height")
    width = try node.int("output_width")
    samples = try node.int("sampling_ratio")
    scale = Double(try node.float("spatial_scale"))
    coordinates =
      node.has("coordinate_transformation_mode")
      ? try node.choice("coordinate_transformation_mode") : .outputHalfPixel
    guard height > 0, width > 0, samples >= 0, max(height, width, samples) <= 1 << 31 else {
      throw OperatorError(
        .invalidAttribute,
        "output_height \(height) and output_width \(width) must be positive, and "
          + "sampling_ratio \(samples) not negative")
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, rois, images) = (try inputs.required(0), try inputs.required(1), try inputs.required(2))
    guard let type = X.elementType else { return [.unknown] }
    for (name, fact, rank) in [("X", X, 4), ("rois", rois, 2), ("batch_indices", images, 1)] {
      if let found = fact.rank, found != rank {
        throw OperatorError(.invalidShape, "\(name) has rank \(found), but must have rank \(rank)")
      }
    }
    if let corners = rois.dim(1).number, corners != 4 {
      throw OperatorError(
        .invalidShape, "rois has rows of \(corners), but must have rows of 4: x1, y1, x2, y2")
    }
    let regions = [rois.dim(0), images.dim(0)].first { $0.number != nil } ?? rois.dim(0)
    if let given = rois.dim(0).number, let named = images.dim(0).number, given != named {
      throw OperatorError(
        .invalidShape, "rois has \(given) regions, but batch_indices \(named): there must be one for each")
    }
    return [.tensor(type, [regions, X.dim(1), .value(height), .value(width)])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, rois, images) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.tensor(2))
    guard X.rank == 4, rois.rank == 2, rois.shape[1] == 4, images.shape == [rois.shape[0]] else {
      throw OperatorError(
        .invalidShape,
        "X \(X.shape) must be [N, C, H, W], rois \(rois.shape) [R, 4] and batch_indices "
          + "\(images.shape) [R]")
    }
    let (channels, size) = (X.shape[1], X.shape[2] * X.shape[3])
    let (x, corners) = (X.doubles(), rois.doubles())
    let shape = [rois.shape[0], channels, height, width]
    var y = [Double](repeating: 0, count: try elementCount(shape))
    for (r, image) in images.integers().enumerated() {
      guard image >= 0, image < X.shape[0] else {
        throw OperatorError(.invalidValue, "an image index is \(image), but X has \(X.shape[0]) images")
      }
      let rows = points(corners[4 * r + 1], corners[4 * r + 3], bins: height, extent: X.shape[2])
      let columns = points(corners[4 * r], corners[4 * r + 2], bins: width, extent: X.shape[3])
      let (rowPoints, columnPoints) = (try rows.inBins(), try columns.inBins())
      for c in 0..<channels {
        let plane = (Int(image) * channels + c) * size
        for h in 0..<height {
          for w in 0..<width {
            y[((r * channels + c) * height + h) * width + w] = try pooled(rowPoints[h], columnPoints[w]) {
              x[plane + $0 * X.shape[3] + $1]
            }
          }
        }
      }
    }
    return [.tensor(Tensor(X.elementType, shape: shape, rounding: y))]
  }

  /// Mean or maximum over the points of one bin; a point outside the image counts as 0.
  private func pooled(_ rows: [[Tap]], _ columns: [[Tap]], _ x: (_ row: Int, _ column: Int) -> Double) throws
    -> Double
  {
    try Work.spend(1)
    var (sum, work) = (CompensatedSum(), Work())
    var largest = -Double.infinity
    for row in rows {
      for column in columns {
        try work.spend(1)
        if row.isEmpty || column.isEmpty { largest = max(largest, 0) }
        for a in row {
          for b in column {
            let part = a.weight * b.weight * x(a.cell, b.cell)
            sum.add(part)
            largest = part.isNaN ? part : max(largest, part)
          }
        }
      }
    }
    let count = rows.count * columns.count
    guard count > 0 else { return 0 }
    return mode == .avg ? sum.value / Double(count) : largest
  }

  private func points(_ start: Double, _ end: Double, bins: Int, extent: Int) -> RegionAxis {
    let shift = coordinates == .halfPixel ? 0.5 : 0
    let (first, last) = (start * scale - shift, end * scale - shift)
    let length = coordinates == .halfPixel ? last - first : max(last - first, 1)
    return RegionAxis(start: first, length: length, bins: bins, samples: samples, extent: extent)
  }
}

/// A region along one axis of the image.
private struct RegionAxis {
  let start: Double
  let length: Double
  let bins: Int
  let samples: Int
  let extent: Int

  /// For each bin its sampling points, each as the two cells around it, or none if it lies outside.
  func inBins() throws -> [[[Tap]]] {
    let bin = length / Double(bins)
    let count = samples > 0 ? samples : try adaptiveCount(bin)
    // A list of at most two cells for each point.
    try MemoryLimit.check(try elementCount([bins, count]), times: 96, of: "sampling points")
    return try (0..<bins).map(spending: 1) { b in
      try (0..<count).map(spending: 1) {
        taps(start + Double(b) * bin + (Double($0) + 0.5) * bin / Double(count))
      }
    }
  }

  /// As many points as a bin has cells; none where the region is turned around.
  private func adaptiveCount(_ bin: Double) throws -> Int {
    let limit = 1 << 31
    guard bin <= Double(limit) else {
      throw OperatorError(
        .invalidValue,
        "rois holds a region whose bins are \(bin) cells long, but a bin may have at most \(limit) sampling points"
      )
    }
    return Int(max(0, bin.rounded(.up)))
  }

  private func taps(_ place: Double) -> [Tap] {
    guard extent > 0, place >= -1, place <= Double(extent) else { return [] }
    let x = min(max(place, 0), Double(extent - 1))
    let low = Int(x)
    let weight = x - Double(low)
    // The cell after the last one is the last one itself, with weight 0.
    return [Tap(cell: low, weight: 1 - weight), Tap(cell: min(low + 1, extent - 1), weight: weight)]
  }
}
