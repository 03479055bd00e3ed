import Foundation
import Testing

/// Memory is asked for through `elementCount` and `MemoryLimit`, and taken in few places.
@Suite struct AllocationTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources")

  /// Where memory is taken by hand, each with what bounds it.
  private static let audited = [
    "TensorCore/BufferPool.swift",  // asked for by Storage
    "TensorCore/Storage.swift",  // counts against the budget
    "VectorKernels/Products/MatrixProduct.swift",  // blocks of fixed size
    "OperatorSet/Shared/Images/ImageLibrary.swift",  // checked by Raster
    "ModelFile/TensorReader.swift",  // held against the bytes of the file
    "TouchstoneC/CMemory.swift",  // copies of what exists
  ]

  /// Where numbers are multiplied as they are: `elementCount` and `product`, by which everybody else goes,
  /// and products of elements.
  private static let multiplied = [
    "TensorCore/ElementCount.swift", "OperatorSet/Gradients/LineGradients.swift",
  ]

  @Test func memoryIsTakenInAuditedPlaces() throws {
    #expect(
      try Self.files { $0.contains("allocate(byteCount:") || $0.contains("allocate(capacity:") }
        == Self.audited.sorted())
  }

  /// A product of extents overflows where one of them is 0 and others are huge.
  @Test func extentsAreMultipliedInOnePlace() throws {
    #expect(try Self.files { $0.contains("reduce(1, *)") } == Self.multiplied.sorted())
  }

  private static func files(where fits: (String) -> Bool) throws -> [String] {
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return try files.filter { file in
      guard file.hasSuffix(".swift") else { return false }
      return fits(try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8))
    }.sorted()
  }
}
