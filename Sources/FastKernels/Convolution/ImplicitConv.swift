import Avx2Kernels
import Execution
import OperatorSet
import TensorCore
import VectorKernels

/// Convolution as a product of filters and the cells under them, whose matrix is never made as a whole.
struct ImplicitConv {
  private let geometry: ConvGeometry
  private let shapes: ConvShapes
  /// Filters of one group, and weights of one filter.
  private let m: Int
  private let k: Int
  /// Filters that are computed at a time.
  private let filterBlock: Int
  private let cellBlock: Int

  /// Multiplications of one chunk at most: some milliseconds.
  private static let longestChunk = 1 << 26

  init(_ geometry: ConvGeometry) {
    self.geometry = geometry
    shapes = geometry.shapes
    (m, k) = (shapes.filters / shapes.group, geometry.taps.count)
    let blocks = (geometry.outputCells + VectorKernels.convolutionCells - 1) / VectorKernels.convolutionCells
    cellBlock = (geometry.outputCells + 16 * blocks - 1) / (16 * blocks) * 16
    // Few blocks of cells make too few chunks, so that filters are divided too.
    let parts = max(
      1, 8 / (blocks * shapes.group), m * min(cellBlock, geometry.outputCells) * k / Self.longestChunk)
    filterBlock = max(48, (m + 6 * parts - 1) / (6 * parts) * 6)
  }

  func run(
    _ x: UnsafePointer<Float>, _ filters: Storage, into y: UnsafeMutablePointer<Float>, _ finish: ConvFinish,
    _ context: KernelContext
  ) throws {
    let channels = shapes.group * shapes.groupChannels
    let (inputPlane, plane) = (shapes.axes.map(\.input).product, geometry.padded.product)
    let copy = geometry.needsCopy ? Storage(byteCount: channels * plane * MemoryLayout<Float>.stride) : nil
    for n in 0..<shapes.batch {
      let image = x + n * channels * inputPlane
      guard let copy else {
        try convolveImage(n, image, plane, filters, y, finish, context)
        continue
      }
      let target = copy.base.assumingMemoryBound(to: Float.self)
      context.forEachRow(channels, length: plane) { channel in
        geometry.pad(image + channel * inputPlane, into: target + channel * plane)
      }
      try convolveImage(n, target, plane, filters, y, finish, context)
    }
  }

  private func convolveImage(
    _ n: Int, _ x: UnsafePointer<Float>, _ plane: Int, _ filters: Storage, _ y: UnsafeMutablePointer<Float>,
    _ finish: ConvFinish, _ context: KernelContext
  ) throws {
    let cells = geometry.outputCells
    let (cellBlocks, filterBlocks) = (
      (cells + cellBlock - 1) / cellBlock, (m + filterBlock - 1) / filterBlock
    )
    let packed = filters.base.assumingMemoryBound(to: Float.self)
    let chunks = shapes.group * filterBlocks * cellBlocks
    try context.forEachChunk(chunks, scratch: Self.scratchCount(k)) { chunk, scratch in
      let (group, part) = (chunk / (filterBlocks * cellBlocks), chunk % (filterBlocks * cellBlocks))
      let first = part / cellBlocks * filterBlock
      let block = (part % cellBlocks * cellBlock)..<min((part % cellBlocks + 1) * cellBlock, cells)
      let last = min(first + filterBlock, m)
      let channel = n * shapes.filters + group * m
      geometry.taps.withUnsafeBufferPointer { taps in
        geometry.cells.withUnsafeBufferPointer { positions in
          guard let taps = taps.baseAddress, let positions = positions.baseAddress else { return }
          Self.convolve(
            m, k, packed + group * PreparedFilters.count(m, k), first, last,
            x + group * shapes.groupChannels * plane, taps, positions + block.lowerBound, block.count,
            y + channel * cells + block.lowerBound, cells, scratch)
        }
      }
      for filter in first..<last {
        finish.finish(channel + filter, block, y + (channel + filter) * cells + block.lowerBound)
      }
    }
  }

  private static let scratchCount = variant(
    VectorKernels.convolutionScratchCount(k:), avx2: Avx2Kernels.convolutionScratchCount(k:))
  private static let convolve = variant(
    VectorKernels.convolveCells(m:k:_:first:last:_:taps:cells:count:into:stride:scratch:),
    avx2: Avx2Kernels.convolveCells(m:k:_:first:last:_:taps:cells:count:into:stride:scratch:))
}

/// Convolution where each filter sees one channel: a sum of shifted planes.
struct DepthwiseConv {
  private let channel: ChannelGeometry
  private let shapes: ConvShapes

  init(_ channel: ChannelGeometry, _ shapes: ConvShapes) {
    self.channel = channel
    self.shapes = shapes
  }

  func run(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    _ finish: ConvFinish, _ context: KernelContext
  ) throws {
    let (inputs, filters) = (shapes.batch * shapes.group, shapes.filters / shapes.group)
    let together = max(1, (1 << 13) / (channel.flatCount * filters))
    let flat = channel.flatCount + 8
    try MemoryLimit.check(
      channel.planesCount + flat, times: MemoryLayout<Float>.stride, of: "cells of planes")
    try context.forEachChunk((inputs + together - 1) / together, scratch: channel.planesCount + flat) {
      chunk, scratch in
      for input in (chunk * together)..<min((chunk + 1) * together, inputs) {
        guard context.goesOn() else { return }
        channel.fillPlanes(x + input * channel.rows.input * channel.columns.input, scratch)
        for filter in 0..<filters {
          convolve(input, filter, w, scratch, scratch + channel.planesCount, y, finish)
        }
      }
    }
  }

  private func convolve(
    _ input: Int, _ filter: Int, _ w: UnsafePointer<Float>, _ planes: UnsafePointer<Float>,
    _ flat: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ finish: ConvFinish
  ) {
    let taps = channel.taps.count
    let weights = w + (input % shapes.group * (shapes.filters / shapes.group) + filter) * taps
    channel.taps.withUnsafeBufferPointer { positions in
      guard let positions = positions.baseAddress else { return }
      Self.convolve(planes, positions, weights, taps, flat, channel.flatCount)
    }
    let output = input * (shapes.filters / shapes.group) + filter
    let target = y + output * finish.cells
    for row in 0..<channel.outputRows {
      (target + row * channel.outputColumns).update(
        from: flat + row * channel.planeColumns, count: channel.outputColumns)
    }
    finish.finish(output, 0..<finish.cells, target)
  }

  private static let convolve = variant(
    VectorKernels.convolveChannel(_:taps:weights:tapCount:into:count:),
    avx2: Avx2Kernels.convolveChannel(_:taps:weights:tapCount:into:count:))
}
