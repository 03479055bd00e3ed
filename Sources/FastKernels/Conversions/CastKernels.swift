import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Cast between the types that networks use, in one pass.
enum CastKernels {
  static let all = [Kernel("cast", for: Cast.self, cast)]

  private static func cast(_ node: Cast, _ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]?
  {
    try inputs.tensor(0).converted(to: node.target, context).map { [.tensor($0)] }
  }

  /// Elements that one chunk works on.
  fileprivate static let chunkLength = 1 << 15
  /// Floats between two conversions: few enough for the first cache.
  fileprivate static let blockLength = 1 << 10
}

extension Tensor {
  /// The same numbers in another type as Cast has them; nil where no loop does that.
  func converted(to type: ElementType, _ context: KernelContext) -> Tensor? {
    if type == elementType { return self }
    if let loop = CastLoops.direct(elementType, type) { return converted(to: type, by: loop, context) }
    guard CastLoops.goesByFloat(elementType, type), let first = CastLoops.toFloat(elementType),
      let second = CastLoops.fromFloat(type)
    else { return nil }
    let (width, block) = (type.byteWidth, CastKernels.blockLength)
    return converted(
      to: type,
      by: { [elementType] x, y, count in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: block) { scratch in
          guard let scratch = scratch.baseAddress else { return }
          for start in stride(from: 0, to: count, by: block) {
            let length = min(block, count - start)
            first(x + start * elementType.byteWidth, scratch, length)
            second(scratch, y + start * width, length)
          }
        }
      }, context)
  }

  private func converted(to type: ElementType, by loop: CastLoops.Loop, _ context: KernelContext) -> Tensor {
    let (length, width, target) = (CastKernels.chunkLength, elementType.byteWidth, type.byteWidth)
    return Tensor(type, shape: shape) { bytes in
      withUnsafeBytes { source in
        guard let x = source.baseAddress, let y = bytes.baseAddress else { return }
        context.forEachChunk((count + length - 1) / length) { chunk in
          let first = chunk * length
          loop(x + first * width, y + first * target, min(length, count - first))
        }
      }
    }
  }
}
