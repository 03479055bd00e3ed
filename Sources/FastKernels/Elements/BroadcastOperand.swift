import OperatorSet
import TensorCore

/// An operand of a broadcast, read in the order of the result's elements.
struct BroadcastOperand<Element: BitwiseCopyable>: Sendable {
  /// Neighbouring axes of the result that the operand runs through alike are one. Innermost last.
  private let extents: [Int]
  /// Elements of the operand from one index to the next: 0 where it is repeated.
  private let strides: [Int]
  private let elements: Shared<UnsafePointer<Element>>

  /// Nil where there are no elements.
  ///
  /// - Precondition: `shape` broadcasts to `result`.
  init?(_ elements: UnsafeBufferPointer<Element>, shape: [Int], in result: [Int]) {
    guard let elements = elements.baseAddress else { return nil }
    self.init(elements, shape: shape, in: result)
  }

  /// - Precondition: `shape` broadcasts to `result`.
  init(_ elements: UnsafePointer<Element>, shape: [Int], in result: [Int]) {
    self.elements = Shared(elements)
    if shape == result {
      (extents, strides) = ([shape.product], [1])
      return
    }
    let own = rowMajorStrides(shape)
    let leading = result.count - shape.count
    var axes: [(extent: Int, stride: Int)] = []
    for (axis, extent) in result.enumerated() where extent != 1 {
      let stride = axis < leading || shape[axis - leading] == 1 ? 0 : own[axis - leading]
      if let last = axes.last, last.stride == stride * extent {
        axes[axes.count - 1] = (last.extent * extent, stride)
      } else {
        axes.append((extent, stride))
      }
    }
    if axes.isEmpty { axes = [(1, 0)] }
    extents = axes.map(\.extent)
    strides = axes.map(\.stride)
  }

  /// The length of the runs through which the operand goes on or stays.
  var runLength: Int { extents[extents.count - 1] }

  /// Whether the operand has the shape of the result.
  var isPlain: Bool { strides == [1] }

  /// The elements, where they lie as those of the result do.
  var plain: UnsafePointer<Element>? { isPlain ? elements.pointer : nil }

  /// The elements for the result's elements from `start` on: where they lie, if they lie together, else in `scratch`.
  func block(_ start: Int, _ count: Int, scratch: UnsafeMutablePointer<Element>) -> UnsafePointer<Element> {
    let inner = extents.count - 1
    if isPlain { return elements.pointer + start }
    var index = start % extents[inner]
    var position = position(ofRun: start / extents[inner])
    if strides[inner] == 1 && index + count <= extents[inner] { return elements.pointer + position + index }
    var done = 0
    while true {
      let length = min(extents[inner] - index, count - done)
      if strides[inner] == 0 {
        (scratch + done).update(repeating: elements.pointer[position], count: length)
      } else {
        (scratch + done).update(from: elements.pointer + position + index, count: length)
      }
      done += length
      guard done < count else { return UnsafePointer(scratch) }
      index = 0
      position = self.position(ofRun: (start + done) / extents[inner])
    }
  }

  /// Where the elements of a run begin, of all runs in order.
  private func position(ofRun run: Int) -> Int {
    var (rest, position) = (run, 0)
    for axis in stride(from: extents.count - 2, through: 0, by: -1) {
      position += rest % extents[axis] * strides[axis]
      rest /= extents[axis]
    }
    return position
  }
}
