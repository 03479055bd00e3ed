import Execution
import OperatorSet
import TensorCore

/// A program with the operands of one run.
struct BoundProgram: Sendable {
  private let program: BlockProgram
  /// Kept, since the operands are read by their addresses.
  private let tensors: [Tensor]
  private let operands: [BroadcastOperand<Float>]
  /// Elements after which a block ends at the latest, so that none goes over the end of an operand's run.
  private let rowLength: Int

  /// Rows shorter than this are not worth blocks of their own.
  private static let shortestRow = 256

  /// - Parameters:
  ///   - tensors: floats, in the order in which the program names its operands.
  ///   - shape: that of the result.
  /// - Returns: nil for an empty result, or where an operand does not broadcast to it.
  init?(_ program: BlockProgram, _ tensors: [Tensor], shape: [Int]) throws {
    guard !shape.contains(0),
      tensors.allSatisfy({ $0.shape == shape || (try? broadcastShape([$0.shape, shape])) == shape })
    else { return nil }
    self.program = program
    self.tensors = tensors
    operands = tensors.map { tensor in
      tensor.withFloats { BroadcastOperand($0, shape: tensor.shape, in: shape) }
    }
    let runs = operands.filter { !$0.isPlain }.map(\.runLength).filter { $0 >= Self.shortestRow }
    rowLength = try runs.min() ?? elementCount(shape)
  }

  /// Computes the elements `range` of the result, the first of which lies at `target`.
  ///
  /// - Parameters:
  ///   - base: what the program begins with, for the same elements; may be `target`.
  ///   - scratch: `scratchCount` floats.
  func run(
    _ range: Range<Int>, base: UnsafePointer<Float>? = nil, into target: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    guard !program.steps.isEmpty else { return }
    var start = range.lowerBound
    while start < range.upperBound {
      let rowEnd = (start / rowLength + 1) * rowLength
      let count = min(BlockProgram.blockLength, rowEnd - start, range.upperBound - start)
      let offset = start - range.lowerBound
      runBlock(start, count, base.map { $0 + offset }, target + offset, scratch)
      start += count
    }
  }

  /// The floats of scratch that a run needs.
  var scratchCount: Int { (program.bufferCount + operands.count) * BlockProgram.blockLength }

  /// The program where a product can do it along with its sums: perhaps adds an operand that lies as the result does,
  /// then perhaps limits the sum.
  var asFinish: (addend: UnsafePointer<Float>?, low: Float, high: Float)? {
    guard let (addend, low, high) = program.additionAndLimits else { return nil }
    guard let addend else { return (nil, low, high) }
    return operands[addend].plain.map { ($0, low, high) }
  }

  private func runBlock(
    _ start: Int, _ count: Int, _ base: UnsafePointer<Float>?, _ target: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let length = BlockProgram.blockLength
    func block(_ source: BlockProgram.Source) -> UnsafePointer<Float> {
      switch source {
      case .value(0): base ?? UnsafePointer(target)
      case .value(let value): UnsafePointer(scratch + (program.buffers[value - 1] ?? 0) * length)
      case .operand(let operand):
        operands[operand].block(start, count, scratch: scratch + (program.bufferCount + operand) * length)
      }
    }
    for index in program.steps.indices {
      let step = program.steps[index]
      let y = program.buffers[index].map { scratch + $0 * length } ?? target
      let a = block(step.first)
      step.function.apply(a, step.second.map(block) ?? a, y, count)
    }
  }
}

extension BlockProgram {
  /// The operands among the inputs of a node or chain; nil where one is no float tensor.
  func operands(of inputs: Inputs<Value>) -> [Tensor]? {
    var tensors: [Tensor] = []
    for position in operands {
      guard case .tensor(let tensor)? = inputs[position], tensor.elementType == .float else { return nil }
      tensors.append(tensor)
    }
    return tensors
  }

  /// The operands of the first step, which say what shape the result has where there is no base.
  var leading: [Int] {
    steps[0].sources.compactMap { if case .operand(let operand) = $0 { operand } else { nil } }
  }
}
