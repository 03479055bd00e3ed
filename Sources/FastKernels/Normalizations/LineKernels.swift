import Avx2Kernels
import Execution
import OperatorSet
import TensorCore
import VectorKernels

/// Float tensors whose rows of consecutive elements are normalized one by one.
enum LineKernels {
  static let all = [
    Kernel("rmsnormalization.float", for: RMSNormalization.self, rmsNormalization),
    Kernel("logsoftmax.float", for: LogSoftmax.self, logSoftmax),
  ]

  private static func rmsNormalization(
    _ norm: RMSNormalization, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    let (X, scale) = (try inputs.tensor(0), try inputs.tensor(1))
    guard X.elementType == .float, scale.elementType == .float, X.count > 0 else { return nil }
    let first = try resolveAxis(norm.axis, rank: X.rank)
    let row = Array(X.shape[first...])
    guard scale.rank <= X.rank, scale.shape.suffix(row.count) == row[...], scale.count == row.product else {
      return nil
    }
    let length = scale.count
    let output = X.withFloats { x in
      scale.withFloats { s in
        Tensor(floatShape: X.shape) { y in
          context.forEachRow(X.count / length, length: length) { row in
            divideByRootMeanSquare(x + row * length, y + row * length, length, norm.epsilon, s)
          }
        }
      }
    }
    return [.tensor(output)]
  }

  private static func logSoftmax(
    _ softmax: LogSoftmax, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    let X = try inputs.tensor(0)
    guard X.elementType == .float, X.count > 0 else { return nil }
    let lines = AxisView(X.shape, axes: try softmax.lines.resolved(rank: X.rank))
    guard lines.inner == 1 else { return nil }
    let output = X.withFloats { x in
      Tensor(floatShape: X.shape) { y in
        context.forEachRow(lines.outer, length: lines.length) { row in
          logSoftmaxRow(x + row * lines.length, y + row * lines.length, lines.length)
        }
      }
    }
    return [.tensor(output)]
  }

  /// y = (x − max) − log Σ e^(x − max).
  private static func logSoftmaxRow(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    let largest = largest(x, count)
    // Beside an infinite number the others are −∞, and what is infinite itself has no logarithm.
    guard largest.isFinite else { return subtractTwice(x, y, count, largest, 0) }
    shiftedExponential(x, y, count, largest, 0)
    subtractTwice(x, y, count, largest, Float(log(sum(y, count))))
  }

  private static let divideByRootMeanSquare = variant(
    VectorKernels.divideByRootMeanSquare(_:_:_:epsilon:factor:),
    avx2: Avx2Kernels.divideByRootMeanSquare(_:_:_:epsilon:factor:))
  private static let shiftedExponential = variant(
    VectorKernels.shiftedExponential, avx2: Avx2Kernels.shiftedExponential)
  private static let subtractTwice = variant(VectorKernels.subtractTwice, avx2: Avx2Kernels.subtractTwice)
  private static let largest = variant(VectorKernels.largest, avx2: Avx2Kernels.largest)
  private static let sum = variant(VectorKernels.sum(_:_:), avx2: Avx2Kernels.sum(_:_:))
}
