import GraphIR
import TensorCore
import Testing

/// Gather and Scatter in their forms, NonZero, OneHot, Compress, Unique. Expected values: NumPy (take,
/// take_along_axis, nonzero, compress, unique), the rest by hand.
@Suite struct IndexingTests {
  static let x = counting([2, 3])

  static let gatherRows: [OperatorCase] = [
    OperatorCase(
      opset: 1, [:], [x, int64s([1], [])], gives: [int64s([3, 4, 5])], "a scalar drops the axis"),
    OperatorCase(
      opset: 11, ["axis": .int(-1)], [x, int64s([2, -3], [1, 2])],
      gives: [int64s([2, 0, 5, 3], [2, 1, 2])], "negative"),
    OperatorCase(opset: 13, ["axis": .int(1)], [x, int64s([])], gives: [counting([2, 0])], "no index"),
  ]
  @Test(arguments: gatherRows) func gather(_ row: OperatorCase) throws { try row.check("Gather") }

  static let gatherNDRows: [OperatorCase] = [
    OperatorCase(opset: 11, [:], [x, int64s([0, 2, -1, 0], [2, 2])], gives: [int64s([2, 3])], "elements"),
    OperatorCase(opset: 12, [:], [x, int64s([1], [1, 1])], gives: [int64s([3, 4, 5], [1, 3])], "slices"),
    OperatorCase(
      opset: 13, ["batch_dims": .int(1)], [x, int64s([2, 0], [2, 1])], gives: [int64s([2, 3])], "batches"),
  ]
  @Test(arguments: gatherNDRows) func gatherND(_ row: OperatorCase) throws { try row.check("GatherND") }

  @Test func elements() throws {
    let row = OperatorCase(
      opset: 11, ["axis": .int(1)], [Self.x, int64s([1, 0, -1, 2], [2, 2])],
      gives: [int64s([1, 0, 5, 5], [2, 2])])
    try row.check("GatherElements")
    for (name, opset) in [("Scatter", 9), ("ScatterElements", 11), ("ScatterElements", 18)] {
      let scattered = int64s([8, 1, 2, 3, 4, 9], [2, 3])
      let inputs = [Self.x, int64s([0, -1], [2, 1]), int64s([8, 9], [2, 1])]
      try OperatorCase(opset: opset, ["axis": .int(1)], inputs, gives: [scattered]).check(name)
    }
  }

  static let reductionsRows: [OperatorCase] = [
    OperatorCase(
      opset: 13, [:], [counting([3]), int64s([1, 1]), int64s([8, 9])], gives: [int64s([0, 9, 2])],
      "the last wins"),
    OperatorCase(
      opset: 16, ["reduction": .string("add")], [counting([3]), int64s([1, 1]), int64s([8, 9])],
      gives: [int64s([0, 18, 2])]),
    OperatorCase(
      opset: 16, ["reduction": .string("mul")], [counting([3]), int64s([2, 2]), int64s([8, 9])],
      gives: [int64s([0, 1, 144])]),
    OperatorCase(
      opset: 18, ["reduction": .string("max")], [counting([3]), int64s([2, 0]), int64s([1, 9])],
      gives: [int64s([9, 1, 2])]),
    OperatorCase(
      opset: 18, ["reduction": .string("min")],
      [Tensor(floats: [1, 2]), int64s([0, 1]), Tensor(floats: [.nan, 1])],
      gives: [Tensor(floats: [.nan, 1])], "NaN"),
  ]
  @Test(arguments: reductionsRows) func reductions(_ row: OperatorCase) throws {
    try row.check("ScatterElements")
  }

  static let scatterNDRows: [OperatorCase] = [
    OperatorCase(
      opset: 11, [:], [x, int64s([-1], [1, 1]), int64s([7, 8, 9], [1, 3])],
      gives: [int64s([0, 1, 2, 7, 8, 9], [2, 3])]),
    OperatorCase(
      opset: 16, ["reduction": .string("add")], [x, int64s([0, 1, 0, 1], [2, 2]), int64s([10, 20])],
      gives: [int64s([0, 31, 2, 3, 4, 5], [2, 3])]),
    OperatorCase(opset: 18, [:], [x, int64s([], [0, 2]), int64s([])], gives: [x], "no updates"),
  ]
  @Test(arguments: scatterNDRows) func scatterND(_ row: OperatorCase) throws { try row.check("ScatterND") }

  static let nonZeroRows: [OperatorCase] = [
    OperatorCase(
      opset: 9, [:], [int64s([1, 0, 0, 2, 3, 0], [2, 3])], gives: [int64s([0, 1, 1, 0, 0, 1], [2, 3])]),
    OperatorCase(opset: 13, [:], [Tensor(floats: [.nan, -0.0])], gives: [int64s([0], [1, 1])]),
    OperatorCase(opset: 13, [:], [int64s([5], [])], gives: [int64s([], [0, 1])], "scalar"),
    OperatorCase(opset: 13, [:], [Tensor(strings: ["", "a"], shape: [2])], gives: [int64s([1], [1, 1])]),
  ]
  @Test(arguments: nonZeroRows) func nonZero(_ row: OperatorCase) throws { try row.check("NonZero") }

