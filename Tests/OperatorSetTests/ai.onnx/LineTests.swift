import GraphIR
import OperatorSet
import TensorCore
import Testing

/// Operators along one axis. Expected values: scipy.special.log_softmax, numpy.arange, cumsum; the rest by
/// hand.
@Suite struct LineTests {
  @Test func logSoftmaxAndHardmax() throws {
    let line: [Double] = [-3.1698460195562856, -2.1698460195562856, -0.16984601955628567]
    try tries(
      "LogSoftmax", 13, [:], [floats([0, 1, 3], [1, 3])], gives: [floats(line, [1, 3])], tolerance: 1e-7)
    try tries("LogSoftmax", 13, [:], [numbers(.double, [0, 1e300])], gives: [numbers(.double, [-1e300, 0])])
    let half = -0.6931471805599453
    try tries(
      "LogSoftmax", 13, ["axis": .int(0)], [floats([0, 0, 0, 0], [2, 2])],
      gives: [floats([half, half, half, half], [2, 2])])
    try tries(
      "LogSoftmax", 1, ["axis": .int(0)], [floats([0, 0, 0, 0], [2, 2])],
      gives: [floats([2 * half, 2 * half, 2 * half, 2 * half], [2, 2])])
    try tries("Hardmax", 13, [:], [floats([3, 5, 5, 1], [2, 2])], gives: [floats([0, 1, 1, 0], [2, 2])])
    try tries(
      "Hardmax", 11, ["axis": .int(0)], [floats([3, 5, 5, 1], [2, 2])],
      gives: [floats([0, 1, 0, 0], [2, 2])])
  }

  @Test func positionsOfExtremes() throws {
    let x = floats([3, 7, 7, 1, 1, 2], [2, 3])
    try tries("ArgMax", 13, ["axis": .int(1)], [x], gives: [int64s([1, 2], [2, 1])])
    try tries(
      "ArgMax", 12, ["axis": .int(-1), "select_last_index": .int(1), "keepdims": .int(0)], [x],
      gives: [int64s([2, 2])])
    try tries("ArgMin", 1, [:], [x], gives: [int64s([1, 1, 1], [1, 3])])
    try tries(
      "ArgMin", 13, ["axis": .int(1), "select_last_index": .int(1)], [x], gives: [int64s([0, 1], [2, 1])])
    try tries("ArgMin", 13, [:], [floats([1, .nan, 0])], gives: [int64s([1])])
    try tries(
      "ArgMax", 13, [:], [Tensor(.uint64, shape: [2], elements: [1, UInt64.max])], gives: [int64s([1])])
    try tries("ArgMax", 13, ["axis": .int(1)], [floats([], [0, 2])], gives: [int64s([], [0, 1])])
    fails("ArgMax", 13, [:], [floats([], [0, 2])], .invalidShape, mentioning: "no element")
  }

  @Test func topK() throws {
    let x = floats([3, 7, 7, 1, .nan, 2], [2, 3])
    try tries(
      "TopK", 11, [:], [x, int64s([2])],
      gives: [floats([7, 7, .nan, 2], [2, 2]), int64s([1, 2, 1, 2], [2, 2])])
    try tries(
      "TopK", 24, ["largest": .int(0), "axis": .int(0)], [x, int64s([1])],
      gives: [floats([1, 7, 2], [1, 3]), int64s([1, 0, 1], [1, 3])])
    try tries("TopK", 1, ["k": .int(1)], [x], gives: [floats([7, .nan], [2, 1]), int64s([1, 1], [2, 1])])
    fails("TopK", 10, [:], [x, int64s([4])], .invalidValue, mentioning: "K is 4")
  }

  @Test func cumulative() throws {
    let x = floats([1, 2, 3, 4, 5, 6], [2, 3])
    try tries("CumSum", 11, [:], [x, int64s([1], [])], gives: [floats([1, 3, 6, 4, 9, 15], [2, 3])])
    try tries(
      "CumSum", 14, ["exclusive": .int(1)], [x, int64s([0], [])],
      gives: [floats([0, 0, 0, 1, 2, 3], [2, 3])])
    try tries(
      "CumSum", 14, ["reverse": .int(1)], [x, int64s([-1], [])],
      gives: [floats([6, 5, 3, 15, 11, 6], [2, 3])])
    try tries(
      "CumProd", 26, ["reverse": .int(1), "exclusive": .int(1)], [x, int64s([1], [])],
      gives: [floats([6, 3, 1, 30, 6, 1], [2, 3])])
    try tries(
      "CumProd", 26, [:], [numbers(.int32, [65_536, 65_537, 0]), int64s([0], [])],
      gives: [numbers(.int32, [65_536, 65_536, 0])])
    fails("CumSum", 11, [:], [x, int64s([2], [])], .invalidAttribute, mentioning: "axis is 2")
  }

  @Test func manyEmptyLines() throws {
    let empty = floats([], [1 << 40, 0])
    try tries("LogSoftmax", 13, [:], [empty], gives: [empty])
    try tries("CumSum", 14, [:], [empty, int64s([1], [])], gives: [empty])
    try tries("TopK", 11, [:], [empty, int64s([0])], gives: [empty, int64s([], [1 << 40, 0])])
  }

  @Test func ranges() throws {
    func one(_ type: ElementType, _ x: Double) -> Tensor { numbers(type, [x], []) }
    func range(_ type: ElementType, _ a: Double, _ b: Double, _ c: Double, gives: [Double], opset: Int = 11)
      throws
    {
      try tries(
        "Range", opset, [:], [one(type, a), one(type, b), one(type, c)], gives: [numbers(type, gives)])
    }
    try range(.int32, 3, 9, 3, gives: [3, 6])
    try range(.int64, 10, 4, -2, gives: [10, 8, 6])
    try range(.int16, 5, 5, 1, gives: [])
    try range(.float, 1, 2, 0.25, gives: [1, 1.25, 1.5, 1.75])
    try range(.float, 0, 1, -1, gives: [])
    try range(.bfloat16, 256, 260, 1, gives: [256, 256, 258, 260], opset: 27)
    fails(
      "Range", 11, [:], [one(.int64, 0), one(.int64, 1), one(.int64, 0)], .invalidValue,
      mentioning: "delta is 0")
    fails(
      "Range", 11, [:], [one(.float, 0), one(.float, .infinity), one(.float, 1)], .invalidValue,
      mentioning: "finite")
    let fact = try infer("Range", opset: 11, [:], [.constant([0]), .constant([6]), .constant([2])])[0]
    #expect(fact.elements == [0, 2, 4])
  }
}
