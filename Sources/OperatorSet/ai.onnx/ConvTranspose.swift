import GraphIR
import TensorCore

/// # ConvTranspose
///
/// The transpose of Conv: each input cell spreads a filter, weighted by itself, over the output.
///
///     Y[n, g·M/group + m, i·stride + k·dilation − pad] += X[n, c, i] · W[c, m, k]      over c, i…, k…
///
/// where g = c / (C / group), Y begins as `B`, and what falls outside Y is dropped.
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk]. `W` (T): [C, M/group, K1, …, Kk]. `B` (T), optional: [M].
/// - Outputs: `Y` (T): [N, M, O1, …, Ok], O = stride·(D − 1) + output_padding + dilation·(K − 1) + 1 − pads.
/// - Attributes: `kernel_shape`: K, by default that of W. `strides`, `dilations`: by default 1. `pads`: cells
///   cut off the begin of each axis, then off the end of each; by default 0. `output_padding`: cells more at
///   the end; by default 0. `output_shape`: O itself, before 11 perhaps after N and M; `pads` then follow
///   from it. `auto_pad`: SAME_UPPER and SAME_LOWER mean O = D · stride unless `output_shape` says otherwise;
///   VALID means no pads. `group`: into how many parts the channels are split.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: ranks or channels that do not fit together; an output extent below 0.
/// - Versions: 1, 11 (computed pads put an odd cell at the begin, except with SAME_UPPER), 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0004 (computed pads never become negative; the odd cell by version); TSN-0036 (sums).
package struct ConvTranspose: Operator {
  private static let version1 = OperatorVersion(
    since: 1, inputs: [.single("X", "T"), .single("W", "T"), .optional("B", "T")],
    outputs: [.single("Y", "T")],
    attributes: [
      .string("auto_pad", "NOTSET"), .optional("dilations", .ints), .int("group", 1),
      .optional("kernel_shape", .ints), .optional("output_padding", .ints), .optional("output_shape", .ints),
      .optional("pads", .ints), .optional("strides", .ints),
    ],
    types: ["T": .ieeeFloats])
  private static let version11 = version1.then(
    since: 11, "computed pads put an odd cell at the begin, except with SAME_UPPER")
  private static let version22 = version11.then(since: 22, "bfloat16", types: ["T": .floats])
  package static let schema = OperatorSchema("ConvTranspose", versions: [version1, version11, version22])

  package var rounding: Rounding { .sumOfProducts }

  package let window: WindowAttributes
  package let outputPadding: [Int]?
  package let outputShape: [Int]?
  package let group: Int
  /// Whether `output_shape` may also list N and M.
  package let allowsFullShape: Bool
  /// Where the odd cell of computed pads goes.
  package let oddCellAtBegin: Bool

  package init(_ node: NodeAttributes) throws {
    window = try WindowAttributes(node)
    outputPadding = node.optionalInts("output_padding")
    outputShape = node.optionalInts("output_shape")
    group = try node.int("group")
    allowsFullShape = node.since < 11
    oddCellAtBegin = window.autoPad == .sameLower || (window.autoPad != .sameUpper && node.since >= 11)
    guard group > 0 else { throw OperatorError(.invalidAttribute, "group is \(group), but must be positive") }
    for (name, numbers) in [("output_padding", outputPadding), ("output_shape", outputShape)] {
      if let numbers, let bad = numbers.first(where: { $0 < 0 || $0 > 1 << 31 }) {
        throw OperatorError(.invalidAttribute, "\(name) \(numbers) holds \(bad), but must lie in 0…2^31")
      }
    }
  }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, W) = (try inputs.required(0), try inputs.required(1))
    guard let type = X.elementType else { return [.unknown] }
    guard let x = X.dims else { return [.tensor(type, nil)] }
    try checkChannels(x.map(\.number), W.dims?.map(\.number))
    let filters = try W.dims.map {
      try $0[1].number.map { .value(try outputChannels($0)) } ?? $0[1] * .value(group)
    }
    let kernel = window.kernelShape.map { $0.map(Dim.value) } ?? W.dims.map { Array($0.dropFirst(2)) }
    let input = Array(x.dropFirst(2))
    let axes = try axes(
      input: input.map { $0.number ?? 1 }, kernel: kernel?.map { $0.number ?? 1 } ?? input.map { _ in 1 })
    let spatial = try axes.indices.map { axis -> Dim in
      if outputShape != nil { return .value(axes[axis].output) }
      guard input[axis].number != nil, kernel?[axis].number != nil else { return .unknown }
      return .value(try axes[axis].checkedOutput())
    }
    return [.tensor(type, [x[0], filters ?? .unknown] + spatial)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, W) = (try inputs.tensor(0), try inputs.tensor(1))
    try checkChannels(X.shape, W.shape)
    if let kernel = window.kernelShape, kernel != Array(W.shape.dropFirst(2)) {
      throw OperatorError(.invalidShape, "kernel_shape is \(kernel), but W has shape \(W.shape)")
    }
    let axes = try axes(input: Array(X.shape.dropFirst(2)), kernel: Array(W.shape.dropFirst(2)))
    let extents = try axes.map { try $0.checkedOutput() }
    let shape = [X.shape[0], try outputChannels(W.shape[1])] + extents
    let y = try spread(X, W, bias: try bias(inputs.optionalTensor(2), filters: shape[1]), axes, shape: shape)
    return [.tensor(Tensor(X.elementType, shape: shape, rounding: y))]
  }

  private func bias(_ B: Tensor?, filters: Int) throws -> [Double]? {
    guard let B else { return nil }
    guard B.shape == [filters] else {
      throw OperatorError(.invalidShape, "B has shape \(B.shape), but there are \(filters) output channels")
    }
    return B.doubles()
  }

  /// Y by the formula, gathered: each output cell sums the products that fall on it.
  private func spread(_ X: Tensor, _ W: Tensor, bias: [Double]?, _ axes: [TransposedAxis], shape: [Int])
    throws
    -> [Double]
  {
    let (x, w) = (X.doubles(), W.doubles())
    var y = [Double](repeating: 0, count: try elementCount(shape))
    let inputSize = axes.reduce(1) { $0 * $1.input }
    let kernelSize = axes.reduce(1) { $0 * $1.kernel }
    let outputSize = axes.reduce(1) { $0 * $1.output }
    let (channels, filters) = (X.shape[1] / group, W.shape[1])
    var (o, work) = (0, Work())
    try forEachIndex(axes.map(\.output), spending: kernelSize) { position in
      let cells = sources(axes, position)
      for n in 0..<shape[0] {
        for m in 0..<shape[1] {
          try work.spend(1 + channels * cells.count)
          let first = m / filters * channels
          var sum = CompensatedSum(bias?[m] ?? 0)
          for c in first..<(first + channels) {
            let (plane, filter) = ((n * X.shape[1] + c) * inputSize, (c * filters + m % filters) * kernelSize)
            for (i, k) in cells { sum.add(x[plane + i], w[filter + k]) }
          }
          y[(n * shape[1] + m) * outputSize + o] = sum.value
        }
      }
      o += 1
    }
    return y
  }

  /// The pairs of input and kernel cells that fall on output cell `o`, as flat positions; none where the kernel
  /// is empty, however far its other axes go.
  func sources(_ axes: [TransposedAxis], _ o: [Int]) -> [(input: Int, kernel: Int)] {
    guard !axes.contains(where: { $0.kernel == 0 }) else { return [] }
    var cells = [(input: 0, kernel: 0)]
    for (axis, position) in zip(axes, o) {
      let pairs = axis.sources(position)
      cells = cells.flatMap { cell in
        pairs.map { (cell.input * axis.input + $0.input, cell.kernel * axis.kernel + $0.kernel) }
      }
    }
    return cells
  }

  private func outputChannels(_ groupFilters: Int) throws -> Int {
    let (filters, overflow) = groupFilters.multipliedReportingOverflow(by: group)
    guard !overflow else {
      throw OperatorError(.invalidShape, "W has \(groupFilters) filters in each of \(group) groups, too many")
    }
    return filters
  }

  private func checkChannels(_ X: [Int?], _ W: [Int?]?) throws {
    guard X.count >= 3 else {
      throw OperatorError(
        .invalidShape, "X has rank \(X.count), but needs [N, C, D1, …], a rank of 3 or more")
    }
    guard let W else { return }
    guard W.count == X.count else {
      throw OperatorError(.invalidShape, "W has rank \(W.count), but X has rank \(X.count)")
    }
    if let channels = X[1], let rows = W[0], channels != rows {
      throw OperatorError(.invalidShape, "X has \(channels) channels, but W has \(rows)")
    }
    if let channels = X[1], channels % group != 0 {
      throw OperatorError(.invalidShape, "X has \(channels) channels, which group = \(group) does not divide")
    }
  }

  /// The spatial axes; their extents of Y, where `output_shape` gives them, come from its end.
  package func axes(input: [Int], kernel: [Int]) throws -> [TransposedAxis] {
    let windows = try window.axes(input: input, kernel: kernel)
    let wanted = spatialOutput(rank: input.count)
    for (name, numbers) in [("output_padding", outputPadding), ("output_shape", wanted)] {
      if let numbers, numbers.count != input.count {
        throw OperatorError(
          .invalidAttribute,
          "\(name) \(numbers) has \(numbers.count) numbers, but \(input.count) are needed")
      }
    }
    return try windows.indices.map { axis in
      try TransposedAxis(windows[axis], padding: outputPadding?[axis] ?? 0, output: wanted?[axis], self)
    }
  }

  /// `output_shape` without N and M.
  private func spatialOutput(rank: Int) -> [Int]? {
    allowsFullShape && outputShape?.count == rank + 2
      ? outputShape.map { Array($0.dropFirst(2)) } : outputShape
  }
}

