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
  private let cellBlock: Int

  /// Multiplications of one chunk at most: some milliseconds.
  private static let longestChunk = 1 << 26
  /// Chunks that a plane makes at least: blocks of few cells share them with parts of the filters, each of which packs
  /// the cells again.
  private static let fewestChunks = 4

  init(_ geometry: ConvGeometry) {
    self.geometry = geometry
    shapes = geometry.shapes
    (m, k) = (shapes.filters / shapes.group, geometry.taps.count)
    let blocks = (geometry.outputCells + VectorKernels.convolutionCells - 1) / VectorKernels.convolutionCells
    cellBlock = (geometry.outputCells + 16 * blocks - 1) / (16 * blocks) * 16
  }

  func run(
    _ x: UnsafePointer<Float>, _ filters: Storage, into y: UnsafeMutablePointer<Float>, _ finish: ConvFinish,
    _ context: KernelContext
  ) throws {
    let channels = shapes.group * shapes.groupChannels
    let (inputPlane, plane) = (shapes.axes.map(\.input).product, geometry.padded.product)
    let copy = geometry.needsCopy ? Storage(byteCount: channels * plane * MemoryLayout<Float>.stride) : nil
    for n in 0..<shapes.batch {
      var image = x + n * channels * inputPlane
      if let copy {
        let target = copy.base.assumingMemoryBound(to: Float.self)
        context.forEachRow(channels, length: plane) { channel in
          geometry.pad(image + channel * inputPlane, into: target + channel * plane)
        }
        image = UnsafePointer(target)
      }
      try withExtendedLifetime(filters) {
        let weights = UnsafePointer(filters.base.assumingMemoryBound(to: Float.self))
        let groups = (0..<shapes.group).map { group in
          Group(
            x: image + group * shapes.groupChannels * plane,
            filters: weights + group * PreparedFilters.count(m, k),
            channel: n * shapes.filters + group * m, y: y)
        }
        try convolve(groups, finish, context)
      }
    }
  }

  /// One group of one image.
  private struct Group: @unchecked Sendable {
    let x: UnsafePointer<Float>
    let filters: UnsafePointer<Float>
    /// Its first channel, of all images.
    let channel: Int
    let y: UnsafeMutablePointer<Float>
  }

  /// Block by block of cells, each with all filters, or as many as take some milliseconds.
  private func convolve(_ groups: [Group], _ finish: ConvFinish, _ context: KernelContext) throws {
    let (cells, own) = (geometry.outputCells, Self.scratchCount(k))
    let cellBlocks = (cells + cellBlock - 1) / cellBlock
    let parts = max(
      1, m * min(cellBlock, cells) * k / Self.longestChunk, Self.fewestChunks / (cellBlocks * groups.count))
    let filterBlock = max(48, (m + 6 * parts - 1) / (6 * parts) * 6)
    let filterBlocks = (m + filterBlock - 1) / filterBlock
    let chunks = groups.count * filterBlocks * cellBlocks
    try context.forEachChunk(chunks, scratch: own + finish.scratchCount) { chunk, scratch in
      let (group, part) = (groups[chunk / (filterBlocks * cellBlocks)], chunk % (filterBlocks * cellBlocks))
      let (first, start) = (part / cellBlocks * filterBlock, part % cellBlocks * cellBlock)
      let (last, block) = (min(first + filterBlock, m), start..<min(start + cellBlock, cells))
      geometry.withTables { taps, positions in
        Self.convolve(
          m, k, group.filters, first, last, group.x, taps, positions + start, block.count,
          group.y + group.channel * cells + start, cells, finish.tile(group.channel, start), scratch)
      }
      for channel in (group.channel + first)..<(group.channel + last) {
        finish.finish(channel, block, group.y + channel * cells + start, scratch: scratch + own)
      }
    }
  }

  private static let scratchCount = variant(
    VectorKernels.convolutionScratchCount(k:), avx2: Avx2Kernels.convolutionScratchCount(k:))
  private static let convolve = variant(
    VectorKernels.convolveCells(m:k:_:first:last:_:taps:cells:count:into:stride:finish:scratch:),
    avx2: Avx2Kernels.convolveCells(m:k:_:first:last:_:taps:cells:count:into:stride:finish:scratch:))
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
    // Channels of one chunk share the zeros around them; a few chunks for each thread keep all busy.
    let together = max(min(4, inputs / 16), (1 << 13) / (finish.cells * filters), 1)
    try MemoryLimit.check(channel.planesCount, times: MemoryLayout<Float>.stride, of: "cells of planes")
    let chunks = (inputs + together - 1) / together
    try context.forEachChunk(chunks, scratch: channel.planesCount + finish.scratchCount) { chunk, planes in
      planes.update(repeating: 0, count: channel.planesCount)
      for input in (chunk * together)..<min((chunk + 1) * together, inputs) {
        guard context.goesOn() else { return }
        channel.fillPlanes(x + input * channel.rows.input * channel.columns.input, planes)
        for filter in 0..<filters {
          convolve(input * filters + filter, w, planes, y, finish)
        }
      }
    }
  }

  /// - Parameter output: the channel of the output, of all images.
  private func convolve(
    _ output: Int, _ w: UnsafePointer<Float>, _ planes: UnsafeMutablePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ finish: ConvFinish
  ) {
    let (target, filter) = (y + output * finish.cells, output % shapes.filters)
    let own = (
      weights: w + filter * channel.taps.count, count: channel.taps.count,
      shift: finish.shift.map { $0[filter] } ?? -0.0, low: finish.low, high: finish.high
    )
    channel.taps.withUnsafeBufferPointer { taps in
      guard let taps = taps.baseAddress else { return }
      Self.convolve(
        planes, taps, channel.planeColumns, own, target, channel.outputRows, channel.outputColumns)
    }
    finish.finish(output, 0..<finish.cells, target, scratch: planes + channel.planesCount)
  }

  private static let convolve = variant(
    VectorKernels.convolveChannel(_:taps:pitch:_:into:rows:columns:),
    avx2: Avx2Kernels.convolveChannel(_:taps:pitch:_:into:rows:columns:))
}
