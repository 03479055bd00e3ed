import GraphIR
import TensorCore

/// How a window slides over the spatial axes of a tensor: what Conv, ConvTranspose and the poolings share.
///
/// Output cell o covers, for each kernel cell k, the input cell o·stride + k·dilation − pad; cells outside
/// the input are padding.
package struct WindowAttributes: Sendable {
  package enum AutoPad: String, CaseIterable, Sendable {
    case notSet = "NOTSET"
    case sameUpper = "SAME_UPPER"
    case sameLower = "SAME_LOWER"
    case valid = "VALID"
  }

  package let kernelShape: [Int]?
  package let strides: [Int]?
  package let dilations: [Int]?
  package let pads: [Int]?
  package let autoPad: AutoPad
  /// Whether a last, partial window counts (`ceil_mode`).
  package let roundsUp: Bool
  /// Whether SAME takes cells away where strides skip them, as the formula of the poolings has it (TSN-0053).
  package var trimsForSame: Bool

  package init(_ node: NodeAttributes, trimsForSame: Bool = false) throws {
    self.trimsForSame = trimsForSame
    kernelShape = node.optionalInts("kernel_shape")
    strides = node.optionalInts("strides")
    dilations = node.optionalInts("dilations")
    pads = node.optionalInts("pads")
    // Some old versions declare no default; the text gives NOTSET.
    autoPad = node.has("auto_pad") ? try node.choice("auto_pad") : .notSet
    roundsUp = node.optionalInt("ceil_mode") == 1
    try requirePositive(kernelShape, "kernel_shape")
    try requirePositive(strides, "strides")
    try requirePositive(dilations, "dilations")
  }

  /// The number of spatial axes, where an attribute tells.
  package var axisCount: Int? {
    kernelShape?.count ?? strides?.count ?? dilations?.count ?? pads.map { $0.count / 2 }
  }

  private func requirePositive(_ numbers: [Int]?, _ name: String) throws {
    if let numbers, let bad = numbers.first(where: { $0 < 1 || $0 > 1 << 31 }) {
      throw OperatorError(
        .invalidAttribute, "\(name) \(numbers) holds \(bad), but must be positive 32-bit numbers")
    }
  }

  /// The window for one spatial axis each, once the sizes of input and kernel are known.
  package func axes(input: [Int], kernel: [Int]) throws -> [WindowAxis] {
    let rank = input.count
    let strides = try perAxis(self.strides, rank, "strides", default: 1)
    let dilations = try perAxis(self.dilations, rank, "dilations", default: 1)
    let pads = try perAxis(self.pads, 2 * rank, "pads", default: 0)
    guard kernel.count == rank else {
      throw OperatorError(
        .invalidShape, "the kernel \(kernel) has \(kernel.count) axes, but the input has \(rank)")
    }
    if let bad = pads.first(where: { $0.magnitude > 1 << 31 }) {
      throw OperatorError(.invalidAttribute, "pads \(pads) holds \(bad), over 32 bits")
    }
    if let bad = (input + kernel).first(where: { $0 > 1 << 31 }) {
      throw OperatorError(.invalidShape, "input \(input) or kernel \(kernel) holds \(bad), over 32 bits")
    }
    return (0..<rank).map { axis in
      WindowAxis(
        input: input[axis], kernel: kernel[axis], stride: strides[axis], dilation: dilations[axis],
        pads: (pads[axis], pads[axis + rank]), autoPad: autoPad, roundsUp: roundsUp,
        trimsForSame: trimsForSame)
    }
  }

  private func perAxis(_ given: [Int]?, _ count: Int, _ name: String, default: Int) throws -> [Int] {
    guard let given else { return [Int](repeating: `default`, count: count) }
    guard given.count == count else {
      throw OperatorError(
        .invalidAttribute, "\(name) \(given) has \(given.count) numbers, but \(count) are needed")
    }
    return given
  }

  /// The dims of the output's spatial axes: as numbers where input and kernel are known, else unknown.
  package func outputDims(input: [Dim], kernel: [Dim]) throws -> [Dim] {
    guard input.count == kernel.count else {
      throw OperatorError(
        .invalidShape, "the kernel has \(kernel.count) axes, but the input has \(input.count)")
    }
    // Axes do not depend on each other, so an unknown one may be computed as any number and then forgotten.
    let axes = try axes(input: input.map { $0.number ?? 1 }, kernel: kernel.map { $0.number ?? 1 })
    return try axes.indices.map { axis in
      guard input[axis].number != nil, kernel[axis].number != nil else { return .unknown }
      return .value(try axes[axis].outputCount())
    }
  }
}