/// One spatial axis of a ConvTranspose.
package struct TransposedAxis {
  package let input: Int
  package let kernel: Int
  package let output: Int
  package let stride: Int
  package let dilation: Int
  package let padBegin: Int

  package init(_ window: WindowAxis, padding: Int, output: Int?, _ node: ConvTranspose) throws {
    (input, kernel, stride, dilation) = (window.input, window.kernel, window.stride, window.dilation)
    let (spread, overflow) = window.stride.multipliedReportingOverflow(by: window.input - 1)
    let isSame = node.window.autoPad == .sameUpper || node.window.autoPad == .sameLower
    guard !overflow, spread.magnitude < 1 << 61, window.extent < 1 << 61 else {
      throw OperatorError(
        .invalidShape, "an input of \(window.input) at stride \(window.stride) is too large")
    }
    let full = spread + padding + window.extent
    if let wanted = output ?? (isSame ? window.input * window.stride : nil) {
      let total = max(0, full - wanted)
      self.output = wanted
      padBegin = node.oddCellAtBegin ? total - total / 2 : total / 2
    } else {
      self.output = full - window.padBegin - window.padEnd
      padBegin = window.padBegin
    }
  }

  /// The extent of the output, which large pads could make negative.
  package func checkedOutput() throws -> Int {
    guard output >= 0 else {
      throw OperatorError(.invalidShape, "pads leave an output of \(output) cells for an input of \(input)")
    }
    return output
  }

  /// The pairs (i, k) with i·stride + k·dilation − pad = o.
  func sources(_ o: Int) -> [(input: Int, kernel: Int)] {
    (0..<kernel).compactMap { k in
      let reached = o + padBegin - k * dilation
      guard reached >= 0, reached % stride == 0, reached / stride < input else { return nil }
      return (reached / stride, k)
    }
  }
}
