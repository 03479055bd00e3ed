import GraphIR
import TensorCore

/// # DeformConv
///
/// A convolution whose sampling places are moved by given offsets, and whose samples may be weighed by a
/// mask.
///
///     Y[n, m, o…] = B[m] + Σ c, k…  W[m, c, k…] · mask[n, f, k…, o…] · X[n, g + c, p]
///     p = o·stride + k·dilation − pad + offset[n, f, k…, :, o…]
///
/// where X is interpolated linearly between cells and 0 outside, g is the first channel of the group of
/// filter m and f the offset group of channel g + c.
///
/// - Inputs: `X` (T): [N, C, D1, …, Dk]. `W` (T): [M, C/group, K1, …, Kk]. `offset` (T): [N, offset_group ·
///   ΠK · k, O1, …, Ok], for each kernel cell one number per axis. `B` (T), optional: [M]. `mask` (T),
///   optional: [N, offset_group · ΠK, O1, …, Ok], by default ones.
/// - Outputs: `Y` (T): [N, M, O1, …, Ok].
/// - Attributes: `kernel_shape`: K, by default that of W. `strides`, `dilations`: by default 1. `pads`: cells
///   before each axis, then after each; by default 0. `group`: into how many parts the channels are split;
///   `offset_group`: into how many for the offsets.
/// - Types: T is float16, float or double; also bfloat16 from 22.
/// - Errors: shapes that do not fit together.
/// - Versions: 19, 22 (bfloat16).
/// - Source: onnx/defs/nn/defs.cc, old.cc.
/// - Notes: TSN-0036 (sums are taken in a wider type and rounded once).
struct DeformConv: Operator {
  private static let version19 = OperatorVersion(
    since: 19,
    inputs: [
      .single("X", "T"), .single("W", "T"), .single("offset", "T"), .optional("B", "T"),
      .optional("mask", "T"),
    ],
    outputs: [.single("Y", "T")],
    attributes: [
      .optional("dilations", .ints), .int("group", 1), .optional("kernel_shape", .ints),
      .int("offset_group", 1), .optional("pads", .ints), .optional("strides", .ints),
    ],
    types: ["T": .ieeeFloats])
  private static let version22 = version19.then(since: 22, "bfloat16", types: ["T": .floats])
  static let schema = OperatorSchema("DeformConv", versions: [version19, version22])

  let window: WindowAttributes
  let group: Int
  let offsetGroup: Int

  init(_ node: NodeAttributes) throws {
    window = try WindowAttributes(node)
    group = try node.int("group")
    offsetGroup = try node.int("offset_group")
    guard group > 0, offsetGroup > 0 else {
      throw OperatorError(
        .invalidAttribute, "group is \(group) and offset_group \(offsetGroup), but both must be positive")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, W) = (try inputs.required(0), try inputs.required(1))
    guard let type = X.elementType else { return [.unknown] }
    guard let x = X.dims else { return [.tensor(type, nil)] }
    try checkPoolingRank(x.count)
    let kernel = window.kernelShape.map { $0.map(Dim.value) } ?? W.dims.map { Array($0.dropFirst(2)) }
    guard let kernel else { return [.tensor(type, x.map { _ in .unknown })] }
    let spatial = try window.outputDims(input: Array(x.dropFirst(2)), kernel: kernel)
    return [.tensor(type, [x[0], W.dim(0)] + spatial)]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (X, W) = (try inputs.tensor(0), try inputs.tensor(1))
    let axes = try axes(X: X.shape, W: W.shape)
    let output = try axes.map { try $0.outputCount() }
    let (channels, filters, groupChannels) = (X.shape[1], W.shape[0], W.shape[1])
    let kernelSize = axes.reduce(1) { $0 * $1.kernel }
    let offsets = [X.shape[0], offsetGroup * kernelSize * axes.count] + output
    let offset = try inputs.checked(2, shape: offsets)?.doubles() ?? []
    let bias = try inputs.checked(3, shape: [filters])?.doubles()
    let mask = try inputs.checked(4, shape: [X.shape[0], offsetGroup * kernelSize] + output)?.doubles()
    let samples = DeformedSamples(
      axes: axes, output: output, offsetGroups: offsetGroup, offset: offset, mask: mask)
    let (x, w) = (X.doubles(), W.doubles())
    let inputSize = axes.reduce(1) { $0 * $1.input }
    var y = [Double](repeating: 0, count: try elementCount([X.shape[0], filters] + output))
    let outputSize = output.product
    for n in 0..<X.shape[0] {
      var (o, work) = (0, Work())
      try forEachIndex(output) { position in
        let taps = try samples.taps(n, position, flat: o)
        for m in 0..<filters {
          try work.spend(1 + groupChannels * kernelSize)
          let first = m / (filters / group) * groupChannels
          var sum = CompensatedSum(bias?[m] ?? 0)
          for c in 0..<groupChannels {
            let plane = (n * channels + first + c) * inputSize
            let f = (first + c) / (channels / offsetGroup)
            for k in 0..<kernelSize {
              var sample = 0.0
              for tap in taps[f * kernelSize + k] { sample += tap.weight * x[plane + tap.cell] }
              sum.add(w[(m * groupChannels + c) * kernelSize + k], sample)
            }
          }
          y[(n * filters + m) * outputSize + o] = sum.value
        }
        o += 1
      }
    }
    return [.tensor(Tensor(X.elementType, shape: [X.shape[0], filters] + output, rounding: y))]
  }

  private func axes(X: [Int], W: [Int]) throws -> [WindowAxis] {
    try checkPoolingRank(X.count)
    guard W.count == X.count, W[1].multipliedReportingOverflow(by: group) == (X[1], false),
      W[0] % group == 0, X[1] % offsetGroup == 0
    else {
      throw OperatorError(
        .invalidShape,
        "X \(X) and W \(W) do not fit together with group \(group) and offset_group \(offsetGroup)")
    }
    if let kernel = window.kernelShape, kernel != Array(W.dropFirst(2)) {
      throw OperatorError(.invalidShape, "kernel_shape is \(kernel), but W has shape \(W)")
    }
    return try window.axes(input: Array(X.dropFirst(2)), kernel: Array(W.dropFirst(2)))
  }
}

/// Where the samples of a DeformConv lie.
private struct DeformedSamples {
  let axes: [WindowAxis]
  let output: [Int]
  let offsetGroups: Int
  let offset: [Double]
  let mask: [Double]?

  /// For each offset group and kernel cell, flat, the cells of a channel that make the sample, the mask
  /// included.
  func taps(_ n: Int, _ position: [Int], flat o: Int) throws -> [[Tap]] {
    let kernelSize = axes.reduce(1) { $0 * $1.kernel }
    let outputSize = output.product
    var all: [[Tap]] = []
    for f in 0..<offsetGroups {
      var k = 0
      try forEachIndex(axes.map(\.kernel)) { cell in
        let at = (n * offsetGroups + f) * kernelSize + k
        var taps = [Tap(cell: 0, weight: mask?[at * outputSize + o] ?? 1)]
        for (a, axis) in axes.enumerated() {
          let moved = offset[(at * axes.count + a) * outputSize + o]
          let place = Double(axis.inputCell(position[a], cell[a])) + moved
          let along = InterpolationKernel.linear.taps(at: place).filter {
            $0.cell >= 0 && $0.cell < axis.input
          }
          taps = taps.flatMap { tap in
            along.map { Tap(cell: tap.cell * axis.input + $0.cell, weight: tap.weight * $0.weight) }
          }
        }
        all.append(taps)
        k += 1
      }
    }
    return all
  }
}