/// A window along one spatial axis.
package struct WindowAxis: Sendable {
  package let input: Int
  package let kernel: Int
  package let stride: Int
  package let dilation: Int
  package let padBegin: Int
  package let padEnd: Int
  private let isSame: Bool
  private let roundsUp: Bool

  package init(
    input: Int, kernel: Int, stride: Int, dilation: Int, pads: (Int, Int),
    autoPad: WindowAttributes.AutoPad, roundsUp: Bool, trimsForSame: Bool = false
  ) {
    self.input = input
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.roundsUp = roundsUp && autoPad == .notSet
    isSame = autoPad == .sameUpper || autoPad == .sameLower
    switch autoPad {
    case .notSet: (padBegin, padEnd) = pads
    case .valid: (padBegin, padEnd) = (0, 0)
    case .sameUpper, .sameLower:
      // The output has ⌈input / stride⌉ cells; the padding that takes is split in two halves.
      let cells = (input + stride - 1) / stride
      let needed = (cells - 1) * stride + dilation * (kernel - 1) + 1 - input
      let total = trimsForSame ? needed : max(0, needed)
      padBegin = autoPad == .sameUpper ? total / 2 : total - total / 2
      padEnd = total - padBegin
    }
  }

  /// The cells that the dilated kernel spans.
  package var extent: Int { dilation * (kernel - 1) + 1 }

  /// The number of output cells: ⌊free / stride⌋ + 1 for the cells that the kernel leaves free, which may be
  /// none where the kernel is larger than the padded input (TSN-0051). Rounded up, a window that would start
  /// in the end padding does not count (TSN-0003).
  ///
  /// - Throws: `OperatorError` where the number is negative.
  package func outputCount() throws -> Int {
    if isSame { return (input + stride - 1) / stride }
    let free = input + padBegin + padEnd - extent
    let (quotient, rest) = free.quotientAndRemainder(dividingBy: stride)
    let steps = roundsUp ? quotient + (rest > 0 ? 1 : 0) : quotient - (rest < 0 ? 1 : 0)
    guard steps >= -1 else {
      throw OperatorError(
        .invalidShape,
        "a kernel that spans \(extent) cells does not fit the padded input of "
          + "\(padBegin) + \(input) + \(padEnd)")
    }
    let startsInEndPadding = roundsUp && steps > 0 && steps * stride >= input + padBegin
    return startsInEndPadding ? steps : steps + 1
  }

  /// The input cell under kernel cell `k` of output cell `o`; outside 0..<input it is padding.
  package func inputCell(_ o: Int, _ k: Int) -> Int { o * stride + k * dilation - padBegin }
}

/// All index vectors of `shape`, in row-major order; each takes so many steps of the run's work.
package func forEachIndex(_ shape: [Int], spending steps: Int = 1, _ body: ([Int]) throws -> Void) throws {
  guard !shape.contains(0) else { return }
  var work = Work()
  var index = [Int](repeating: 0, count: shape.count)
  while true {
    try work.spend(steps)
    try body(index)
    var axis = shape.count - 1
    while axis >= 0 {
      index[axis] += 1
      if index[axis] < shape[axis] { break }
      index[axis] = 0
      axis -= 1
    }
    if axis < 0 { return try work.settle() }
  }
}
