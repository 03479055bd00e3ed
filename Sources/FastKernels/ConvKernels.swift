import Execution
import OperatorSet
import TensorCore

/// Convolution of float tensors with one or two spatial axes, as matrix products: the input cells under each output
/// cell become a column (im2col), the filters are rows.
enum ConvKernels {
  static let all = [Kernel("conv.float", for: Conv.self, convolve)]

  /// Floats of scratch for the columns of one product: large enough to keep OpenBLAS busy, small enough for L2 and L3.
  private static let scratchFloats = 1 << 20

  private static func convolve(_ conv: Conv, _ inputs: Inputs<Value>, _ context: KernelContext) throws
    -> [Value]?
  {
    let (X, W) = (try inputs.tensor(0), try inputs.tensor(1))
    guard X.elementType == .float, X.rank == 3 || X.rank == 4 else { return nil }
    let shapes = try conv.shapes(X: X.shape, W: W.shape)
    let B = try inputs.optionalTensor(2)
    guard !shapes.output.contains(0), W.count > 0, B.map({ $0.shape == [shapes.filters] }) ?? true else {
      return nil
    }
    let plane = Plane(shapes)
    let output = X.withFloats { x in
      W.withFloats { w in
        Tensor(floatShape: shapes.output) { y in
          let (x, w, y) = (Shared(x), Shared(w), Shared(y))
          context.forEachChunk(shapes.batch * shapes.group) { chunk in
            plane.convolveGroup(chunk, x: x.pointer, w: w.pointer, y: y.pointer, context)
          }
          if let B { plane.addBias(B, to: y.pointer) }
        }
      }
    }
    return [.tensor(output)]
  }

  /// A convolution seen in two dimensions; one-dimensional ones have a height of 1.
  private struct Plane: Sendable {
    let shapes: ConvShapes
    let height: WindowAxis
    let width: WindowAxis
    let outHeight: Int
    let outWidth: Int

    init(_ shapes: ConvShapes) {
      self.shapes = shapes
      let unit = WindowAxis(
        input: 1, kernel: 1, stride: 1, dilation: 1, pads: (0, 0), autoPad: .notSet, roundsUp: false)
      let isPlanar = shapes.axes.count == 2
      height = isPlanar ? shapes.axes[0] : unit
      width = shapes.axes[shapes.axes.count - 1]
      outHeight = isPlanar ? shapes.outputExtents[0] : 1
      outWidth = shapes.outputExtents[shapes.outputExtents.count - 1]
    }

    private var inputCells: Int { height.input * width.input }
    private var outputCells: Int { outHeight * outWidth }
    private var groupFilters: Int { shapes.filters / shapes.group }
    /// Rows of the column matrix: one for each weight of a filter.
    private var depth: Int { shapes.groupChannels * height.kernel * width.kernel }

    /// A 1×1 kernel that visits every cell reads the input as it lies.
    private var isPointwise: Bool {
      [height, width].allSatisfy { $0.kernel == 1 && $0.stride == 1 && $0.padBegin == 0 && $0.padEnd == 0 }
    }

    /// The output channels of one group of one image; `chunk` counts groups through all images.
    func convolveGroup(
      _ chunk: Int, x: UnsafePointer<Float>, w: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>,
      _ context: KernelContext
    ) {
      let input = x + chunk * shapes.groupChannels * inputCells
      let filters = w + chunk % shapes.group * groupFilters * depth
      let output = y + chunk * groupFilters * outputCells
      if isPointwise {
        multiply(filters, input, stride: inputCells, count: outputCells, into: output, context)
      } else if shapes.groupChannels == 1 && groupFilters == 1 {
        convolveDepthwise(input, filters, output, context)
      } else {
        convolveByColumns(input, filters, output, context)
      }
    }

    private func multiply(
      _ filters: UnsafePointer<Float>, _ columns: UnsafePointer<Float>, stride: Int, count: Int,
      into output: UnsafeMutablePointer<Float>, _ context: KernelContext
    ) {
      BLAS.multiply(
        m: groupFilters, n: count, k: depth, .init(elements: filters, stride: depth),
        .init(elements: columns, stride: stride), into: output, stride: outputCells, context)
    }

