import Avx2Kernels
import Execution
import TensorCore
import VectorKernels

/// W and R of all directions, packed when they are first needed.
///
/// - Precondition: floats of rank 3, [directions, gates · hidden, k].
final class RecurrentWeights: Sendable {
  private let W: Tensor
  private let R: Tensor
  private let cell: RecurrentCell
  private let packed = KeptStorage()

  init(_ W: Tensor, _ R: Tensor, _ cell: RecurrentCell) { (self.W, self.R, self.cell) = (W, R, cell) }

  /// Calls `body` with the packed weights of each direction, one after the other: those of the input, those of H, and
  /// those of r ⊙ H where they are apart.
  func withPanels<Result>(
    _ extents: RecurrentExtents, _ body: (UnsafePointer<Float>) throws -> Result
  ) throws -> Result {
    let bytes = Self.count(extents) * MemoryLayout<Float>.stride
    let storage = try packed.storage(
      checking: { try MemoryLimit.check(extents.directions, times: bytes, of: "packed weights") },
      { pack(extents) })
    return try withExtendedLifetime(storage) {
      try body(UnsafePointer(storage.base.assumingMemoryBound(to: Float.self)))
    }
  }

  /// The floats of one direction.
  static func count(_ extents: RecurrentExtents) -> Int {
    extents.gates * extents.units * (extents.input + extents.hidden)
  }

  private func pack(_ extents: RecurrentExtents) -> Storage {
    let (hidden, input, gates) = (extents.hidden, extents.input, extents.gates)
    let floats = Self.count(extents)
    let storage = Storage(byteCount: extents.directions * floats * MemoryLayout<Float>.stride)
    let base = storage.base.assumingMemoryBound(to: Float.self)
    W.withFloats { w in
      R.withFloats { r in
        for d in 0..<extents.directions {
          let target = base + d * floats
          let state = target + gates * extents.units * input
          let (first, rows) = (cell.gatesFromHidden, r + d * gates * hidden * hidden)
          Self.pack(w + d * gates * hidden * input, 0, gates, hidden, input, target)
          Self.pack(rows, 0, first, hidden, hidden, state)
          if first < gates {
            Self.pack(rows, first, gates - first, hidden, hidden, state + first * extents.units * hidden)
          }
        }
      }
    }
    return storage
  }

  private static let pack = variant(
    VectorKernels.packGates(_:gates:count:hidden:k:into:),
    avx2: Avx2Kernels.packGates(_:gates:count:hidden:k:into:))
}
