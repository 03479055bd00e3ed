import GraphIR
import TensorCore
import TestSupport

let castRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  "cast": { random in
    let types: [ElementType] = [
      .float, .float16, .bfloat16, .double, .int32, .int64, .int8, .uint8, .bool,
    ]
    let (source, target) = (random.one(of: types), random.one(of: types))
    let shape = random.happens(1) ? [40_001] : random.shape(rank: 0...4, upTo: 12)
    return Trial(
      opType: "Cast", opset: random.one(of: [13, 19, 21, 25]),
      attributes: ["to": .int(Int(target.rawValue))], inputs: [random.numbers(source, shape)],
      allowance: .exact)
  }
]

extension SplitMix {
  /// Elements of any bits, of all magnitudes therefore, or numbers beside those where rounding and ranges
  /// turn.
  mutating func numbers(_ type: ElementType, _ shape: [Int]) -> Tensor {
    if type == .bool { return Tensor(bools: (0..<shape.reduce(1, *)).map { _ in happens(50) }, shape: shape) }
    guard happens(60) else {
      return Tensor(type, shape: shape) { bytes in
        for i in bytes.indices { bytes[i] = UInt8.random(in: 0...255, using: &self) }
      }
    }
    let turns: [Double] = [
      0, -0.0, 0.5, 1, 2, 127, 128, 255, 256, 2047, 2048, 65504, 65520, 65536, 0x1p24, 0x1p31, 0x1p32, 0x1p51,
      0x1p53,
      0x1p62, 0x1p63, 0x1p64, 0x1p100, 0x1p-14, 0x1p-24, 0x1p-25, 0x1p-126, 0x1p-149, 3.3895314e38, 3.4e38,
      .infinity, .nan,
    ]
    let numbers = (0..<shape.reduce(1, *)).map { _ -> Double in
      let turn = one(of: turns) * one(of: [1, -1])
      return one(of: [
        turn, turn, turn + one(of: [-1, 0.5, 1, 1.5]), turn * (1 + 0x1p-11), turn * (1 - 0x1p-12),
      ])
    }
    return Tensor(type, shape: shape, rounding: numbers)
  }
}
