import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Elements that one chunk of an element-wise kernel works on.
private let chunkLength = 1 << 15

/// f of every element of a float tensor.
func map<Function: VectorFunction>(_ x: Tensor, _ function: Function, _ context: KernelContext) -> Tensor {
  x.withFloats { source in
    Tensor(floatShape: x.shape) { target in
      let (source, target) = (Shared(source), Shared(target))
      let count = x.count
      context.forEachChunk((count + chunkLength - 1) / chunkLength) { chunk in
        let first = chunk * chunkLength
        mapRun(source.pointer + first, target.pointer + first, min(chunkLength, count - first), function)
      }
    }
  }
}

func mapRun<Function: VectorFunction>(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ function: Function
) {
  var i = 0
  while i + 8 <= count {
    function.value(.load(x + i)).store(y + i)
    i &+= 8
  }
  guard i < count else { return }
  var rest = Vector.zero
  for k in 0..<(count - i) { rest[k] = x[i + k] }
  let values = function.value(rest)
  for k in 0..<(count - i) { y[i + k] = values[k] }
}

/// A function of pairs of elements, eight at a time.
protocol VectorPairFunction: Sendable {
  /// f(a, b), element by element.
  func value(_ a: Vector, _ b: Vector) -> Vector
}

/// f of every pair of elements of two broadcast float tensors.
///
/// - Throws: `OperatorError` where the shapes do not broadcast.
func zip<Function: VectorPairFunction>(
  _ a: Tensor, _ b: Tensor, _ function: Function, _ context: KernelContext
)
  throws -> Tensor
{
  let pairs = try BroadcastPairs(a.shape, b.shape)
  return a.withFloats { x in
    b.withFloats { y in
      Tensor(floatShape: pairs.shape) { z in
        let (x, y, z) = (Shared(x), Shared(y), Shared(z))
        context.forEachChunk(pairs.chunkCount) { chunk in
          pairs.forEachRun(chunk) { i, j, k, count in
            zipRun(
              x.pointer + i, step: pairs.innerSteps.a, y.pointer + j, step: pairs.innerSteps.b, z.pointer + k,
              count,
              function)
          }
        }
      }
    }
  }
}

@inline(__always)
private func zipRun<Function: VectorPairFunction>(
  _ a: UnsafePointer<Float>, step aStep: Int, _ b: UnsafePointer<Float>, step bStep: Int,
  _ c: UnsafeMutablePointer<Float>, _ count: Int, _ function: Function
) {
  let (a0, b0) = (Vector(repeating: a[0]), Vector(repeating: b[0]))
  var i = 0
  while i + 8 <= count {
    function.value(aStep == 0 ? a0 : .load(a + i), bStep == 0 ? b0 : .load(b + i)).store(c + i)
    i &+= 8
  }
  guard i < count else { return }
  var (x, y) = (a0, b0)
  for k in 0..<(count - i) {
    if aStep != 0 { x[k] = a[i + k] }
    if bStep != 0 { y[k] = b[i + k] }
  }
  let values = function.value(x, y)
  for k in 0..<(count - i) { c[i + k] = values[k] }
}

/// Two broadcast shapes with neighbouring axes merged where both operands run through them alike, so that few long
/// runs remain.
struct BroadcastPairs: Sendable {
  let shape: [Int]
  /// 1 where an operand advances along a run, 0 where it stays.
  let innerSteps: (a: Int, b: Int)
  private let extents: [Int]
  private let aStrides: [Int]
  private let bStrides: [Int]
  private let runsPerChunk: Int

  init(_ a: [Int], _ b: [Int]) throws {
    shape = try broadcastShape([a, b])
    var axes: [(extent: Int, a: Int, b: Int)] = []
    let (p, q) = (Self.strides(a, in: shape), Self.strides(b, in: shape))
    for (axis, extent) in shape.enumerated() where extent != 1 {
      if let last = axes.last, last.a == p[axis] * extent, last.b == q[axis] * extent {
        axes[axes.count - 1] = (last.extent * extent, p[axis], q[axis])
      } else {
        axes.append((extent, p[axis], q[axis]))
      }
    }
    if axes.isEmpty { axes = [(1, 1, 1)] }
    extents = axes.map(\.extent)
    aStrides = axes.map(\.a)
    bStrides = axes.map(\.b)
    innerSteps = (aStrides[axes.count - 1], bStrides[axes.count - 1])
    runsPerChunk = max(1, chunkLength / max(1, extents[axes.count - 1]))
  }

  private static func strides(_ operand: [Int], in shape: [Int]) -> [Int] {
    let own = rowMajorStrides(operand)
    let leading = shape.count - operand.count
    return shape.indices.map { $0 < leading || operand[$0 - leading] == 1 ? 0 : own[$0 - leading] }
  }

  private var runCount: Int { shape.contains(0) ? 0 : extents.dropLast().product }

  var chunkCount: Int { (runCount + runsPerChunk - 1) / runsPerChunk }

  /// Calls `body` for each run of a chunk with the positions in a, b and the result, and the length.
  @inline(__always)
  func forEachRun(_ chunk: Int, _ body: (Int, Int, Int, Int) -> Void) {
    let length = extents[extents.count - 1]
    for run in (chunk * runsPerChunk)..<min((chunk + 1) * runsPerChunk, runCount) {
      var (rest, i, j) = (run, 0, 0)
      for axis in stride(from: extents.count - 2, through: 0, by: -1) {
        let index = rest % extents[axis]
        rest /= extents[axis]
        i += index * aStrides[axis]
        j += index * bStrides[axis]
      }
      body(i, j, run * length, length)
    }
  }
}
