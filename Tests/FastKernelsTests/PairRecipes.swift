import GraphIR
import TensorCore
import TestSupport

/// Comparisons, logic, integer arithmetic and choices: no number may differ.
let pairRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  "equal": { $0.pair("Equal", [.float, .int64, .int32]) },
  "greater": { $0.pair("Greater", [.float, .int64]) },
  "less": { $0.pair("Less", [.float, .int64]) },
  "greaterorequal": { $0.pair("GreaterOrEqual", [.float, .int64]) },
  "lessorequal": { $0.pair("LessOrEqual", [.float, .int64]) },
  "and": { $0.pair("And", [.bool]) },
  "or": { $0.pair("Or", [.bool]) },
  "add.int64": { $0.pair("Add", [.int64]) },
  "sub.int64": { $0.pair("Sub", [.int64]) },
  "mul.int64": { $0.pair("Mul", [.int64]) },
  "isnan.float": { random in
    Trial(opType: "IsNaN", inputs: [random.tensor(random.shape(rank: 0...4, upTo: 12))], allowance: .exact)
  },
  "where": { random in
    let shape = random.happens(2) ? [3, 1, 20_011] : random.shape(rank: 0...5)
    let type = random.one(of: [ElementType.float, .int64, .bool, .int32, .double])
    let operands = (0..<2).map { _ in random.element(type, random.broadcastable(shape)) }
    return Trial(
      opType: "Where", inputs: [random.element(.bool, random.broadcastable(shape))] + operands,
      allowance: .exact)
  },
]

extension SplitMix {
  fileprivate mutating func pair(_ opType: String, _ types: [ElementType]) -> Trial {
    let shape = happens(2) ? [3, 1, 20_011] : shape(rank: 0...5)
    let type = one(of: types)
    return Trial(
      opType: opType, inputs: (0..<2).map { _ in element(type, broadcastable(shape)) }, allowance: .exact)
  }

  /// Few different numbers, so that some are equal, and the ends of the type.
  fileprivate mutating func element(_ type: ElementType, _ shape: [Int]) -> Tensor {
    let count = shape.reduce(1, *)
    switch type {
    case .float: return tensor(shape)
    case .bool: return Tensor(bools: (0..<count).map { _ in happens(50) }, shape: shape)
    case .double:
      return Tensor(
        .double, shape: shape, rounding: (0..<count).map { _ in one(of: [1.5, -0.0, .nan, 1e300]) })
    default:
      let ends: [Int64] = type == .int64 ? [.min, .max] : [Int64(Int32.min), Int64(Int32.max)]
      return Tensor(type, shape: shape, wrapping: (0..<count).map { _ in one(of: [0, 1, -1, 7] + ends) })
    }
  }
}
