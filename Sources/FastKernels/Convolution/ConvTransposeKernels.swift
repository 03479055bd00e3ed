import Avx2Kernels
import Execution
import OperatorSet
import TensorCore
import VectorKernels

/// Transposed convolution of float tensors with one or two spatial axes: a matrix product gives what every input cell
/// adds to the output cells around it.
enum ConvTransposeKernels {
  static let all = [Kernel("convtranspose.float", for: ConvTranspose.self, convolve)]

  private static func convolve(_ conv: ConvTranspose, _ inputs: Inputs<Value>, _ context: KernelContext)
    throws
    -> [Value]?
  {
    let (X, W, B) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.optionalTensor(2))
    guard X.elementType == .float, W.elementType == .float, X.rank == 3 || X.rank == 4, W.rank == X.rank,
      X.count > 0, W.count > 0, X.shape[1] == W.shape[0], X.shape[1] % conv.group == 0
    else { return nil }
    let kernel = Array(W.shape.dropFirst(2))
    guard conv.window.kernelShape.map({ $0 == kernel }) ?? true else { return nil }
    var axes = try conv.axes(input: Array(X.shape.dropFirst(2)), kernel: kernel)
    let (filters, overflows) = W.shape[1].multipliedReportingOverflow(by: conv.group)
    guard !overflows else { return nil }
    let shape = [X.shape[0], filters] + (try axes.map { try $0.checkedOutput() })
    let count = try elementCount(shape)
    guard count > 0, B.map({ $0.elementType == .float && $0.shape == [filters] }) ?? true else { return nil }
    if axes.count == 1 {
      let unit = WindowAxis(
        input: 1, kernel: 1, stride: 1, dilation: 1, pads: (0, 0), autoPad: .notSet, roundsUp: false)
      axes.insert(try TransposedAxis(unit, padding: 0, output: nil, conv), at: 0)
    }
    let plane = SpreadPlane(axes, channels: X.shape[1] / conv.group, filters: W.shape[1])
    guard let scratchCount = plane.scratchCount else { return nil }
    let bias = B?.doubles().map { Float($0) } ?? [Float](repeating: 0, count: filters)
    let storage = Storage(byteCount: count * MemoryLayout<Float>.stride)
    let y = storage.base.assumingMemoryBound(to: Float.self)
    let parts = plane.parts * conv.group
    try X.withFloats { x in
      try W.withFloats { w in
        try context.forEachChunk(X.shape[0] * parts, scratch: scratchCount) { chunk, scratch in
          let (n, group) = (chunk / parts, chunk % parts / plane.parts)
          let filters = plane.filters(chunk % plane.parts)
          let first = (n * conv.group + group) * plane.allFilters + filters.lowerBound
          let target = y + first * plane.outputCells
          for m in 0..<filters.count {
            let value = bias[group * plane.allFilters + filters.lowerBound + m]
            (target + m * plane.outputCells).update(repeating: value, count: plane.outputCells)
          }
          plane.spread(
            x + (n * conv.group + group) * plane.channels * plane.inputCells,
            w + (group * plane.channels * plane.allFilters + filters.lowerBound) * plane.kernelCells,
            filters.count, into: target, scratch, context)
        }
      }
    }
    return [.tensor(Tensor(.float, shape: shape, storage: storage))]
  }
}

/// A transposed convolution of one group, seen in two dimensions; one-dimensional ones have a height of 1.
private struct SpreadPlane: Sendable {
  private let height: TransposedAxis
  private let width: TransposedAxis
  let channels: Int
  let allFilters: Int
  /// Rows of the input that are multiplied at a time.
  private let rows: Int

  /// Rows of a product: filters times cells of the kernel.
  private static let worthwhileRows = 120
  /// Floats of a product.
  private static let productFloats = 1 << 18

  init(_ axes: [TransposedAxis], channels: Int, filters: Int) {
    (height, width) = (axes[0], axes[1])
    (self.channels, allFilters) = (channels, filters)
    let rowFloats = Self.filtersOfPart(filters, height.kernel * width.kernel) * height.kernel * width.kernel
    rows = max(1, min(height.input, Self.productFloats / max(1, rowFloats) / width.input))
  }

  private static func filtersOfPart(_ filters: Int, _ cells: Int) -> Int {
    min(filters, max(1, worthwhileRows / cells))
  }

  var inputCells: Int { height.input * width.input }
  var outputCells: Int { height.output * width.output }
  var kernelCells: Int { height.kernel * width.kernel }
  private var filtersOfPart: Int { Self.filtersOfPart(allFilters, kernelCells) }
  var parts: Int { (allFilters + filtersOfPart - 1) / filtersOfPart }

  func filters(_ part: Int) -> Range<Int> {
    (part * filtersOfPart)..<min((part + 1) * filtersOfPart, allFilters)
  }

  /// The floats of the largest product; nil where they are beyond all reason.
  var scratchCount: Int? {
    let (count, overflows) = (filtersOfPart * kernelCells).multipliedReportingOverflow(by: rows * width.input)
    return overflows || count > 1 << 26 ? nil : count
  }

  /// Adds what the input gives to some filters.
  func spread(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ filters: Int,
    into y: UnsafeMutablePointer<Float>, _ products: UnsafeMutablePointer<Float>, _ context: KernelContext
  ) {
    for first in stride(from: 0, to: height.input, by: rows) {
      guard context.goesOn() else { return }
      let rows = first..<min(first + rows, height.input)
      let cells = rows.count * width.input
      BLAS.multiply(
        m: filters * kernelCells, n: cells, k: channels,
        .init(elements: w, stride: allFilters * kernelCells, isTransposed: true),
        .init(elements: x + first * width.input, stride: inputCells), into: products, stride: cells, context)
      for m in 0..<filters {
        add(products + m * kernelCells * cells, rows, to: y + m * outputCells)
      }
    }
  }

  /// Adds the products of one filter, [kernel cell][input cell].
  private func add(_ products: UnsafePointer<Float>, _ rows: Range<Int>, to y: UnsafeMutablePointer<Float>) {
    var product = products
    for kh in 0..<height.kernel {
      for kw in 0..<width.kernel {
        let columns = width.inside(kw)
        for row in rows {
          let oh = height.outputCell(row, kh)
          if oh >= 0 && oh < height.output && !columns.isEmpty {
            let start = oh * width.output + width.outputCell(columns.lowerBound, kw)
            Self.addSpread(
              product + columns.lowerBound, y + start, columns.count, width.stride, outputCells - start)
          }
          product += width.input
        }
      }
    }
  }

  private static let addSpread = variant(
    VectorKernels.addSpread(_:_:_:stride:room:), avx2: Avx2Kernels.addSpread(_:_:_:stride:room:))
}

extension TransposedAxis {
  /// The cell of the output that an input cell reaches by a kernel cell; it may lie outside.
  fileprivate func outputCell(_ i: Int, _ k: Int) -> Int { i * stride + k * dilation - padBegin }

  /// The input cells whose products with kernel cell `k` lie on the output.
  fileprivate func inside(_ k: Int) -> Range<Int> {
    let start = outputCell(0, k)
    let first = start >= 0 ? 0 : (stride - 1 - start) / stride
    let last = start >= output ? 0 : (output - 1 - start) / stride + 1
    return first..<max(first, min(input, last))
  }
}
