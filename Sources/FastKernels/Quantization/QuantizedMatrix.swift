import Avx2Kernels
import Execution
import GraphIR
import OperatorSet
import TensorCore
import VectorKernels

/// A matrix B of small integers in units of a scale, the same in every run. It stays as small as it lies in the model:
/// each part becomes floats just before it is multiplied, the very floats that DequantizeLinear gives.
struct QuantizedMatrix: ProductMatrix {
  let rows: Int
  let columns: Int
  private let x: Tensor
  private let scale: Tensor
  private let zeroPoints: [Int32]
  private let runs: QuantizationRuns
  private let loop: DequantizeLoop

  /// Rows and columns of a part: as floats it stays in the second cache.
  private static let (partRows, partColumns) = (256, 64)
  private static let panelColumns = 16
  /// Rows of A between two looks at whether the run goes on: some milliseconds.
  private static let rowsTogether = 1 << 13
  /// Columns of a chunk: what follows the product takes rows of that length.
  private static let chunkColumns = 192

  /// Nil where B is no such matrix.
  init?(_ node: DequantizeLinear, x: Tensor, scale: Tensor, zeroPoint: Tensor?) {
    guard x.rank == 2, (node.outputType ?? .float) == .float,
      zeroPoint.map({ $0.elementType == x.elementType }) ?? true,
      let loop = DequantizeLoop(for: x.elementType),
      let runs = QuantizationRuns(node.granularity, scale: scale, zeroPoint: zeroPoint, over: x.shape)
    else { return nil }
    (rows, columns) = (x.shape[0], x.shape[1])
    (self.x, self.scale, self.loop, self.runs) = (x, scale, loop, runs)
    zeroPoints = Tensor.zeroPoints(zeroPoint, count: scale.count)
  }

  func multiply(
    m: Int, _ a: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>, _ context: KernelContext,
    scratch scratchCount: Int,
    finish: (Range<Int>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) throws {
    let (part, own) = (Self.partRows * Self.partColumns, Self.scratchCount(Self.partRows))
    let chunks = (columns + Self.chunkColumns - 1) / Self.chunkColumns
    try context.forEachChunk(chunks, scratch: part + own + scratchCount) { chunk, scratch in
      let range = (chunk * Self.chunkColumns)..<min((chunk + 1) * Self.chunkColumns, columns)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.partColumns) {
        let part = first..<min(first + Self.partColumns, range.upperBound)
        multiplyPart(m, a, part, c, scratch, context)
      }
      for row in 0..<m {
        let start = row * columns + range.lowerBound
        finish(start..<(start + range.count), c + start, scratch + part + own)
      }
    }
  }

  /// Some columns of C.
  private func multiplyPart(
    _ m: Int, _ a: UnsafePointer<Float>, _ range: Range<Int>, _ c: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>, _ context: KernelContext
  ) {
    for p in stride(from: 0, to: rows, by: Self.partRows) {
      let part = p..<min(p + Self.partRows, rows)
      unpack(part, range, into: scratch)
      for row in stride(from: 0, to: m, by: Self.rowsTogether) {
        guard context.goesOn() else { return }
        Self.multiply(
          min(Self.rowsTogether, m - row), range.count, part.count, a + row * rows + p, rows, scratch,
          c + row * columns + range.lowerBound, columns, p > 0, scratch + Self.partRows * Self.partColumns)
      }
    }
  }

  /// A part of B as panels [column / 16][row][16], padded with zeros.
  private func unpack(_ rows: Range<Int>, _ columns: Range<Int>, into panels: UnsafeMutablePointer<Float>) {
    x.withUnsafeBytes { bytes in
      scale.withFloats { scales in
        zeroPoints.withUnsafeBufferPointer { zeroPoints in
          guard let x = bytes.baseAddress, let zeroPoints = zeroPoints.baseAddress else { return }
          let source = (x: x, scales: scales, zeroPoints: zeroPoints)
          var panel = panels
          for first in stride(from: columns.lowerBound, to: columns.upperBound, by: Self.panelColumns) {
            let columns = first..<min(first + Self.panelColumns, columns.upperBound)
            if columns.count < Self.panelColumns || !unpackWhole(source, rows, columns, into: panel) {
              unpackByRuns(source, rows, columns, into: panel)
            }
            panel += rows.count * Self.panelColumns
          }
        }
      }
    }
  }

