import Execution
import OperatorSet
import TensorCore

/// A matrix B that is the same in every run, as products read it.
protocol ProductMatrix: Sendable {
  var rows: Int { get }
  var columns: Int { get }

  /// C = A·B for A of m rows, each as many floats after the other as B has rows.
  ///
  /// - Parameters:
  ///   - c: m rows, each `columns` after the other.
  ///   - scratchCount: the floats of scratch that `finish` is given.
  ///   - finish: what is done with a part of a row of C as soon as it is computed, which lies where it is told.
  func multiply(
    m: Int, _ a: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>, _ context: KernelContext,
    scratch scratchCount: Int,
    finish: (Range<Int>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) throws
}

/// C = f(A·B) with a B that is the same in every run, and f element by element.
struct PackedProduct {
  let name: String
  let B: any ProductMatrix
  /// Where A stands among the inputs.
  let position: Int
  /// The rank that A must have; nil for any from 1 on.
  let rank: Int?
  var afterwards = BlockProgram()

  init(_ name: String, _ B: any ProductMatrix, at position: Int = 0, rank: Int? = nil) {
    (self.name, self.B, self.position, self.rank) = (name, B, position, rank)
  }

  /// The product with an input added to it, by its position.
  func adding(_ position: Int) -> PackedProduct {
    var sum = self
    sum.afterwards = afterwards.appending(.sum, [.link(0), .input(position)])
    return sum
  }

  /// The product with what follows it; nil where it cannot be taken along.
  func followed(by links: [ChainLink]) -> PackedProduct? {
    var longer = self
    guard let program = afterwards.appending(links) else { return nil }
    longer.afterwards = program
    return longer
  }

  var prepared: PreparedKernel {
    PreparedKernel(name) { links in
      followed(by: links)?.prepared
    } evaluate: { inputs, context in
      try evaluate(inputs, context)
    }
  }

  private func evaluate(_ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]? {
    let A = try inputs.tensor(position)
    guard A.elementType == .float, A.rank >= 1, rank.map({ $0 == A.rank }) ?? true,
      A.shape[A.rank - 1] == B.rows
    else { return nil }
    let shape = Array(A.shape.dropLast()) + [B.columns]
    let (m, count) = (A.count / B.rows, try elementCount(shape))
    guard count > 0, let operands = afterwards.operands(of: inputs),
      let program = try BoundProgram(afterwards, operands, shape: shape)
    else { return nil }
    let storage = Storage(byteCount: count * MemoryLayout<Float>.stride)
    try A.withFloats { a in
      try B.multiply(
        m: m, a, into: storage.base.assumingMemoryBound(to: Float.self), context,
        scratch: program.scratchCount
      ) { range, target, scratch in
        program.run(range, into: target, scratch: scratch)
      }
    }
    return [.tensor(Tensor(.float, shape: shape, storage: storage))]
  }
}