  static let oneHotRows: [OperatorCase] = [
    OperatorCase(
      opset: 9, [:], [int64s([1, -1]), int64s([3], []), int64s([5, 7])],
      gives: [int64s([5, 7, 5, 5, 5, 5], [2, 3])], "negative is out of range"),
    OperatorCase(
      opset: 11, ["axis": .int(0)], [int64s([1, -1]), int64s([3]), int64s([0, 1])],
      gives: [int64s([0, 0, 1, 0, 0, 1], [3, 2])], "negative counts from the end"),
    OperatorCase(
      opset: 11, [:], [Tensor(floats: [0.9, 3]), int64s([2]), Tensor(strings: ["n", "y"], shape: [2])],
      gives: [Tensor(strings: ["y", "n", "n", "n"], shape: [2, 2])], "truncated"),
  ]
  @Test(arguments: oneHotRows) func oneHot(_ row: OperatorCase) throws { try row.check("OneHot") }

  static let compressRows: [OperatorCase] = [
    OperatorCase(
      opset: 9, [:], [x, Tensor(bools: [false, true, false, false, true], shape: [5])],
      gives: [int64s([1, 4])]),
    OperatorCase(
      opset: 11, ["axis": .int(-1)], [x, Tensor(bools: [true, false, true], shape: [3])],
      gives: [int64s([0, 2, 3, 5], [2, 2])]),
  ]
  @Test(arguments: compressRows) func compress(_ row: OperatorCase) throws { try row.check("Compress") }

  static let uniqueRows: [OperatorCase] = [
    OperatorCase(
      opset: 11, [:], [Tensor(floats: [2, .nan, 1, 2, .nan])],
      gives: [
        Tensor(floats: [1, 2, .nan]), int64s([2, 0, 1]), int64s([1, 2, 0, 1, 2]), int64s([1, 2, 2]),
      ]),
    OperatorCase(
      opset: 11, ["sorted": .int(0)], [int64s([2, 1, 1, 3])],
      gives: [int64s([2, 1, 3]), int64s([0, 1, 3]), int64s([0, 1, 1, 2]), int64s([1, 2, 1])]),
    OperatorCase(
      opset: 28, ["axis": .int(1)], [int64s([1, 0, 1, 0, 1, 0], [2, 3])],
      gives: [int64s([0, 1, 1, 0], [2, 2]), int64s([1, 0]), int64s([1, 0, 1]), int64s([1, 2])], "columns"),
    OperatorCase(
      opset: 11, [:], [Tensor(strings: ["b", "", "b"], shape: [3])],
      gives: [Tensor(strings: ["", "b"], shape: [2]), int64s([1, 0]), int64s([1, 0, 1]), int64s([1, 2])]),
    OperatorCase(
      opset: 11, [:], [counting([0])], gives: [counting([0]), int64s([]), int64s([]), int64s([])], "empty"),
  ]
  @Test(arguments: uniqueRows) func unique(_ row: OperatorCase) throws { try row.check("Unique") }

  static let tensorScatterRows: [OperatorCase] = [
    OperatorCase(
      opset: 24, ["axis": .int(1)], [counting([2, 3]), int64s([8, 9], [2, 1]), int64s([2, 0])],
      gives: [int64s([0, 1, 8, 9, 4, 5], [2, 3])]),
    OperatorCase(
      opset: 24, ["axis": .int(1), "mode": .string("circular")],
      [counting([1, 3]), int64s([8, 9], [1, 2]), int64s([5])], gives: [int64s([9, 1, 8], [1, 3])]),
    OperatorCase(
      opset: 24, [:], [counting([1, 2, 1]), int64s([7], [1, 1, 1])], gives: [int64s([7, 1], [1, 2, 1])],
      "axis -2"),
  ]
  @Test(arguments: tensorScatterRows) func tensorScatter(_ row: OperatorCase) throws {
    try row.check("TensorScatter")
  }

  @Test func outOfRange() {
    let three = Value.tensor(counting([3]))
    for index in [3, -4, Int.min] {
      expectError(.invalidValue, mentioning: "\(index)") {
        _ = try evaluate("Gather", opset: 13, [:], [three, .tensor(int64s([index]))])
      }
      expectError(.invalidValue, mentioning: "\(index)") {
        _ = try evaluate("GatherND", opset: 13, [:], [three, .tensor(int64s([index], [1, 1]))])
      }
      expectError(.invalidValue, mentioning: "\(index)") {
        _ = try evaluate(
          "ScatterElements", opset: 18, [:], [three, .tensor(int64s([index])), .tensor(int64s([0]))])
      }
    }
    expectError(.invalidValue, mentioning: "beyond") {
      let inputs = [counting([1, 2]), int64s([0], [1, 1]), int64s([Int.max])].map(Value.tensor)
      _ = try evaluate("TensorScatter", opset: 24, ["axis": .int(1)], inputs)
    }
    expectError(.invalidAttribute, mentioning: "opset 18") {
      let inputs = [counting([1]), int64s([0]), int64s([0])].map(Value.tensor)
      _ = try evaluate("ScatterElements", opset: 16, ["reduction": .string("max")], inputs)
    }
  }
}
