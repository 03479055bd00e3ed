import Foundation
import Testing

/// Memory is asked for through `elementCount` and `MemoryLimit`, and taken in few places.
@Suite struct AllocationTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources")

  /// Where memory is taken by hand, each with what bounds it.
  private static let audited = [
    "TensorCore/Storage.swift",  // counts against the budget
    "Avx2Kernels/MatrixProduct.swift",  // blocks of fixed size
    "FastKernels/ConvKernels.swift",  // blocks of fixed size, or one filter
    "OperatorSet/Shared/Images/ImageLibrary.swift",  // checked by Raster
    "ModelFile/TensorReader.swift",  // held against the bytes of the file
    "TouchstoneC/CMemory.swift",  // copies of what exists
  ]

  @Test func memoryIsTakenInAuditedPlaces() throws {
    let files = FileManager.default.enumerator(atPath: Self.root.path)?.compactMap { $0 as? String } ?? []
    let takers = try files.filter { $0.hasSuffix(".swift") }.filter { file in
      let text = try String(contentsOf: Self.root.appendingPathComponent(file), encoding: .utf8)
      return text.contains("allocate(byteCount:") || text.contains("allocate(capacity:")
    }
    #expect(takers.sorted() == Self.audited.sorted())
  }
}
