import Avx2Kernels
import Execution
import GraphIR
import OperatorSet
import TensorCore
import VectorKernels

/// Floats as small integers in units of a scale, and back, with a float scale.
enum QuantizationKernels {
  static let all = [
    Kernel("quantizelinear.float", for: QuantizeLinear.self, quantize),
    Kernel("dequantizelinear.float", for: DequantizeLinear.self) { node, site in
      PreparedKernel("dequantizelinear.float") { links in
        PackedProduct(node, site, followedBy: links)?.prepared
          ?? QuantizedRows(node, site, followedBy: links)?.prepared
      } evaluate: {
        try dequantize(node, $0, $1)
      }
    },
  ]

  // MARK: - QuantizeLinear

  private static func quantize(_ node: QuantizeLinear, _ inputs: Inputs<Value>, _ context: KernelContext)
    throws -> [Value]?
  {
    let (x, scale, zeroPoint) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.optionalTensor(2))
    let type = zeroPoint?.elementType ?? node.outputType ?? .uint8
    guard x.elementType == .float, type == node.outputType ?? type, type.isInteger, type.bitWidth <= 16,
      node.precision == nil || node.precision == .float,
      let runs = QuantizationRuns(node.granularity, scale: scale, zeroPoint: zeroPoint, over: x.shape)
    else { return nil }
    let limits = type.limits(Double.self)
    let (lowest, highest) = (Float(limits.lowest), Float(limits.highest))
    let zeroPoints = Tensor.zeroPoints(zeroPoint, count: scale.count)
    let output = Tensor(type, shape: x.shape) { bytes in
      guard let y = bytes.baseAddress else { return }
      withPointers(x, scale, zeroPoints) { x, scales, zeroPoints in
        runs.forEachRun(of: bytes.count / type.byteWidth, context) { range, at in
          let (x, y) = (x + range.lowerBound, y + range.lowerBound * type.byteWidth)
          switch (type.byteWidth, runs.isEach) {
          case (1, true):
            bytesEach(x, y.cast(), range.count, scales + at, zeroPoints + at, lowest, highest)
          case (_, true):
            wordsEach(x, y.cast(), range.count, scales + at, zeroPoints + at, lowest, highest)
          case (let width, false):
            let zeroPoint = zeroPoints[at]
            let (low, high) = (lowest - Float(zeroPoint), highest - Float(zeroPoint))
            if width == 1 {
              Self.bytes(x, y.cast(), range.count, scales[at], low, high, zeroPoint)
            } else {
              words(x, y.cast(), range.count, scales[at], low, high, zeroPoint)
            }
          }
        }
      }
    }
    return [.tensor(output)]
  }

  static let bytes = variant(VectorKernels.quantizeBytes, avx2: Avx2Kernels.quantizeBytes)
  private static let words = variant(VectorKernels.quantizeWords, avx2: Avx2Kernels.quantizeWords)
  private static let bytesEach = variant(
    VectorKernels.quantizeBytesEach, avx2: Avx2Kernels.quantizeBytesEach)
  private static let wordsEach = variant(
    VectorKernels.quantizeWordsEach, avx2: Avx2Kernels.quantizeWordsEach)

  // MARK: - DequantizeLinear

  private static func dequantize(_ node: DequantizeLinear, _ inputs: Inputs<Value>, _ context: KernelContext)
    throws -> [Value]?
  {
    let (x, scale, zeroPoint) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.optionalTensor(2))
    guard (node.outputType ?? .float) == .float, zeroPoint.map({ $0.elementType == x.elementType }) ?? true,
      let loop = DequantizeLoop(for: x.elementType),
      let runs = QuantizationRuns(node.granularity, scale: scale, zeroPoint: zeroPoint, over: x.shape)
    else { return nil }
    let zeroPoints = Tensor.zeroPoints(zeroPoint, count: scale.count)
    let width = x.elementType.byteWidth
    let output = Tensor(floatShape: x.shape) { y in
      x.withUnsafeBytes { bytes in
        guard let x = bytes.baseAddress else { return }
        scale.withFloats { scales in
          zeroPoints.withUnsafeBufferPointer { zeroPoints in
            guard let zeroPoints = zeroPoints.baseAddress else { return }
            runs.forEachRun(of: bytes.count / width, context) { range, at in
              let (x, y) = (x + range.lowerBound * width, y + range.lowerBound)
              loop.apply(x, y, range.count, isEach: runs.isEach, scales + at, zeroPoints + at)
            }
          }
        }
      }
    }
    return [.tensor(output)]
  }

  private static func withPointers(
    _ x: Tensor, _ scale: Tensor, _ zeroPoints: [Int32],
    _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Int32>) -> Void
  ) {
    x.withFloats { x in
      scale.withFloats { scales in
        zeroPoints.withUnsafeBufferPointer { zeroPoints in
          if let zeroPoints = zeroPoints.baseAddress { body(x, scales, zeroPoints) }
        }
      }
    }
  }
}

extension UnsafeMutableRawPointer {
  /// The same address as one of elements.
  func cast<T>() -> UnsafeMutablePointer<T> { assumingMemoryBound(to: T.self) }
}
