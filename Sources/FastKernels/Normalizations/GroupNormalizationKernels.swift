import Avx2Kernels
import Execution
import OperatorSet
import TensorCore
import VectorKernels

/// Normalization of float tensors by mean and variance of one or more channels of an instance.
enum GroupNormalizationKernels {
  static let all = [
    Kernel("instancenormalization.float", for: InstanceNormalization.self) { norm, inputs, context in
      let X = try inputs.tensor(0)
      guard X.rank >= 3 else { return nil }
      return try normalized(inputs, groups: X.shape[1], norm.epsilon, scalesChannels: true, context)
    },
    Kernel("groupnormalization.float", for: GroupNormalization.self) { norm, inputs, context in
      try normalized(
        inputs, groups: norm.groups, norm.epsilon, scalesChannels: norm.scalesChannels, context)
    },
  ]

  /// - Parameter scalesChannels: whether scale and offset have a number for each channel, not for each group.
  private static func normalized(
    _ inputs: Inputs<Value>, groups: Int, _ epsilon: Double, scalesChannels: Bool, _ context: KernelContext
  ) throws -> [Value]? {
    let X = try inputs.tensor(0)
    let affine = (try inputs.tensor(1), try inputs.tensor(2))
    guard X.elementType == .float, X.rank >= 2, X.count > 0, X.shape[1] % groups == 0 else { return nil }
    let wanted = [scalesChannels ? X.shape[1] : groups]
    guard affine.0.elementType == .float, affine.1.elementType == .float, affine.0.shape == wanted,
      affine.1.shape == wanted
    else { return nil }
    let (scale, offset) = (affine.0.doubles(), affine.1.doubles())
    let channels = X.shape[1] / groups
    let inner = X.shape.dropFirst(2).product
    let output = X.withFloats { x in
      Tensor(floatShape: X.shape) { y in
        context.forEachRow(X.shape[0] * groups, length: channels * inner) { run in
          let start = run * channels * inner
          let group = Group(x + start, channels * inner, epsilon)
          for channel in 0..<channels {
            let j = scalesChannels ? run % groups * channels + channel : run % groups
            let cell = start + channel * inner
            group.normalize(x + cell, y + cell, inner, scale[j], offset[j])
          }
        }
      }
    }
    return [.tensor(output)]
  }

  /// The moments of one group.
  private struct Group {
    private let mean: Double
    private let high: Float
    private let low: Float
    private let variance: Double
    private let inverse: Double

    init(_ x: UnsafePointer<Float>, _ count: Int, _ epsilon: Double) {
      let moments = GroupNormalizationKernels.moments(x, count)
      mean = moments.mean
      // The mean in two parts: rounded to one float it would cost more than the difference has places.
      high = Float(mean)
      low = high.isFinite ? Float(mean - Double(high)) : 0
      variance = moments.variance + epsilon
      inverse = 1 / variance.squareRoot()
    }

    func normalize(
      _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ scale: Double,
      _ offset: Double
    ) {
      let factor = scale * inverse
      // Where squares vanish beside 1 or something leaves the range of float, each element is computed in double.
      if variance > 1e-30, variance < 1e30, factor.magnitude < 1e30, factor == 0 || factor.magnitude > 1e-30 {
        GroupNormalizationKernels.shiftAndScaleBriefly(
          x, y, count, high, low, Float(factor), Float(offset))
      } else {
        GroupNormalizationKernels.shiftAndScale(x, y, count, mean, factor, offset)
      }
    }
  }

  private static let moments = variant(VectorKernels.moments, avx2: Avx2Kernels.moments)
  private static let shiftAndScaleBriefly = variant(
    VectorKernels.shiftAndScaleBriefly(_:_:_:mean:_:factor:offset:),
    avx2: Avx2Kernels.shiftAndScaleBriefly(_:_:_:mean:_:factor:offset:))
  private static let shiftAndScale = variant(
    VectorKernels.shiftAndScale(_:_:_:mean:factor:offset:),
    avx2: Avx2Kernels.shiftAndScale(_:_:_:mean:factor:offset:))
}
