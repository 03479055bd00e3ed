import Avx2Kernels
import Execution
import GraphIR
import OperatorSet
import TensorCore
import VectorKernels

/// Normalizations and means of rows that were widened to float.
enum HalfRows {
  @Sendable
  static func softmax(_ softmax: Softmax, _ inputs: Inputs<Value>, _ context: KernelContext) throws
    -> [Value]?
  {
    let X = try inputs.tensor(0)
    guard X.elementType == .float, X.count > 0 else { return nil }
    let lines = AxisView(X.shape, axes: try softmax.normalizedAxes(rank: X.rank))
    let (length, inner) = (lines.length, lines.inner)
    // Lines that do not lie together are gathered, and laid back.
    let output = Storage(byteCount: X.count * MemoryLayout<Float>.stride)
    let y = Shared(output.base.cast() as UnsafeMutablePointer<Float>)
    try X.withFloats { x in
      let rows = max(1, (1 << 14) / length)
      try context.forEachChunk((lines.outer * inner + rows - 1) / rows, scratch: inner > 1 ? length : 1) {
        chunk, scratch in
        for row in (chunk * rows)..<min((chunk + 1) * rows, lines.outer * inner) {
          let start = row / inner * length * inner + row % inner
          if inner == 1 {
            softmaxRow(x + start, y.pointer + start, length)
          } else {
            for i in 0..<length { scratch[i] = x[start &+ i &* inner] }
            softmaxRow(scratch, scratch, length)
            for i in 0..<length { y.pointer[start &+ i &* inner] = scratch[i] }
          }
        }
      }
    }
    return [.tensor(Tensor(.float, shape: X.shape, storage: output))]
  }

  @Sendable
  static func layerNormalization(
    _ norm: LayerNormalization, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    let (X, scale, B) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.optionalTensor(2))
    guard X.elementType == .float, scale.elementType == .float, context.outputCount == 1, X.count > 0 else {
      return nil
    }
    let tail = Array(X.shape[try resolveAxis(norm.axis, rank: X.rank)...])
    let length = tail.product
    guard scale.shape == tail, B.map({ $0.shape == tail && $0.elementType == .float }) ?? true else {
      return nil
    }
    let offset = B ?? Tensor(floats: [Float](repeating: 0, count: length))
    let output = X.withFloats { x in
      scale.withFloats { s in
        offset.withFloats { b in
          Tensor(floatShape: X.shape) { y in
            context.forEachRow(X.count / length, length: length) { row in
              normalizeRow(x + row * length, y + row * length, length, norm.epsilon, s, b)
            }
          }
        }
      }
    }
    return [.tensor(output)]
  }

  @Sendable
  static func batchNormalization(
    _ norm: BatchNormalization, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    let X = try inputs.tensor(0)
    let parameters = try (1...4).map { try inputs.tensor($0) }
    guard !norm.isTraining, norm.isSpatial, context.outputCount == 1, X.elementType == .float, X.rank >= 2,
      X.count > 0, parameters.allSatisfy({ $0.elementType == .float && $0.shape == [X.shape[1]] })
    else { return nil }
    let numbers = parameters.map { $0.doubles() }
    let channels = X.shape[1]
    let inner = X.count / (X.shape[0] * channels)
    let output = X.withFloats { x in
      Tensor(floatShape: X.shape) { y in
        context.forEachRow(X.shape[0] * channels, length: inner) { row in
          let c = row % channels
          let factor = numbers[0][c] / (numbers[3][c] + norm.epsilon).squareRoot()
          shiftAndScale(x + row * inner, y + row * inner, inner, numbers[2][c], factor, numbers[1][c])
        }
      }
    }
    return [.tensor(output)]
  }

  @Sendable
  static func globalAverage(_: GlobalAveragePool, _ inputs: Inputs<Value>, _ context: KernelContext) throws
    -> [Value]?
  {
    let X = try inputs.tensor(0)
    guard X.elementType == .float, X.rank > 2, X.count > 0 else { return nil }
    let channels = X.shape[0] * X.shape[1]
    let cells = X.count / channels
    let output = X.withFloats { x in
      Tensor(floatShape: X.shape.prefix(2) + X.shape.dropFirst(2).map { _ in 1 }) { y in
        context.forEachRow(channels, length: cells) { c in
          y[c] = Float(sum(x + c * cells, cells) / Double(cells))
        }
      }
    }
    return [.tensor(output)]
  }

  private static let sum = variant(VectorKernels.sum(_:_:), avx2: Avx2Kernels.sum(_:_:))
  private static let softmaxRow = variant(VectorKernels.softmaxRow, avx2: Avx2Kernels.softmaxRow)
  private static let normalizeRow = variant(
    VectorKernels.normalizeRow(_:_:_:epsilon:factor:offset:),
    avx2: Avx2Kernels.normalizeRow(_:_:_:epsilon:factor:offset:))
  private static let shiftAndScale = variant(
    VectorKernels.shiftAndScale(_:_:_:mean:factor:offset:),
    avx2: Avx2Kernels.shiftAndScale(_:_:_:mean:factor:offset:))
}
