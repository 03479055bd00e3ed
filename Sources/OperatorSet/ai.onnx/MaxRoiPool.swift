import GraphIR
import TensorCore

/// # MaxRoiPool
///
/// The largest element in each bin of regions of an image, all rounded to whole cells.
///
///     Y[r, c, y, x] = max of X[b, c, h, w] over the cells of bin (y, x) of region r; 0 where there are none
///
/// A region from s to e, scaled and rounded, has e − s + 1 cells, at least 1; bin y of P goes from s + ⌊y ·
/// cells / P⌋ to s + ⌈(y + 1) · cells / P⌉, as far as there is an image.
///
/// - Inputs: `X` (T): [N, C, H, W]. `rois` (T): [R, 5], rows b, x1, y1, x2, y2.
/// - Outputs: `Y` (T): [R, C, P1, P2].
/// - Attributes: `pooled_shape`: P, two extents. `spatial_scale`: cells of X per unit of `rois`, by default
///   1.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: shapes that do not fit together; an image index out of range.
/// - Versions: 1, 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc; R. Girshick, "Fast R-CNN", 2015, for the rounding.
/// - Notes: TSN-0018 (halves round away from 0).
struct MaxRoiPool: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T"), .single("rois", "T")], outputs: [.single("Y", "T")],
    attributes: [.required("pooled_shape", .ints), .float("spatial_scale", 1.0)],
    types: ["T": .ieeeFloats])
  private static let version22 = version1.then(since: 22, "bfloat16", types: ["T": .floats])
  static let schema = OperatorSchema("MaxRoiPool", versions: [version1, version22])

  let pooled: [Int]
  let scale: Double

  init(_ node: NodeAttributes) throws {
    pooled = try node.ints("pooled_shape")
    scale = Double(try node.float("spatial_scale"))
    guard pooled.count == 2, pooled.allSatisfy({ $0 > 0 && $0 <= 1 << 31 }) else {
      throw OperatorError(.invalidAttribute, "pooled_shape is \(pooled), but must be two positive extents")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, rois) = (try inputs.required(0), try inputs.required(1))
    guard let type = X.elementType else { return [.unknown] }
    for (name, fact, rank) in [("X", X, 4), ("rois", rois, 2)] {
      if let found = fact.rank, found != rank {
        throw OperatorError(.invalidShape, "\(name) has rank \(found), but must have rank \(rank)")
      }
    }
    let leading = [rois.dim(0), X.dim(1)]
    return [.tensor(type, leading + pooled.map(Dim.value))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, rois) = (try inputs.tensor(0), try inputs.tensor(1))
    guard X.rank == 4, rois.rank == 2, rois.shape[1] == 5 else {
      throw OperatorError(
        .invalidShape, "X \(X.shape) must be [N, C, H, W] and rois \(rois.shape) [R, 5]")
    }
    let shape = [rois.shape[0], X.shape[1]] + pooled
    let (x, regions) = (X.doubles(), rois.doubles())
    var y: [Double] = []
    y.reserveCapacity(try elementCount(shape))
    var work = Work()
    for r in 0..<rois.shape[0] {
      let image = Int64(clamping: regions[5 * r])
      guard image >= 0, image < X.shape[0] else {
        throw OperatorError(
          .invalidValue, "an image index is \(regions[5 * r]), but X has \(X.shape[0]) images")
      }
      let rows = bins(regions[5 * r + 2], regions[5 * r + 4], pooled[0], extent: X.shape[2])
      let columns = bins(regions[5 * r + 1], regions[5 * r + 3], pooled[1], extent: X.shape[3])
      for c in 0..<X.shape[1] {
        let plane = (Int(image) * X.shape[1] + c) * X.shape[2]
        for row in rows {
          for column in columns {
            try work.spend(1 + row.count * column.count)
            var largest = row.isEmpty || column.isEmpty ? 0 : -Double.infinity
            for h in row {
              for w in column {
                let element = x[(plane + h) * X.shape[3] + w]
                if element.isNaN || element > largest { largest = element }
              }
            }
            y.append(largest)
          }
        }
      }
    }
    return [.tensor(Tensor(X.elementType, shape: shape, rounding: y))]
  }

  /// The cells of each bin along one axis.
  private func bins(_ start: Double, _ end: Double, _ count: Int, extent: Int) -> [Range<Int>] {
    let first = (start * scale).rounded(.toNearestOrAwayFromZero)
    let cells = max((end * scale).rounded(.toNearestOrAwayFromZero) - first + 1, 1)
    func clamped(_ cell: Double) -> Int { Int(Int64(clamping: min(max(cell, 0), Double(extent)))) }
    return (0..<count).map { bin in
      let low = clamped(first + (Double(bin) * cells / Double(count)).rounded(.down))
      let high = clamped(first + (Double(bin + 1) * cells / Double(count)).rounded(.up))
      return low..<max(low, high)
    }
  }
}
