import Avx2Kernels
import Execution
import GraphIR
import OperatorSet
import Synchronization
import TensorCore
import VectorKernels

/// Convolution of float tensors with any number of spatial axes. Filters that are the same in every run are packed once,
/// and what follows element by element is computed along with the convolution.
enum ConvKernels {
  static let all = [
    Kernel("conv.float", for: Conv.self) { conv, site in
      guard site.mayBe(.float, 0), site.mayBe(.float, 1) else { return nil }
      return PreparedConv(conv, PreparedFilters(site.constant(1))).prepared
    }
  ]
}

/// Y = f(Conv(X, W) + B), with f element by element.
private struct PreparedConv {
  let conv: Conv
  let filters: PreparedFilters
  let geometries = GeometryCache()
  var afterwards = BlockProgram()

  init(_ conv: Conv, _ filters: PreparedFilters) {
    self.conv = conv
    self.filters = filters
  }

  var prepared: PreparedKernel {
    PreparedKernel("conv.float") { links in
      var longer = self
      guard let program = afterwards.appending(links) else { return nil }
      longer.afterwards = program
      return longer.prepared
    } evaluate: { inputs, context in
      try evaluate(inputs, context)
    }
  }

  private func evaluate(_ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]? {
    let (X, W) = (try inputs.tensor(0), try inputs.tensor(1))
    guard X.elementType == .float, W.elementType == .float, X.rank >= 3, W.count > 0,
      let geometry = try geometries.geometry(X.shape, W.shape, { try conv.shapes(X: X.shape, W: W.shape) })
    else { return nil }
    let shapes = geometry.shapes
    let B = try inputs.optionalTensor(2)
    guard B.map({ $0.elementType == .float && $0.shape == [shapes.filters] }) ?? true,
      let operands = afterwards.operands(of: inputs),
      let program = try BoundProgram(afterwards, operands, shape: shapes.output)
    else { return nil }
    let count = try elementCount(shapes.output)
    let storage = Storage(byteCount: count * MemoryLayout<Float>.stride)
    let y = storage.base.assumingMemoryBound(to: Float.self)
    let finish = ConvFinish(
      cells: geometry.outputCells, filters: shapes.filters, bias: B, program: program,
      takesAddend: geometry.channel == nil)
    try X.withFloats { x in
      if let channel = geometry.channel {
        try W.withFloats { try DepthwiseConv(channel, shapes).run(x, $0, into: y, finish, context) }
      } else {
        let packed = try filters.packed(W, shapes, context)
        try ImplicitConv(geometry).run(x, packed, into: y, finish, context)
      }
    }
    return [.tensor(Tensor(.float, shape: shapes.output, storage: storage))]
  }
}

/// What is done with output cells as soon as they are computed.
struct ConvFinish {
  /// Output cells of one channel.
  let cells: Int
  let filters: Int
  /// What is added to each channel, perhaps a tensor that lies as the output does, and limits.
  let shift: UnsafePointer<Float>?
  let addend: UnsafePointer<Float>?
  let low: Float
  let high: Float
  /// What else follows.
  private let program: BoundProgram?

  /// - Parameters:
  ///   - bias: lives as long as this.
  ///   - takesAddend: whether what computes the sums adds an addend.
  init(cells: Int, filters: Int, bias: Tensor?, program: BoundProgram, takesAddend: Bool) {
    (self.cells, self.filters) = (cells, filters)
    shift = bias?.withFloats { $0 }
    let whole = program.asFinish.flatMap { takesAddend || $0.addend == nil ? $0 : nil }
    (addend, low, high) = whole ?? (nil, -.infinity, .infinity)
    self.program = whole == nil ? program : nil
  }

  /// What a product does along with its sums, for the cells from `cell` on of the channels from `channel` on.
  ///
  /// - Parameter channel: of all images.
  func tile(_ channel: Int, _ cell: Int) -> TileFinish {
    (shift.map { $0 + channel % filters }, addend.map { $0 + (channel * cells + cell) }, low, high)
  }

  /// The floats of scratch that `finish` needs.
  var scratchCount: Int { program?.scratchCount ?? 0 }

  /// - Parameter y: the first of `range`, cells of the channel.
  func finish(
    _ channel: Int, _ range: Range<Int>, _ y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let first = channel * cells + range.lowerBound
    program?.run(first..<(first + range.count), into: y, scratch: scratch)
  }
}

/// What happens to sums of a product at once.
typealias TileFinish = VectorKernels.TileFinish

/// The geometry of the shapes that came last: most models see the same again and again.
final class GeometryCache: Sendable {
  private let last = Mutex<(X: [Int], W: [Int], geometry: ConvGeometry)?>(nil)

  /// Nil for an empty output, or where the geometry declines.
  func geometry(_ X: [Int], _ W: [Int], _ shapes: () throws -> ConvShapes) throws -> ConvGeometry? {
    if let last = last.withLock({ $0 }), last.X == X, last.W == W { return last.geometry }
    let shapes = try shapes()
    guard !shapes.output.contains(0), let geometry = ConvGeometry(shapes) else { return nil }
    last.withLock { $0 = (X, W, geometry) }
    return geometry
  }
}

/// Filters, packed when they are first needed where they are the same in every run, else in each.
final class PreparedFilters: Sendable {
  private let constant: Tensor?
  private let kept = KeptStorage()

  init(_ constant: Tensor?) { self.constant = constant }

  /// The filters of all groups, one group after the other.
  func packed(_ W: Tensor, _ shapes: ConvShapes, _ context: KernelContext) throws -> Storage {
    guard constant != nil else { return try Self.pack(W, shapes, context) }
    return try kept.storage { try Self.pack(W, shapes, context) }
  }

  private static func pack(_ W: Tensor, _ shapes: ConvShapes, _ context: KernelContext) throws -> Storage {
    let (m, k) = (shapes.filters / shapes.group, W.count / shapes.filters)
    let size = count(m, k)
    try MemoryLimit.check(size * shapes.group, times: MemoryLayout<Float>.stride, of: "packed weights")
    let storage = Storage(byteCount: size * shapes.group * MemoryLayout<Float>.stride)
    let target = storage.base.assumingMemoryBound(to: Float.self)
    W.withFloats { w in
      context.forEachChunk(shapes.group) { group in
        pack(w + group * m * k, m, k, target + group * size)
      }
    }
    return storage
  }

  /// The floats of one group.
  static let count = variant(
    VectorKernels.packedFiltersCount(m:k:), avx2: Avx2Kernels.packedFiltersCount(m:k:))
  private static let pack = variant(
    VectorKernels.packFilters(_:m:k:into:), avx2: Avx2Kernels.packFilters(_:m:k:into:))
}
