#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Bytes that never change once a `Tensor` refers to them: on the heap, in a mapped file, or foreign.
///
/// The address need not be aligned to the element type: weights stay where they lie in a mapped file.
/// x86-64 and arm64 read unaligned elements; vector code must use unaligned loads.
public final class Storage: @unchecked Sendable {
  /// The first byte.
  public let base: UnsafeMutableRawPointer
  /// The number of bytes.
  public let byteCount: Int
  private let release: @Sendable () -> Void
  private let charge: MemoryCharge?

  /// What one value takes besides its elements, roughly: a loop may leave millions that are empty.
  private static let bytesBesides = 256

  /// Uninitialised bytes on the heap, aligned to 64.
  public init(byteCount: Int) {
    self.byteCount = byteCount
    charge = MemoryCharge(bytes: byteCount + Self.bytesBesides)
    if byteCount >= BufferPool.smallestBlock, let pool = MemoryLimit.budget?.pool {
      let block = pool.take(byteCount)
      base = block.base
      release = { pool.giveBack(block) }
    } else {
      let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 1), alignment: 64)
      nonisolated(unsafe) let owned = bytes
      base = bytes
      release = { owned.deallocate() }
    }
  }

  /// Zeros on the heap, of which many take no memory before they are written to.
  ///
  /// - Throws: `ShapeError` where the system has no such memory.
  public init(zeros byteCount: Int) throws {
    guard let bytes = calloc(max(byteCount, 1), 1) else {
      throw ShapeError(description: "the system does not give \(byteCount) bytes")
    }
    nonisolated(unsafe) let owned = bytes
    base = bytes
    self.byteCount = byteCount
    release = { free(owned) }
    charge = MemoryCharge(bytes: byteCount + Self.bytesBesides)
  }

  /// Bytes that somebody else owns and keeps unchanged until `release` is called.
  public init(foreign base: UnsafeRawPointer, byteCount: Int, release: @escaping @Sendable () -> Void) {
    self.base = UnsafeMutableRawPointer(mutating: base)
    self.byteCount = byteCount
    self.release = release
    charge = nil
  }

  deinit { release() }
}
