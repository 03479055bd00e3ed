import GraphIR
import OperatorSet
import TensorCore
import Testing

/// The Reduce* family. Expected values: NumPy in float64 on −5…18 of shape [2, 3, 4], reduced over axes 0 and
/// 2.
@Suite struct ReductionTests {
  private let x = floats((0..<24).map { Double($0) - 5 }, [2, 3, 4])

  @Test(
    arguments: [
      ("ReduceSum", [20, 52, 84]), ("ReduceMean", [2.5, 6.5, 10.5]), ("ReduceL1", [48, 54, 84]),
      ("ReduceL2", [18.65475810617763, 25.219040425836983, 34.351128074635334]),
      ("ReduceSumSquare", [348, 636, 1180]), ("ReduceMax", [10, 14, 18]), ("ReduceMin", [-5, -1, 3]),
      ("ReduceLogSumExp", [10.440195842754672, 14.440195842754672, 18.440195842754672]),
      ("ReduceProd", [604_800, 0, 26_438_400]),
      ("ReduceLogSum", [2.995732273553991, 3.951243718581427, 4.430816798843313]),
    ] as [(String, [Double])])
  func axesByAttributeAndByInput(_ name: String, _ values: [Double]) throws {
    let (kept, gone) = (floats(values, [1, 3, 1]), floats(values, [3]))
    let axes = Attribute.ints([0, 2])
    try tries(name, 1, ["axes": axes], [x], gives: [kept], tolerance: 1e-7)
    try tries(name, 11, ["axes": .ints([-3, -1]), "keepdims": .int(0)], [x], gives: [gone], tolerance: 1e-7)
    try tries(name, 18, [:], [x, int64s([2, 0])], gives: [kept], tolerance: 1e-7)
    try tries(name, 28, ["keepdims": .int(0)], [x, int64s([-1, 0])], gives: [gone], tolerance: 1e-7)
  }

  @Test(
    arguments: [
      ("ReduceSum", 3, 3), ("ReduceMean", 3, 3), ("ReduceL1", 3, 3), ("ReduceL2", 3, 3),
      ("ReduceSumSquare", 9, 9), ("ReduceMax", 3, 3), ("ReduceMin", 3, 3), ("ReduceProd", 3, 3),
      ("ReduceLogSumExp", 3, 3), ("ReduceLogSum", 1.0986122886681098, 1.0986122886681098),
    ] as [(String, Double, Double)])
  func noAxesMeansAllOrNone(_ name: String, _ each: Double, _ all: Double) throws {
    let noop: [String: Attribute] = ["noop_with_empty_axes": .int(1), "keepdims": .int(0)]
    try tries(
      name, 18, noop, [floats([3, 3], [2, 1])], gives: [floats([each, each], [2, 1])], tolerance: 1e-7)
    try tries(name, 18, [:], [floats([3], [1, 1])], gives: [floats([all], [1, 1])], tolerance: 1e-7)
    try tries(
      name, 18, ["keepdims": .int(0)], [floats([3], [1, 1]), int64s([])], gives: [floats([all], [])],
      tolerance: 1e-7)
    try tries(name, 13, [:], [floats([3], [])], gives: [floats([all], [])], tolerance: 1e-7, "scalar")
  }

  @Test(
    arguments: [
      ("ReduceSum", 0), ("ReduceMean", .nan), ("ReduceL1", 0), ("ReduceL2", 0), ("ReduceSumSquare", 0),
      ("ReduceMax", -.infinity), ("ReduceMin", .infinity), ("ReduceProd", 1), ("ReduceLogSum", -.infinity),
      ("ReduceLogSumExp", -.infinity),
    ] as [(String, Double)])
  func nothingGivesTheIdentity(_ name: String, _ identity: Double) throws {
    let empty = floats([], [2, 0, 3])
    try tries(
      name, 18, [:], [empty, int64s([1])],
      gives: [floats([Double](repeating: identity, count: 6), [2, 1, 3])])
    try tries(name, 18, [:], [empty, int64s([0])], gives: [floats([], [1, 0, 3])])
  }

  @Test func integersAndBools() throws {
    let bytes = numbers(.int8, [-128, 127, 5], [3])
    try tries("ReduceMax", 12, [:], [bytes], gives: [numbers(.int8, [127])])
    try tries("ReduceMin", 13, [:], [bytes], gives: [numbers(.int8, [-128])])
    try tries("ReduceMax", 18, [:], [numbers(.uint8, [], [0])], gives: [numbers(.uint8, [0])])
    try tries("ReduceMin", 18, [:], [numbers(.int8, [], [0])], gives: [numbers(.int8, [127])])
    let bools = Tensor(bools: [true, false, true, true], shape: [2, 2])
    let axes = int64s([1])
    try tries("ReduceMax", 20, [:], [bools, axes], gives: [Tensor(bools: [true, true], shape: [2, 1])])
    try tries("ReduceMin", 20, [:], [bools, axes], gives: [Tensor(bools: [false, true], shape: [2, 1])])
    try tries(
      "ReduceSum", 13, [:], [numbers(.int32, [2_147_483_647, 1])], gives: [numbers(.int32, [-2_147_483_648])])
    try tries("ReduceMean", 18, [:], [numbers(.int32, [-3, -4])], gives: [numbers(.int32, [-3])])
    try tries(
      "ReduceProd", 18, [:], [numbers(.uint32, [65_536, 65_537])], gives: [numbers(.uint32, [65_536])])
    try tries("ReduceL2", 18, [:], [numbers(.int32, [1, 1])], gives: [numbers(.int32, [1])])
  }

  @Test func specialNumbersAndErrors() throws {
    try tries("ReduceMax", 18, [:], [floats([1, .nan, 2])], gives: [floats([.nan])])
    try tries("ReduceMin", 18, [:], [floats([.nan, 1])], gives: [floats([.nan])])
    try tries("ReduceLogSumExp", 18, [:], [floats([1000, 1000])], gives: [floats([1000.6931471805599])])
    try tries("ReduceSum", 13, [:], [numbers(.double, [1e16, 1, -1e16])], gives: [numbers(.double, [1])])
    try tries("ReduceSum", 13, [:], [numbers(.float16, [2048, 1, 1])], gives: [numbers(.float16, [2050])])
    fails("ReduceSum", 13, [:], [x, int64s([3])], .invalidAttribute, mentioning: "3")
    fails("ReduceSum", 11, ["axes": .ints([0, -3])], [x], .invalidAttribute, mentioning: "twice")
  }

  @Test func unknownAxesLeaveDimsOpen() throws {
    let data = Fact.tensor(.float, [2, .param("N"), 4])
    let axes = Fact.tensor(.int64, [1])
    #expect(try infer("ReduceSum", opset: 13, [:], [data, axes])[0].dims == [.unknown, .unknown, .unknown])
    #expect(try infer("ReduceSum", opset: 13, ["keepdims": .int(0)], [data, axes])[0].dims == nil)
    #expect(try infer("ReduceSum", opset: 13, [:], [data, .constant([2])])[0].dims == [2, .param("N"), 1])
  }
}
