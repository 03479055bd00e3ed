import Avx2Kernels
import Execution
import GraphIR
import OperatorSet
import TensorCore
import VectorKernels

/// Pooling of float tensors with one or two spatial axes.
enum PoolKernels {
  static let all = [
    Kernel("maxpool.float", for: MaxPool.self, maxPool),
    Kernel("averagepool.float", for: AveragePool.self, averagePool),
    Kernel("globalaveragepool.float", for: GlobalAveragePool.self, globalAveragePool),
    Kernel("globalmaxpool.float", for: GlobalMaxPool.self, globalMaxPool),
  ]

  private static func maxPool(_ pool: MaxPool, _ inputs: Inputs<Value>, _ context: KernelContext) throws
    -> [Value]?
  {
    guard context.outputCount == 1 else { return nil }
    return try pooled(pool.window, try inputs.tensor(0), context) { LargestPool($0) }
  }

  private static func averagePool(_ pool: AveragePool, _ inputs: Inputs<Value>, _ context: KernelContext)
    throws -> [Value]?
  {
    try pooled(pool.window, try inputs.tensor(0), context) { MeanPool($0, countsPadding: pool.countsPadding) }
  }

  private static func pooled<Rule: PoolingRule>(
    _ window: WindowAttributes, _ X: Tensor, _ context: KernelContext, _ rule: (PoolingGeometry) -> Rule
  ) throws -> [Value]? {
    guard X.elementType == .float, X.rank == 3 || X.rank == 4, window.kernelShape != nil else { return nil }
    let planes = try PooledPlanes(window, X: X.shape)
    guard try elementCount(planes.output) > 0, X.count > 0 else { return nil }
    let geometry = PoolingGeometry(axes: planes.axes, extents: planes.outputExtents)
    let bands = PoolingBands(geometry, rule(geometry))
    guard let scratchCount = bands.scratchCount else { return nil }
    let storage = Storage(byteCount: try elementCount(planes.output) * MemoryLayout<Float>.stride)
    try X.withFloats { x in
      let y = storage.base.assumingMemoryBound(to: Float.self)
      try context.forEachChunk(planes.planes * bands.count, scratch: scratchCount) { chunk, scratch in
        let plane = chunk / bands.count
        bands.pool(
          x + plane * geometry.inputCells, y + plane * geometry.outputCells, band: chunk % bands.count,
          scratch,
          context)
      }
    }
    return [.tensor(Tensor(.float, shape: planes.output, storage: storage))]
  }

  private static func globalAveragePool(
    _: GlobalAveragePool, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    try pooledWhole(try inputs.tensor(0), context) { Float(sum($0, $1) / Double($1)) }
  }

  private static func globalMaxPool(
    _: GlobalMaxPool, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    try pooledWhole(try inputs.tensor(0), context) { lastLargest($0, $1) }
  }

  /// One number for each channel.
  private static func pooledWhole(
    _ X: Tensor, _ context: KernelContext, _ body: (UnsafePointer<Float>, Int) -> Float
  ) throws -> [Value]? {
    guard X.elementType == .float, X.rank > 2, X.count > 0 else { return nil }
    let channels = X.shape[0] * X.shape[1]
    let cells = X.count / channels
    let shape = X.shape.enumerated().map { $0.offset < 2 ? $0.element : 1 }
    let output = X.withFloats { x in
      Tensor(floatShape: shape) { y in
        context.forEachRow(channels, length: cells) { y[$0] = body(x + $0 * cells, cells) }
      }
    }
    return [.tensor(output)]
  }

  /// The sum of `count` floats, in double.
  private static let sum = variant(VectorKernels.sum(_:_:), avx2: Avx2Kernels.sum(_:_:))
  private static let lastLargest = variant(VectorKernels.lastLargest, avx2: Avx2Kernels.lastLargest)
}