    private func convolveByColumns(
      _ input: UnsafePointer<Float>, _ filters: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>,
      _ context: KernelContext
    ) {
      // Whole rows, as many as fit; of a row that does not fit, as many cells as do.
      let rows = max(1, min(outHeight, scratchFloats / (depth * outWidth)))
      let cells = max(1, min(outWidth, scratchFloats / depth))
      let columns = UnsafeMutablePointer<Float>.allocate(capacity: depth * rows * cells)
      defer { columns.deallocate() }
      for row in stride(from: 0, to: outHeight, by: rows) {
        let rows = row..<min(row + rows, outHeight)
        for cell in stride(from: 0, to: outWidth, by: cells) {
          guard context.goesOn() else { return }
          let cells = cell..<min(cell + cells, outWidth)
          let count = rows.count * cells.count
          fillColumns(columns, from: input, rows, cells)
          multiply(
            filters, columns, stride: count, count: count, into: output + row * outWidth + cell,
            context)
        }
      }
    }

    /// columns[c, kh, kw][oh, ow] = X[c, oh·stride + kh·dilation − pad, …], 0 in the padding.
    private func fillColumns(
      _ columns: UnsafeMutablePointer<Float>, from input: UnsafePointer<Float>, _ rows: Range<Int>,
      _ cells: Range<Int>
    ) {
      var column = columns
      for c in 0..<shapes.groupChannels {
        let channel = input + c * inputCells
        for kh in 0..<height.kernel {
          for kw in 0..<width.kernel {
            for oh in rows {
              let h = height.inputCell(oh, kh)
              if h >= 0 && h < height.input {
                fillRow(column, from: channel + h * width.input, kw, cells)
              } else {
                column.update(repeating: 0, count: cells.count)
              }
              column += cells.count
            }
          }
        }
      }
    }

    private func fillRow(
      _ target: UnsafeMutablePointer<Float>, from row: UnsafePointer<Float>, _ kw: Int, _ cells: Range<Int>
    ) {
      let inside = cellsInside(kw).clamped(to: cells)
      let before = inside.lowerBound - cells.lowerBound
      target.update(repeating: 0, count: before)
      let source = row + width.inputCell(inside.lowerBound, kw)
      if width.stride == 1 {
        (target + before).update(from: source, count: inside.count)
      } else {
        for i in 0..<inside.count { target[before &+ i] = source[i &* width.stride] }
      }
      (target + before + inside.count).update(repeating: 0, count: cells.upperBound - inside.upperBound)
    }

    /// The output columns whose input cell under kernel column `kw` is no padding.
    private func cellsInside(_ kw: Int) -> Range<Int> {
      let shift = width.padBegin - kw * width.dilation
      let first = shift <= 0 ? 0 : min(outWidth, (shift + width.stride - 1) / width.stride)
      let room = width.input - 1 + shift
      let last = room < 0 ? 0 : min(outWidth, room / width.stride + 1)
      return first..<max(first, last)
    }

    /// One filter over one channel: a sum of shifted rows.
    private func convolveDepthwise(
      _ input: UnsafePointer<Float>, _ filter: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>,
      _ context: KernelContext
    ) {
      var pace = context.pace
      for oh in 0..<outHeight {
        let row = output + oh * outWidth
        row.update(repeating: 0, count: outWidth)
        for kh in 0..<height.kernel {
          let h = height.inputCell(oh, kh)
          guard h >= 0, h < height.input else { continue }
          guard pace.goesOn(width.kernel * outWidth) else { return }
          for kw in 0..<width.kernel {
            let weight = filter[kh * width.kernel + kw]
            let inside = cellsInside(kw)
            let source = input + h * width.input + width.inputCell(inside.lowerBound, kw)
            let target = row + inside.lowerBound
            for i in 0..<inside.count { target[i] += weight * source[i &* width.stride] }
          }
        }
      }
    }

    func addBias(_ B: Tensor, to y: UnsafeMutablePointer<Float>) {
      B.withFloats { b in
        for channel in 0..<(shapes.batch * shapes.filters) {
          let bias = b[channel % shapes.filters]
          let row = y + channel * outputCells
          for i in 0..<outputCells { row[i] += bias }
        }
      }
    }
  }
}
