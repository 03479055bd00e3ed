import Execution
import OperatorSet
import TensorCore

/// Rows of a table of small integers that a Gather picks, as after DequantizeLinear: only those become floats.
struct QuantizedRows: Sendable {
  private let x: Tensor
  private let scale: Tensor
  private let zeroPoints: [Int32]
  private let runs: QuantizationRuns
  private let loop: DequantizeLoop
  /// Where the indices stand among the inputs.
  private let position: Int

  /// Nil where one Gather along the first axis is not all that follows.
  init?(_ node: DequantizeLinear, _ site: KernelSite, followedBy links: [ChainLink]) {
    guard links.count == 1, let gather = links[0].definition as? Gather, gather.axis == 0,
      let x = site.constant(0), x.rank > 0, let scale = site.constant(1),
      (node.outputType ?? .float) == .float,
      links[0].operands.count == 2, links[0].operands[0] == .link(0),
      case .input(let position) = links[0].operands[1],
      let hasZeroPoint = site.isGiven.map({ $0.count > 2 && $0[2] }),
      !hasZeroPoint || site.constant(2) != nil,
      site.constant(2).map({ $0.elementType == x.elementType }) ?? true,
      let loop = DequantizeLoop(for: x.elementType),
      let runs = QuantizationRuns(node.granularity, scale: scale, zeroPoint: site.constant(2), over: x.shape)
    else { return nil }
    (self.x, self.scale, self.runs, self.loop, self.position) = (x, scale, runs, loop, position)
    zeroPoints = Tensor.zeroPoints(site.constant(2), count: scale.count)
  }

  var prepared: PreparedKernel {
    PreparedKernel("dequantizelinear.rows") { try evaluate($0, $1) }
  }

  private func evaluate(_ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]? {
    let indices = try inputs.tensor(position)
    let (rows, length) = (x.shape[0], x.shape.dropFirst().product)
    let picked = indices.ints().map { $0 < 0 ? $0 + rows : $0 }
    // An index that is none is refused by the steps, which say where.
    guard picked.allSatisfy({ $0 >= 0 && $0 < rows }) else { return nil }
    let shape = indices.shape + x.shape.dropFirst()
    _ = try elementCount(shape)
    let output = Tensor(floatShape: shape) { y in
      x.withUnsafeBytes { x in
        scale.withFloats { scales in
          zeroPoints.withUnsafeBufferPointer { zeroPoints in
            guard let x = x.baseAddress, let zeroPoints = zeroPoints.baseAddress else { return }
            context.forEachRow(picked.count, length: length) { row in
              let first = picked[row] * length
              runs.forEachRun(in: first..<(first + length)) { range, at in
                loop.apply(
                  x + range.lowerBound * self.x.elementType.byteWidth,
                  y + row * length + (range.lowerBound - first),
                  range.count, isEach: runs.isEach, scales + at, zeroPoints + at)
              }
            }
          }
        }
      }
    }
    return [.tensor(output)]
  }
}
