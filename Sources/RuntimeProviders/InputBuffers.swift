import Execution
import Glibc
import TensorCore

/// Copies of the elements of inputs, as runtimes want them: aligned, since their kernels rely on it and mapped
/// files are not, and with types below a byte packed. They live as long as this.
final class InputBuffers {
  private var buffers: [UnsafeMutableRawPointer] = []

  deinit { for buffer in buffers { free(buffer) } }

  private static let alignment = 64

  /// The elements of a tensor of numbers; never null, even where there are none.
  ///
  /// - Throws: `ProviderFailure` where there is no memory.
  func copy(_ tensor: Tensor) throws -> UnsafeMutableRawBufferPointer {
    let isPacked = tensor.elementType.bitWidth < 8
    let packed = isPacked ? BitPacking.pack(tensor) : []
    let byteCount = isPacked ? packed.count : tensor.byteCount
    let room = (max(byteCount, 1) + Self.alignment - 1) / Self.alignment * Self.alignment
    guard let buffer = aligned_alloc(Self.alignment, room) else {
      throw ProviderFailure(.rejected, "no memory for an input of \(byteCount) bytes")
    }
    buffers.append(buffer)
    let target = UnsafeMutableRawBufferPointer(start: buffer, count: byteCount)
    if isPacked {
      target.copyBytes(from: packed)
    } else {
      tensor.withUnsafeBytes { target.copyMemory(from: $0) }
    }
    return target
  }
}
