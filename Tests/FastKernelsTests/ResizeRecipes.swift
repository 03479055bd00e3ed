import GraphIR
import TensorCore
import TestSupport

/// Uses of Resize and ConvTranspose, and how far each may be from its definition.
let resizeRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  "resize.float": { $0.resize() },
  "convtranspose.float": { $0.convTranspose() },
]

extension SplitMix {
  fileprivate mutating func resize() -> Trial {
    let spatial = happens(20) ? [1 + below(9)] : [1 + below(9), 1 + below(happens(20) ? 60 : 9)]
    let leading = [extent(upTo: 2), extent(upTo: 3)]
    let x = tensor(leading + spatial)
    let opset = one(of: [10, 11, 13, 19])
    let mode = one(of: opset == 10 ? ["nearest", "linear"] : ["nearest", "linear", "linear", "cubic"])
    var attributes: [String: Attribute] = ["mode": .string(mode)]
    let isAntialiased = opset >= 18 && happens(25)
    if opset > 10 {
      attributes["coordinate_transformation_mode"] = .string(
        one(of: ["half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel"]))
      attributes["nearest_mode"] = .string(one(of: ["round_prefer_floor", "floor", "ceil"]))
      if mode == "cubic" && happens(40) { attributes["exclude_outside"] = .int(1) }
      if isAntialiased { attributes["antialias"] = .int(1) }
    }
    var factors = spatial.map { _ in one(of: [2, 1, 0.5, 1.5, 3, 0.3] as [Float]) }
    if happens(5) { factors[0] = 0.01 }
    var inputs: [Tensor?] = [x]
    if opset > 10 && happens(40) {
      let sizes = leading + spatial.map { 1 + below(3 * $0) }
      inputs += [nil, nil, Tensor(int64: sizes, shape: [sizes.count])]
    } else {
      let scales = Tensor(floats: [1, happens(5) ? 2 : 1] + factors)
      inputs += opset > 10 ? [nil, scales] : [scales]
    }
    return Trial(
      opType: "Resize", opset: opset, attributes: attributes, inputs: inputs,
      allowance: mode == "nearest" ? .exact : .absolute(resizeBounds(x, inputs, isAntialiased)))
  }

  /// The absolute weights of an axis sum to at most 2; weights, products and sums are rounded. Nothing is said where
  /// sums may leave the range of float.
  private func resizeBounds(_ x: Tensor, _ inputs: [Tensor?], _ isAntialiased: Bool) -> [Double] {
    let largest = x.doubles().reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    // As many taps as any cell may take of an axis of at most 60 cells.
    let roundings = 2 * (isAntialiased ? 64 : 6)
    let bound = largest > 1e37 ? .infinity : 4 * largest * gamma(roundings) + Double(roundings) * 0x1p-149
    return [Double](repeating: bound, count: 1 << 16)
  }

  fileprivate mutating func convTranspose() -> Trial {
    let rank = one(of: [1, 2, 2, 2, 3])
    let kernel = (0..<rank).map { _ in 1 + below(4) }
    let group = happens(60) ? 1 : 1 + below(3)
    let (channels, filters) = (1 + below(5), happens(10) ? 1 + below(50) : 1 + below(5))
    let spatial = (0..<rank).map { _ in happens(2) ? 0 : 1 + below(happens(10) ? 40 : 8) }
    var attributes: [String: Attribute] = ["group": .int(group)]
    if happens(70) { attributes["strides"] = .ints(kernel.map { _ in 1 + below(3) }) }
    if happens(30) { attributes["dilations"] = .ints(kernel.map { _ in 1 + below(3) }) }
    switch below(5) {
    case 0: attributes["auto_pad"] = .string(one(of: ["SAME_UPPER", "SAME_LOWER", "VALID"]))
    case 1, 2: attributes["pads"] = .ints((kernel + kernel).map { _ in below(3) })
    case 3: attributes["output_shape"] = .ints(spatial.map { 1 + below(2 * $0 + 2) })
    default: attributes["output_padding"] = .ints(kernel.map { _ in below(2) })
    }
    let X = tensor([extent(upTo: 3), group * channels] + spatial)
    let W = tensor([group * channels, filters] + kernel, isTame: true)
    return Trial(
      opType: "ConvTranspose", opset: one(of: [1, 11, 22]), attributes: attributes,
      inputs: [X, W, happens(50) ? tensor([group * filters + (happens(3) ? 1 : 0)], isTame: true) : nil],
      allowance: .sum(terms: channels * kernel.reduce(1, *) + 1))
  }
}
