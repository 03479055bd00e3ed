import Execution
import OperatorSet
import TensorCore

/// A program with the operands of one run.
struct BoundProgram: Sendable {
  private let program: BlockProgram
  /// Kept, since the operands are read by their addresses.
  private let tensors: [Tensor]
  private let operands: [BroadcastOperand]
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
      tensors.allSatisfy({ (try? broadcastShape([$0.shape, shape])) == shape })
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
  /// - Parameter base: what the program begins with, for the same elements; may be `target`.
  func run(
    _ range: Range<Int>, base: UnsafePointer<Float>? = nil, into target: UnsafeMutablePointer<Float>
  ) {
    guard !program.steps.isEmpty else { return }
    let blocks = program.bufferCount + operands.count
    withUnsafeTemporaryAllocation(of: Float.self, capacity: blocks * BlockProgram.blockLength) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      var start = range.lowerBound
      while start < range.upperBound {
        let rowEnd = (start / rowLength + 1) * rowLength
        let count = min(BlockProgram.blockLength, rowEnd - start, range.upperBound - start)
        let offset = start - range.lowerBound
        runBlock(start, count, base.map { $0 + offset }, target + offset, scratch)
        start += count
      }
    }
  }

  private func runBlock(
    _ start: Int, _ count: Int, _ base: UnsafePointer<Float>?, _ target: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let length = BlockProgram.blockLength
    for (index, step) in program.steps.enumerated() {
      let y = program.buffers[index].map { scratch + $0 * length } ?? target
      func input(_ position: Int) -> UnsafePointer<Float> {
        switch step.sources[position] {
        case .value(0): base ?? UnsafePointer(target)
        case .value(let value): UnsafePointer(scratch + (program.buffers[value - 1] ?? 0) * length)
        case .operand(let operand):
          operands[operand].block(start, count, scratch: scratch + (program.bufferCount + operand) * length)
        }
      }
      switch step.function {
      case .map(let map, let a, let b): map(input(0), y, count, a, b)
      case .pair(let map): map(input(0), input(1), y, count)
      }
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
