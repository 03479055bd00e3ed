import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Convolutions of tensors that were widened to float.
enum FloatConvolution {
  /// Floats of columns that are made at a time: what the second cache holds, but enough columns to be worth
  /// the packing of the filters.
  private static let blockLength = 1 << 16
  private static let worthwhileColumns = 256
  private static let mostScratch = 1 << 21

  @Sendable
  static func evaluate(_ conv: Conv, _ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]? {
    let (X, W, B) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.optionalTensor(2))
    guard X.elementType == .float, W.elementType == .float, X.rank == 3 || X.rank == 4 else { return nil }
    let shapes = try conv.shapes(X: X.shape, W: W.shape)
    guard !shapes.output.contains(0), X.count > 0, W.count > 0,
      B.map({ $0.shape == [shapes.filters] && $0.elementType == .float }) ?? true
    else { return nil }
    let plane = ConvolutionPlane(shapes)
    let output = Storage(byteCount: try elementCount(shapes.output) * MemoryLayout<Float>.stride)
    let y = Shared(output.base.cast() as UnsafeMutablePointer<Float>)
    try X.withFloats { x in
      try W.withFloats { w in
        if plane.isDepthwise {
          convolveDepthwise(plane, x, w, y, context)
        } else {
          try convolve(plane, x, w, y, context)
        }
      }
    }
    B?.withFloats { b in
      context.forEachRow(shapes.batch * shapes.filters, length: plane.cells) { channel in
        let (row, bias) = (y.pointer + channel * plane.cells, b[channel % shapes.filters])
        for i in 0..<plane.cells { row[i] += bias }
      }
    }
    return [.tensor(Tensor(.float, shape: shapes.output, storage: output))]
  }

  private static func convolve(
    _ plane: ConvolutionPlane, _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>,
    _ y: Shared<UnsafeMutablePointer<Float>>, _ context: KernelContext
  ) throws {
    let (depth, filters, cells) = (plane.depth, plane.groupFilters, plane.cells)
    let wanted = min(max(worthwhileColumns, blockLength / depth), mostScratch / depth, 1_024)
    let width = max(16, wanted / 16 * 16)
    let parts = (cells + width - 1) / width
    let groups = plane.shapes.group
    try context.forEachChunk(plane.shapes.batch * groups * parts, scratch: depth * width) { chunk, columns in
      let (group, first) = (chunk / parts, chunk % parts * width)
      let range = first..<min(first + width, cells)
      plane.gather(group, range, zero: 0, into: columns) { cell, step, target, count in
        copy(x + cell, step, target, count)
      }
      BLAS.multiply(
        m: filters, n: range.count, k: depth,
        .init(elements: w + group % groups * filters * depth, stride: depth),
        .init(elements: columns, stride: range.count), into: y.pointer + group * filters * cells + first,
        stride: cells, context)
    }
  }

  private static func copy(
    _ x: UnsafePointer<Float>, _ step: Int, _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    if step == 1 {
      target.update(from: x, count: count)
    } else {
      for i in 0..<count { target[i] = x[i &* step] }
    }
  }

  /// One filter over one channel: a sum of shifted rows.
  private static func convolveDepthwise(
    _ plane: ConvolutionPlane, _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>,
    _ y: Shared<UnsafeMutablePointer<Float>>, _ context: KernelContext
  ) {
    context.forEachChunk(plane.shapes.batch * plane.shapes.filters) { channel in
      let sums = y.pointer + channel * plane.cells
      sums.update(repeating: 0, count: plane.cells)
      let weights = w + channel % plane.shapes.filters * plane.depth
      plane.forEachTapRow { tap, cell, step, target, count in
        let (weight, source) = (weights[tap], x + channel * plane.inputCells + cell)
        for i in 0..<count { sums[target &+ i] += weight * source[i &* step] }
      }
    }
  }
}
