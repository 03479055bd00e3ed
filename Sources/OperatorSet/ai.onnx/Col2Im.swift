import GraphIR
import TensorCore

/// # Col2Im
///
/// Puts columns of blocks back into an image; where blocks overlap, they are added.
///
///     output[n, c, l·stride + k·dilation − pad] += input[n, (c, k), l]      k in a block, l over the blocks
///
/// - Inputs: `input` (T): [N, C·Π block, L], the blocks in row-major order. `image_shape` (tensor(int64)):
///   the spatial extents of the result. `block_shape` (tensor(int64)): those of a block.
/// - Outputs: `output` (T): [N, C, image…].
/// - Attributes: `strides`, `dilations`: by default 1. `pads`: cells around the image, at the begin of each
///   axis, then at the end of each; by default 0. What falls into them is dropped.
/// - Types: T is any tensor.
/// - Errors: blocks of strings that overlap, since strings cannot be added; a number of blocks or channels
///   that does not fit; lists of the wrong length.
/// - Versions: 18.
/// - Source: onnx/defs/nn/defs.cc; PyTorch's fold.
/// - Notes: TSN-0036 (sums are taken in a wider type and rounded once), TSN-0052 (strings).
struct Col2Im: Operator {
  private static let version18 = OperatorVersion(
    since: 18,
    inputs: [
      .single("input", "T"), .single("image_shape", "tensor(int64)"), .single("block_shape", "tensor(int64)"),
    ],
    outputs: [.single("output", "T")],
    attributes: [.optional("dilations", .ints), .optional("pads", .ints), .optional("strides", .ints)],
    types: ["T": .allTensors(ir: 4)])
  static let schema = OperatorSchema("Col2Im", versions: [version18])

  var rounding: Rounding { .sumOfProducts }

  let window: WindowAttributes

  init(_ node: NodeAttributes) throws { window = try WindowAttributes(node) }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (input, image, block) = (try inputs.required(0), try inputs.required(1), try inputs.required(2))
    guard let type = input.elementType else { return [.unknown] }
    let counts = [image, block].compactMap(\.listCount)
    if counts.contains(0) || Set(counts).count > 1 {
      throw OperatorError(
        .invalidShape, "image_shape and block_shape must have as many elements, and some, but have \(counts)")
    }
    let length = image.listCount ?? block.listCount ?? window.axisCount
    guard let extents = image.elements ?? length.flatMap(unknownDims) else {
      return [.tensor(type, nil)]
    }
    let size = try block.integers.map { try elementCount($0) }
    var channels = Dim.unknown
    if let size, size > 0, let dims = input.dims, dims.count == 3 {
      channels = try exactQuotient(dims[1], size, name: "input.shape[1]")
    }
    return [.tensor(type, try [input.dims?.first ?? .unknown, channels] + checkedExtents(extents))]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (input, image, block) = (
      try inputs.tensor(0), try inputs.tensor(1).ints(), try inputs.tensor(2).ints()
    )
    let blocks = try blocks(input, image: image, block: block)
    let shape = [input.shape[0], blocks.channels] + image
    let count = try elementCount(shape)
    let (sources, targets) = try blocks.moves()
    if input.elementType.arithmetic == .text {
      return [.tensor(try moveTexts(input, shape: shape, count: count, sources: sources, targets: targets))]
    }
    if input.elementType.arithmetic == .complex {
      let x = input.complexes()
      var y = [Complex](repeating: Complex(0, 0), count: count)
      try zip(sources, targets).forEach(spending: 1) { source, target in
        y[target].real += x[source].real
        y[target].imaginary += x[source].imaginary
      }
      return [.tensor(Tensor(input.elementType, shape: shape, complex: y))]
    }
    let sums = AddMoved(input: input, shape: shape, count: count, sources: sources, targets: targets)
    return [.tensor(try input.elementType.inWideNumbers(sums))]
  }

  /// Strings move, but cannot be added: no two blocks may overlap (TSN-0052).
  private func moveTexts(_ input: Tensor, shape: [Int], count: Int, sources: [Int], targets: [Int]) throws
    -> Tensor
  {
    guard Set(targets).count == targets.count else {
      throw OperatorError(.invalidType, "blocks of strings overlap, but strings cannot be added")
    }
    let texts = input.strings
    var y = [String](repeating: "", count: count)
    for (source, target) in zip(sources, targets) { y[target] = texts[source] }
    return Tensor(strings: y, shape: shape)
  }

  /// All extents, checked against each other.
  func blocks(_ input: Tensor, image: [Int], block: [Int]) throws -> ImageBlocks {
    guard input.rank == 3, image.count == block.count, !image.isEmpty,
      block.allSatisfy({ $0 > 0 && $0 < 1 << 31 }),
      image.allSatisfy({ $0 >= 0 && $0 < 1 << 40 })
    else {
      throw OperatorError(
        .invalidShape,
        "input of shape \(input.shape) with image_shape \(image) and block_shape \(block) must be "
          + "[N, C·Π block, L], an image and a block of the same rank")
    }
    let axes = try window.axes(input: image, kernel: block)
    let counts = try axes.map { try $0.outputCount() }
    let size = try elementCount(block)
    guard size > 0, input.shape[1] % size == 0, try elementCount(counts) == input.shape[2] else {
      throw OperatorError(
        .invalidShape,
        "input has shape \(input.shape), but \(counts) blocks of \(size) elements need "
          + "[N, C·\(size), \(counts.reduce(1, &*))]")
    }
    return ImageBlocks(
      images: input.shape[0], channels: input.shape[1] / size, image: image, block: block, counts: counts,
      axes: axes)
  }
}

/// The blocks that an image is made of.
struct ImageBlocks {
  let images: Int
  let channels: Int
  let image: [Int]
  let block: [Int]
  let counts: [Int]
  let axes: [WindowAxis]

  /// Each element's flat position in the columns, and its target in the image, without those in the padding.
  func moves() throws -> (sources: [Int], targets: [Int]) {
    var sources: [Int] = []
    var targets: [Int] = []
    let strides = rowMajorStrides(image)
    let cells = image.product
    var source = 0
    for plane in 0..<(images * channels) {
      try forEachIndex(block) { k in
        try forEachIndex(counts) { l in
          var target = plane * cells
          var isInside = true
          for axis in image.indices {
            let cell = axes[axis].inputCell(l[axis], k[axis])
            isInside = isInside && cell >= 0 && cell < image[axis]
            if isInside { target += cell * strides[axis] }
          }
          if isInside {
            sources.append(source)
            targets.append(target)
          }
          source += 1
        }
      }
    }
    return (sources, targets)
  }
}

private struct AddMoved: WideBody {
  let input: Tensor
  let shape: [Int]
  let count: Int
  let sources: [Int]
  let targets: [Int]
  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    let x = W.elements(of: input)
    var y = [W](repeating: W.zero, count: count)
    try zip(sources, targets).forEach(spending: 1) { source, target in
      y[target] = y[target] &+ x[source]
    }
    return Tensor(input.elementType, shape: shape, wide: y)
  }
}
