import GraphIR
import TensorCore
import TestSupport

/// Uses of the normalizations, and how far each may be from its definition.
let normalizationRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  "instancenormalization.float": { $0.instanceNormalization() },
  "groupnormalization.float": { $0.groupNormalization() },
  "rmsnormalization.float": { $0.rmsNormalization() },
  "logsoftmax.float": { $0.logSoftmax() },
]

extension SplitMix {
  fileprivate mutating func instanceNormalization() -> Trial {
    let x = tensor(shape(rank: 3...5))
    let (scale, B) = affine([x.shape[1] + (happens(3) ? 1 : 0)])
    return Trial(
      opType: "InstanceNormalization", opset: one(of: [6, 22]), attributes: ["epsilon": .float(epsilon())],
      inputs: [x, scale, B], allowance: .absolute(groupBounds(x, x.shape[1], scale, B)))
  }

  fileprivate mutating func groupNormalization() -> Trial {
    let (groups, size) = (1 + below(4), 1 + below(5))
    let x = tensor([extent(upTo: 3), groups * size + (happens(3) ? 1 : 0)] + shape(rank: 0...2, upTo: 9))
    let opset = one(of: [18, 21])
    let (scale, B) = affine([opset == 18 ? groups : x.shape[1]])
    return Trial(
      opType: "GroupNormalization", opset: opset,
      attributes: ["num_groups": .int(groups), "epsilon": .float(epsilon())],
      inputs: [x, scale, B], allowance: .absolute(groupBounds(x, groups, scale, B)))
  }

  private mutating func affine(_ shape: [Int]) -> (Tensor, Tensor) {
    (tensor(shape, isTame: true), tensor(shape, isTame: true))
  }

  private mutating func epsilon() -> Float { one(of: [1e-5, 1e-3, 0.5]) }

  /// Sums of 16 lanes are rounded 18 times, the variance's terms thrice before, and half of that reaches its root; a
  /// product is rounded four times. The last sum is rounded, and so is the definition's.
  private func groupBounds(_ x: Tensor, _ groups: Int, _ scale: Tensor, _ B: Tensor) -> [Double] {
    let (numbers, s, b) = (x.doubles(), scale.doubles(), B.doubles())
    let inner = x.shape.dropFirst(2).reduce(1, *)
    let length = x.shape[1] / max(1, groups) * inner
    guard length > 0, s.count == x.shape[1] || s.count == groups else { return numbers.map { _ in 0 } }
    return lines(numbers, length) { line in
      let mean = line.reduce(0, +) / Double(length)
      let variance = line.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(length)
      let magnitudes = line.reduce(0) { $0 + $1.magnitude }
      return line.indices.map { index in
        let channel = index / inner % x.shape[1]
        let j = s.count == x.shape[1] ? channel : channel * groups / x.shape[1]
        // The smallest epsilon makes the largest factor.
        let factor = s[j] / (variance + 1e-5).squareRoot()
        let offMean = 18 * unit * magnitudes / Double(length) * factor.magnitude
        let product = (numbers[index] - mean) * factor
        return offMean + 16 * unit * product.magnitude + 2 * unit * (product.magnitude + b[j].magnitude)
          + 0x1p-148
      }
    }
  }

  /// The bounds of the elements of each line of so many, one line after the other.
  private func lines(
    _ numbers: [Double], _ length: Int, _ bounds: (ArraySlice<Double>) -> [Double]
  ) -> [Double] {
    stride(from: 0, to: numbers.count, by: max(1, length)).flatMap {
      bounds(numbers[$0..<min(numbers.count, $0 + length)])
    }
  }

  fileprivate mutating func rmsNormalization() -> Trial {
    let x = tensor(happens(20) ? [extent(upTo: 4), extent(upTo: 70)] : shape(rank: 1...4, upTo: 9))
    let axis = below(x.rank)
    let tail = Array(x.shape[axis...])
    let leading = [Int](repeating: 1, count: below(axis + 1))
    let scale = tensor(happens(10) ? broadcastable(x.shape) : leading + tail, isTame: true)
    let length = tail.reduce(1, *)
    let (numbers, s) = (x.doubles(), scale.doubles())
    let bounds = lines(numbers, length) { line in
      let root = (line.reduce(0) { $0 + $1 * $1 } / Double(length) + 1e-5).squareRoot()
      guard s.count == length else { return line.map { _ in 0 } }
      // Half of the 19 roundings of the sum reach its root; then there are three, of which the first two may have to
      // round to a subnormal number.
      return zip(line, s).map { x, factor in
        14 * unit * x.magnitude / root * factor.magnitude + 0x1p-149 * (factor.magnitude + 1)
      }
    }
    return Trial(
      opType: "RMSNormalization", opset: 23, attributes: ["axis": .int(happens(50) ? axis : axis - x.rank)],
      inputs: [x, scale], allowance: .absolute(bounds))
  }

  fileprivate mutating func logSoftmax() -> Trial {
    let x = tensor(shape(rank: 1...4, upTo: 12))
    let opset = one(of: [11, 13])
    let axis = happens(70) ? x.rank - 1 : below(x.rank)
    let numbers = x.doubles()
    let length = opset == 11 ? x.shape[axis...].reduce(1, *) : x.shape[axis]
    let bounds = lines(numbers, length) { line in
      let largest = line.max() ?? 0
      let powers = line.map { exp($0 - largest) }
      let sum = powers.reduce(0, +)
      // The rounding of a difference reaches its power, which is computed within 1 ULP; sums of 16 lanes round.
      // The difference, the logarithm and the result are rounded, and so is the definition's.
      let carried = zip(line, powers).reduce(0) {
        $1.1 == 0 ? $0 : $0 + unit * ($1.0 - largest).magnitude * $1.1
      }
      return line.map { x in
        let difference = (x - largest).magnitude
        let result = difference + log(sum)
        return carried / sum + 22 * unit + unit * (difference + log(sum) + 2 * result)
      }
    }
    return Trial(
      opType: "LogSoftmax", opset: opset, attributes: ["axis": .int(axis)], inputs: [x],
      allowance: .absolute(bounds))
  }
}
