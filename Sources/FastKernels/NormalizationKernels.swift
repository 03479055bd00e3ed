import Avx2Kernels
import Execution
import GraphIR
import OperatorSet
import TensorCore
import VectorKernels

/// Normalization of float tensors.
enum NormalizationKernels {
  static let all = [
    Kernel("batchnormalization.float", for: BatchNormalization.self, batchNormalization),
    Kernel("layernormalization.float", for: LayerNormalization.self, layerNormalization),
    Kernel("lrn.float", for: LRN.self, localResponse),
    Kernel("softmax.float", for: Softmax.self, softmax),
  ]

  private static func batchNormalization(
    _ norm: BatchNormalization, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    let X = try inputs.tensor(0)
    let parameters = try (1...4).map { try inputs.tensor($0) }
    guard !norm.isTraining, norm.isSpatial, context.outputCount == 1, X.rank >= 2, X.count > 0,
      parameters.allSatisfy({ $0.elementType == .float && $0.shape == [X.shape[1]] }), X.elementType == .float
    else { return nil }
    let (scale, B, mean, variance) = (
      parameters[0].doubles(), parameters[1].doubles(), parameters[2].doubles(), parameters[3].doubles()
    )
    let channels = X.shape[1]
    let inner = X.count / (X.shape[0] * channels)
    let output = X.withFloats { x in
      Tensor(floatShape: X.shape) { y in
        context.forEachRow(X.shape[0] * channels, length: inner) { row in
          let c = row % channels
          // Wide, since a difference or the factor may leave the range of float where the result does not.
          let factor = scale[c] / (variance[c] + norm.epsilon).squareRoot()
          shiftAndScale(x + row * inner, y + row * inner, inner, mean[c], factor, B[c])
        }
      }
    }
    return [.tensor(output)]
  }

  private static func layerNormalization(
    _ norm: LayerNormalization, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    let X = try inputs.tensor(0)
    guard X.elementType == .float, context.outputCount == 1, X.count > 0 else { return nil }
    let first = try resolveAxis(norm.axis, rank: X.rank)
    let length = X.shape[first...].product
    let scale = try inputs.tensor(1)
    let B = try inputs.optionalTensor(2)
    guard scale.count == length, scale.shape == Array(X.shape[first...]),
      B.map({ $0.shape == scale.shape }) ?? true
    else { return nil }
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

  private static func localResponse(_ lrn: LRN, _ inputs: Inputs<Value>, _ context: KernelContext) throws
    -> [Value]?
  {
    let X = try inputs.tensor(0)
    guard X.elementType == .float, X.rank >= 2, X.count > 0 else { return nil }
    let view = AxisView(X.shape, axis: 1)
    let output = X.withFloats { x in
      Tensor(floatShape: X.shape) { y in
        let (x, y) = (Shared(x), Shared(y))
        context.forEachChunk(view.outer) { n in
          var pace = context.pace
          let (image, target) = (
            x.pointer + n * view.length * view.inner, y.pointer + n * view.length * view.inner
          )
          for c in 0..<view.length {
            let channels = max(0, c - (lrn.size - 1) / 2)...min(view.length - 1, c + lrn.size / 2)
            for i in 0..<view.inner {
              guard pace.goesOn(16 + channels.count) else { return }
              var squares = 0.0
              for d in channels {
                let x = Double(image[d &* view.inner &+ i])
                squares += x * x
              }
              let divisor = pow(lrn.bias + lrn.alpha / Double(lrn.size) * squares, lrn.beta)
              target[c * view.inner + i] = Float(Double(image[c * view.inner + i]) / divisor)
            }
          }
        }
      }
    }
    return [.tensor(output)]
  }

  private static func softmax(_ softmax: Softmax, _ inputs: Inputs<Value>, _ context: KernelContext) throws
    -> [Value]?
  {
    let X = try inputs.tensor(0)
    guard X.elementType == .float, X.count > 0 else { return nil }
    let lines = AxisView(X.shape, axes: try softmax.normalizedAxes(rank: X.rank))
    let output = try X.withFloats { x in
      try Tensor(floatShape: X.shape) { y in
        guard lines.inner > 1 else {
          return context.forEachRow(lines.outer, length: lines.length) { row in
            softmaxRow(x + row * lines.length, y + row * lines.length, lines.length)
          }
        }
        try softmaxAcross(x, y, lines, context)
      }
    }
    return [.tensor(output)]
  }

  /// Lines that do not lie together: some neighbours at a time are copied, each as a row.
  private static func softmaxAcross(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ lines: AxisView, _ context: KernelContext
  ) throws {
    let (length, inner, together) = (lines.length, lines.inner, 16)
    try MemoryLimit.check(length, times: together * MemoryLayout<Float>.stride, of: "numbers of a line")
    let blocks = (inner + together - 1) / together
    try context.forEachChunk(lines.outer * blocks, scratch: length * together) { chunk, rows in
      let first = chunk % blocks * together
      let start = chunk / blocks * length * inner + first
      let count = min(together, inner - first)
      for i in 0..<length {
        for row in 0..<count { rows[row * length + i] = x[start + i * inner + row] }
      }
      for row in 0..<count { softmaxRow(rows + row * length, rows + row * length, length) }
      for i in 0..<length {
        for row in 0..<count { y[start + i * inner + row] = rows[row * length + i] }
      }
    }
  }

  private static let softmaxRow = variant(VectorKernels.softmaxRow, avx2: Avx2Kernels.softmaxRow)
  private static let normalizeRow = variant(
    VectorKernels.normalizeRow(_:_:_:epsilon:factor:offset:),
    avx2: Avx2Kernels.normalizeRow(_:_:_:epsilon:factor:offset:))
  private static let shiftAndScale = variant(
    VectorKernels.shiftAndScale(_:_:_:mean:factor:offset:),
    avx2: Avx2Kernels.shiftAndScale(_:_:_:mean:factor:offset:))
}
