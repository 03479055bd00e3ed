import GraphIR
import TensorCore
import TestSupport

/// Random uses of each operator that has a kernel, by the kernel's name.
let recipes = [
  pairRecipes, rowRecipes, recurrenceRecipes, castRecipes, halfRecipes, integerProductRecipes,
  quantizationRecipes,
]
.reduce(floatRecipes) {
  all, more in
  all.merging(more) { $1 }
}

private let quantizationRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  "quantizelinear.float": { $0.quantization("QuantizeLinear") },
  "dequantizelinear.float": { $0.quantization("DequantizeLinear") },
]

extension SplitMix {
  /// Whole numbers from the whole range of a type, its ends more often than others.
  mutating func integers(_ type: ElementType, _ shape: [Int]) -> Tensor {
    let limits = type.limits(Double.self)
    let isEnds = happens(20)
    let numbers = (0..<shape.reduce(1, *)).map { _ -> Int64 in
      if isEnds || happens(3) { return Int64(one(of: [limits.lowest, limits.highest])) }
      return Int64.random(in: Int64(limits.lowest)...Int64(limits.highest), using: &self)
    }
    return Tensor(type, shape: shape, wrapping: numbers)
  }

  /// Scales of both signs; now and then 0, infinite or NaN.
  mutating func scales(_ shape: [Int], isTame: Bool = false) -> Tensor {
    let isWild = !isTame && happens(10)
    let numbers = (0..<shape.reduce(1, *)).map { _ -> Float in
      if isWild && happens(30) { return one(of: [0, -0.0, .infinity, .nan, 0x1p-149, -3e38]) }
      return Float.random(in: 0.001...0.3, using: &self) * one(of: [1, 1, 1, -1])
    }
    return Tensor(floats: numbers, shape: shape)
  }

  /// One scale, one for each index of an axis, or blocks; some do not fit.
  fileprivate mutating func quantization(_ opType: String) -> Trial {
    let isForth = opType == "QuantizeLinear"
    let opset = one(of: [10, 13, 19, 21, 23, 25])
    var types: [ElementType] = [.int8, .uint8, .int8, .uint8]
    if !isForth { types.append(.int32) }
    if opset >= 21 { types += [.int16, .uint16, .int4, .uint4] }
    if opset >= 25 { types += [.int2, .uint2] }
    let type = one(of: types)
    let shape = happens(1) ? [3, 40_001] : shape(rank: 0...4, upTo: 12)
    var attributes: [String: Attribute] = [:]
    var parameter: [Int] = happens(50) ? [] : [1]
    if opset >= 13, !shape.isEmpty, happens(60) {
      let axis = below(shape.count)
      attributes["axis"] = .int(happens(30) ? axis - shape.count : axis)
      parameter = [shape[axis]]
      if opset >= 21, happens(50) {
        let blockSize = 1 + below(5)
        attributes["block_size"] = .int(blockSize)
        parameter = shape
        parameter[axis] = (shape[axis] + blockSize - 1) / blockSize
      }
      if happens(5) { parameter[0] += 1 }
    }
    let isZeroed = happens(60)
    if isForth, !isZeroed, opset >= 21 { attributes["output_dtype"] = .int(Int(type.rawValue)) }
    if isForth, opset >= 23, happens(20) { attributes["precision"] = .int(Int(ElementType.float.rawValue)) }
    return Trial(
      opType: opType, opset: opset, attributes: attributes,
      inputs: [
        isForth ? tensor(shape) : integers(type, shape), scales(parameter),
        isZeroed ? integers(type, parameter) : nil,
      ], allowance: .exact)
  }
}