  private typealias Source = (
    x: UnsafeRawPointer, scales: UnsafePointer<Float>, zeroPoints: UnsafePointer<Int32>
  )

  /// Sixteen columns of bytes, rows of the same scales at a time; false where B is not so.
  private func unpackWhole(
    _ source: Source, _ rows: Range<Int>, _ columns: Range<Int>, into panel: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard let unpack = loop.unpack, runs.rowsAlike(from: rows.lowerBound) > 0 else { return false }
    let count = Self.panelColumns
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { scales in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { zeroPoints in
        guard let scales = scales.baseAddress, let zeroPoints = zeroPoints.baseAddress else { return false }
        var row = rows.lowerBound
        while row < rows.upperBound {
          let alike = min(rows.upperBound - row, runs.rowsAlike(from: row))
          let element = row * self.columns + columns.lowerBound
          let (parameter, step) = (runs.run(at: element).parameter, runs.isEach ? 1 : 0)
          for i in 0..<count {
            scales[i] = source.scales[parameter + i * step]
            zeroPoints[i] = source.zeroPoints[parameter + i * step]
          }
          unpack(
            source.x + element, self.columns, alike, scales, zeroPoints,
            panel + (row - rows.lowerBound) * count)
          row += alike
        }
        return true
      }
    }
  }

  private func unpackByRuns(
    _ source: Source, _ rows: Range<Int>, _ columns: Range<Int>, into panel: UnsafeMutablePointer<Float>
  ) {
    let width = x.elementType.byteWidth
    for row in rows {
      let target = panel + (row - rows.lowerBound) * Self.panelColumns
      var column = columns.lowerBound
      while column < columns.upperBound {
        let element = row * self.columns + column
        let (parameter, rest) = runs.run(at: element)
        let length = min(rest, columns.upperBound - column)
        loop.apply(
          source.x + element * width, target + (column - columns.lowerBound), length, isEach: runs.isEach,
          source.scales + parameter, source.zeroPoints + parameter)
        column += length
      }
      (target + columns.count).update(repeating: 0, count: Self.panelColumns - columns.count)
    }
  }

  private static let scratchCount = variant(
    VectorKernels.partScratchCount(k:), avx2: Avx2Kernels.partScratchCount(k:))
  private static let multiply = variant(
    VectorKernels.multiplyPart(m:n:k:_:rowStride:_:into:stride:adding:scratch:),
    avx2: Avx2Kernels.multiplyPart(m:n:k:_:rowStride:_:into:stride:adding:scratch:))
}

extension PackedProduct {
  /// The product with a matrix that DequantizeLinear gives, where a MatMul begins what follows it. Without AVX2 products
  /// of what only a run knows are those of OpenBLAS, which rounds otherwise: there the steps stay steps.
  init?(_ node: DequantizeLinear, _ site: KernelSite, followedBy links: [ChainLink]) {
    guard InstructionSet.current == .avx2, let x = site.constant(0), let scale = site.constant(1),
      let product = links.first,
      product.definition is MatMul, product.site.mayBe(.float, 0), product.operands.count == 2,
      case .input(let position) = product.operands[0], product.operands[1] == .link(0),
      let hasZeroPoint = site.isGiven.map({ $0.count > 2 && $0[2] }),
      !hasZeroPoint || site.constant(2) != nil,
      let B = QuantizedMatrix(node, x: x, scale: scale, zeroPoint: site.constant(2)),
      let followers = Self.behindProduct(links.dropFirst()),
      let whole = PackedProduct("matmul.quantized", B, at: position).followed(by: followers)
    else { return nil }
    self = whole
  }

  /// The links behind the product, which for them is the first value; nil where one reads the matrix.
  private static func behindProduct(_ links: ArraySlice<ChainLink>) -> [ChainLink]? {
    guard !links.contains(where: { $0.operands.contains(.link(0)) }) else { return nil }
    return links.map { link in
      let operands = link.operands.map { operand -> ChainLink.Operand in
        if case .link(let index) = operand { .link(index - 1) } else { operand }
      }
      return ChainLink(link.definition, operands, site: link.site)
    }
  }
}
