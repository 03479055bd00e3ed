import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Convolutions of bytes: exact sums, and those sums in units of a scale; and the scale of what is quantized
/// in a run.
enum IntegerConvKernels {
  static let all = [
    Kernel("convinteger", for: ConvInteger.self) { node, site in
      let W = KeptStorage()
      let isConstant =
        site.constant(1) != nil
        && (site.constant(3) != nil || site.isGiven.map { $0.count < 4 || !$0[3] } ?? false)
      return PreparedKernel("convinteger") { try convolve(node, $0, isConstant ? W : nil, $1) }
    },
    Kernel("qlinearconv", for: QLinearConv.self) { node, site in
      let W = KeptStorage()
      let isConstant = site.constant(3) != nil && site.constant(5) != nil
      return PreparedKernel("qlinearconv") { try convolveScaled(node, $0, isConstant ? W : nil, $1) }
    },
    Kernel("dynamicquantizelinear", for: DynamicQuantizeLinear.self, quantize),
  ]

  private static func convolve(
    _ node: ConvInteger, _ inputs: Inputs<Value>, _ packed: KeptStorage?, _ context: KernelContext
  ) throws -> [Value]? {
    guard
      let conv = try IntegerConvolution(
        node.conv, inputs.tensor(0), inputs.tensor(1), inputs.optionalTensor(2), inputs.optionalTensor(3))
    else { return nil }
    let output = Storage(byteCount: try elementCount(conv.plane.shapes.output) * MemoryLayout<Int32>.stride)
    let y = Shared(output.base.cast() as UnsafeMutablePointer<Int32>)
    try conv.forEachRow(packed, context) { channel, cells, sums in
      (y.pointer + channel * conv.plane.cells + cells.lowerBound).update(from: sums, count: cells.count)
    }
    return [.tensor(Tensor(.int32, shape: conv.plane.shapes.output, storage: output))]
  }

  private static func convolveScaled(
    _ node: QLinearConv, _ inputs: Inputs<Value>, _ packed: KeptStorage?, _ context: KernelContext
  ) throws -> [Value]? {
    guard
      let conv = try IntegerConvolution(
        node.conv, inputs.tensor(0), inputs.tensor(3), inputs.tensor(2), inputs.tensor(5)),
      let unit = try OutputUnit(scale: inputs.tensor(6), zeroPoint: inputs.tensor(7)),
      conv.plane.depth <= OutputUnit.longestSum
    else { return nil }
    let (xScale, wScale, B) = (try inputs.tensor(1), try inputs.tensor(4), try inputs.optionalTensor(8))
    let filters = conv.plane.shapes.filters
    guard xScale.count == 1, wScale.rank <= 1, wScale.count == 1 || wScale.count == filters,
      B.map({ $0.shape == [filters] && $0.elementType == .int32 }) ?? true
    else { return nil }
    let (x, w) = (xScale.doubles()[0], wScale.doubles())
    let factors = (0..<filters).map { x * w[w.count == 1 ? 0 : $0] / unit.scale }
    let bias = B?.doubles() ?? [Double](repeating: 0, count: filters)
    let output = Storage(byteCount: try elementCount(conv.plane.shapes.output))
    let y = Shared(output.base.cast() as UnsafeMutablePointer<UInt8>)
    try conv.forEachRow(packed, context) { channel, cells, sums in
      let filter = channel % filters
      IntegerLoops.requantize(
        sums, y.pointer + channel * conv.plane.cells + cells.lowerBound, cells.count, bias[filter],
        factors[filter],
        unit.low, unit.high, unit.zeroPoint)
    }
    return [.tensor(Tensor(unit.type, shape: conv.plane.shapes.output, storage: output))]
  }

  // MARK: - DynamicQuantizeLinear

  private static func quantize(_: DynamicQuantizeLinear, _ inputs: Inputs<Value>, _ context: KernelContext)
    throws -> [Value]?
  {
    let x = try inputs.tensor(0)
    guard x.count > 0, let (lowest, highest) = range(of: x, context) else { return nil }
    let scale = (highest - lowest) / 255
    let steps = ((0 - lowest) / scale).rounded(.toNearestOrEven)
    let zeroPoint = steps.isNaN ? 0 : min(max(steps, 0), 255)
    let (low, high) = (0 - zeroPoint, 255 - zeroPoint)
    let y = Tensor(.uint8, shape: x.shape) { bytes in
      x.withFloats { x in
        guard let y = bytes.baseAddress else { return }
        forEachPart(of: bytes.count, context) { _, range in
          QuantizationKernels.bytes(
            x + range.lowerBound, (y + range.lowerBound).cast(), range.count, scale, low, high,
            Int32(zeroPoint))
        }
      }
    }
    return [
      .tensor(y), .tensor(Tensor(floats: [scale], shape: [])),
      .tensor(Tensor(.uint8, shape: [], elements: [UInt8(zeroPoint)])),
    ]
  }

  private static let partLength = 1 << 15

  private static func forEachPart(of count: Int, _ context: KernelContext, _ body: (Int, Range<Int>) -> Void)
  {
    context.forEachChunk((count + partLength - 1) / partLength) { part in
      body(part, (part * partLength)..<min((part + 1) * partLength, count))
    }
  }

  /// The smallest and the largest element and 0; nil where one is NaN.
  private static func range(of x: Tensor, _ context: KernelContext) -> (Float, Float)? {
    // Of each part both ends, and whether it is without NaN.
    let size = x.count
    let ends = Tensor(floatShape: [(x.count + partLength - 1) / partLength, 3]) { ends in
      x.withFloats { x in
        forEachPart(of: size, context) { part, range in
          let own = ends + 3 * part
          own[2] = IntegerLoops.range(x + range.lowerBound, range.count, own, own + 1) ? 1 : 0
        }
      }
    }
    return ends.withFloats { ends in
      var (lowest, highest): (Float, Float) = (0, 0)
      for part in stride(from: 0, to: 3 * ((x.count + partLength - 1) / partLength), by: 3) {
        guard ends[part + 2] == 1 else { return nil }
        (lowest, highest) = (min(lowest, ends[part]), max(highest, ends[part + 1]))
      }
      return (lowest, highest)
    }
  }
}
