import Execution
import OperatorSet
import TensorCore

/// Which scale and zero point the elements of a tensor have, in runs of neighbours: one for a whole run, or
/// for each element of the run the next.
struct QuantizationRuns {
  private enum Reach {
    case tensor
    /// Scales along an axis, each for as many indices of it as a block has.
    case blocks(length: Int, blockSize: Int, inner: Int)
    /// One list of scales for every row along the last axis.
    case rows(length: Int)
    /// One scale for each index of an axis that is not the last.
    case planes(length: Int, inner: Int)
  }
  private let reach: Reach
  /// Whether each element of a run has a scale of its own.
  let isEach: Bool

  /// - Returns: nil where the parameters do not fit the shape, or the tensor is empty.
  init?(_ granularity: QuantizationGranularity, scale: Tensor, zeroPoint: Tensor?, over shape: [Int]) {
    guard !shape.contains(0), scale.elementType == .float else { return nil }
    if scale.count == 1, scale.rank <= 1 {
      guard zeroPoint.map({ $0.count == 1 && $0.rank <= 1 }) ?? true else { return nil }
      (reach, isEach) = (.tensor, false)
      return
    }
    guard zeroPoint.map({ $0.shape == scale.shape }) ?? true, let axis = granularity.axis,
      let at = try? resolveAxis(axis, rank: shape.count)
    else { return nil }
    let (length, inner) = (shape[at], shape[(at + 1)...].product)
    let blockSize = granularity.blockSize
    var wanted = shape
    if blockSize > 0 {
      wanted[at] = (length - 1) / blockSize + 1
      (reach, isEach) = (.blocks(length: length, blockSize: blockSize, inner: inner), inner > 1)
    } else {
      wanted = [length]
      (reach, isEach) =
        inner == 1 ? (.rows(length: length), true) : (.planes(length: length, inner: inner), false)
    }
    guard scale.shape == wanted else { return nil }
  }

  /// Elements that one chunk works on.
  private static let chunkLength = 1 << 15

  /// Calls `body` with runs of elements, and the position of the first one's scale.
  func forEachRun(of count: Int, _ context: KernelContext, _ body: (Range<Int>, Int) -> Void) {
    let length = Self.chunkLength
    context.forEachChunk((count + length - 1) / length) { chunk in
      forEachRun(in: (chunk * length)..<min((chunk + 1) * length, count), body)
    }
  }

  /// The same for some of the elements.
  func forEachRun(in elements: Range<Int>, _ body: (Range<Int>, Int) -> Void) {
    var start = elements.lowerBound
    while start < elements.upperBound {
      let (parameter, rest) = run(at: start)
      let next = rest < elements.upperBound - start ? start + rest : elements.upperBound
      body(start..<next, parameter)
      start = next
    }
  }

  /// How many rows of a matrix, from this one on, have the same scales; 0 where those of neighbouring columns do not lie
  /// side by side, or are one for each row.
  func rowsAlike(from row: Int) -> Int {
    switch reach {
    case .tensor, .rows: Int.max
    case .blocks(_, let blockSize, let inner): inner > 1 ? blockSize - row % blockSize : 0
    case .planes: 0
    }
  }

  /// The position of the scale of an element, and how many elements its run still has.
  func run(at element: Int) -> (parameter: Int, rest: Int) {
    switch reach {
    case .tensor: return (0, Int.max - element)
    case .rows(let length): return (element % length, length - element % length)
    case .planes(let length, let inner):
      return (element / inner % length, inner - element % inner)
    case .blocks(let length, let blockSize, let inner):
      let (line, within) = (element / (length * inner), element % (length * inner))
      let (index, column) = (within / inner, within % inner)
      let block = line * ((length - 1) / blockSize + 1) + index / blockSize
      if inner > 1 { return (block * inner + column, inner - column) }
      return (block, min(blockSize - index % blockSize, length - index))
    }
  }
}

extension Tensor {
  /// Zero points as numbers of 32 bits: for a scale each, zeros where there are none.
  static func zeroPoints(_ zeroPoint: Tensor?, count: Int) -> [Int32] {
    guard let zeroPoint else { return [Int32](repeating: 0, count: count) }
    return zeroPoint.integers().map { Int32(truncatingIfNeeded: $0) }
  }
}
