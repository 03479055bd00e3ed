import GraphIR
import TensorCore

/// # AffineGrid
///
/// The points at which an affinely transformed image is sampled: a grid for GridSample.
///
///     grid[n, h, w, :] = theta[n] · (x_w, y_h, 1)               2D
///     grid[n, d, h, w, :] = theta[n] · (x_w, y_h, z_d, 1)       3D
///     x_w = (2w + 1) / W − 1, or with align_corners x_w = 2w / (W − 1) − 1      y, z likewise
///
/// - Inputs: `theta` (T1): [N, 2, 3] or [N, 3, 4]. `size` (T2): [N, C, H, W] or [N, C, D, H, W] of the image.
/// - Outputs: `grid` (T1): [N, H, W, 2] or [N, D, H, W, 3].
/// - Attributes: `align_corners`: 1 lets −1 and 1 be the centres of the outermost pixels, 0 their outer
///   edges.
/// - Types: T1 is a float type, T2 int64.
/// - Errors: a `theta` that does not fit `size`.
/// - Versions: 20.
/// - Source: onnx/defs/nn/defs.cc; PyTorch's affine_grid.
/// - Notes: TSN-0019: with align_corners a single pixel lies at 0, as in PyTorch; the text leaves it open.
struct AffineGrid: LeavesValuesOpen {
  private static let version20 = OperatorVersion(
    since: 20,
    inputs: [.single("theta", "T1"), .single("size", "T2")],
    outputs: [.single("grid", "T1")],
    attributes: [.int("align_corners", 0)],
    types: ["T1": .floats, "T2": .tensors(.int64)])
  static let schema = OperatorSchema("AffineGrid", versions: [version20])

  let alignCorners: Bool

  init(_ node: NodeAttributes) throws { alignCorners = try node.flag("align_corners") }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (theta, size) = (try inputs.required(0), try inputs.required(1))
    guard let type = theta.elementType else { return [.unknown] }
    if let size = size.elements, size.count == 4 || size.count == 5 {
      return [.tensor(type, try checkedExtents([size[0]] + size[2...] + [.value(size.count - 2)]))]
    }
    guard let length = size.listCount, length == 4 || length == 5 else {
      return [.tensor(type, nil)]
    }
    return [
      .tensor(type, [Dim](repeating: .unknown, count: length - 1) + [.value(length - 2)])
    ]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (theta, size) = (try inputs.tensor(0), try inputs.tensor(1).ints())
    let axes = size.count - 2
    guard axes == 2 || axes == 3, theta.shape == [size[0], axes, axes + 1] else {
      throw OperatorError(.invalidShape, "theta of shape \(theta.shape) does not fit size \(size)")
    }
    let extents = Array(size[2...])
    let shape = [size[0]] + extents + [axes]
    let matrix = theta.doubles()
    var grid: [Double] = []
    grid.reserveCapacity(try elementCount(shape))
    for n in 0..<size[0] {
      try forEachIndex(extents, spending: axes * (axes + 1)) { index in
        // Coordinates run against the axes: x belongs to the last one.
        let point = (0..<axes).reversed().map { position(index[$0], of: extents[$0]) } + [1]
        for row in 0..<axes {
          var sum = CompensatedSum()
          for column in 0...axes { sum.add(matrix[(n * axes + row) * (axes + 1) + column], point[column]) }
          grid.append(sum.value)
        }
      }
    }
    return [.tensor(Tensor(theta.elementType, shape: shape, rounding: grid))]
  }

  /// With `align_corners` the only cell of an axis has no place (TSN-0019).
  package func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
  {
    let extents = try inputs.tensor(1).ints()
    guard alignCorners, extents.dropFirst(2).contains(1) else { return [] }
    let count = try elementCount([extents[0]] + extents[2...] + [extents.count - 2])
    return [OpenValue(note: "TSN-0019", kind: .undefined(Set(0..<count)))]
  }

  /// The coordinate of pixel `i` of `count`.
  func position(_ i: Int, of count: Int) -> Double {
    if !alignCorners { return Double(2 * i + 1) / Double(count) - 1 }
    return count == 1 ? 0 : Double(2 * i) / Double(count - 1) - 1
  }
}
