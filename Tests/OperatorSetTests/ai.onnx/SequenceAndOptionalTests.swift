import GraphIR
import TensorCore
import Testing

/// Sequences and optionals. Expected values: by hand, from the definitions.
@Suite struct SequenceAndOptionalTests {
  static func sequence(_ tensors: Tensor...) -> Value {
    .sequence(tensors.map(Value.tensor), of: .tensor(.int64, nil))
  }
  static let abc = sequence(int64s([1]), int64s([2, 3]), int64s([4]))
  static func at(_ position: Int) -> Value { .tensor(int64s([position], [])) }

  @Test func elements() throws {
    try OperatorCase(opset: 11, values: [Self.abc, Self.at(-2)], gives: [.tensor(int64s([2, 3]))]).check(
      "SequenceAt")
    let two = Self.sequence(int64s([1]), int64s([2, 3]))
    try OperatorCase(opset: 11, values: [Self.abc], gives: [two]).check("SequenceErase")
    let erased = Self.sequence(int64s([2, 3]), int64s([4]))
    try OperatorCase(opset: 11, values: [Self.abc, Self.at(0)], gives: [erased]).check("SequenceErase")
    try OperatorCase(opset: 11, values: [Self.abc], gives: [Self.at(3)]).check("SequenceLength")
    let parts = [int64s([1]), int64s([2, 3])].map(Value.tensor)
    try OperatorCase(opset: 11, values: parts, gives: [two]).check("SequenceConstruct")
    let empty = Value.sequence([], of: .tensor(.bool, nil))
    try OperatorCase(opset: 11, ["dtype": .int(9)], values: [], gives: [empty]).check("SequenceEmpty")
    expectError(.invalidValue, mentioning: "position") {
      _ = try evaluate("SequenceAt", opset: 11, [:], [Self.abc, Self.at(3)])
    }
    expectError(.invalidValue, mentioning: "position") {
      _ = try evaluate("SequenceErase", opset: 11, [:], [empty])
    }
  }

  static let x = Value.tensor(counting([2, 3]))
  static let splitRows: [OperatorCase] = [
    OperatorCase(
      opset: 11, values: [x], gives: [sequence(int64s([0, 1, 2], [1, 3]), int64s([3, 4, 5], [1, 3]))]),
    OperatorCase(
      opset: 11, ["keepdims": .int(0)], values: [x], gives: [sequence(int64s([0, 1, 2]), int64s([3, 4, 5]))]),
    OperatorCase(
      opset: 24, ["axis": .int(-1)], values: [x, .tensor(int64s([2], []))],
      gives: [sequence(int64s([0, 1, 3, 4], [2, 2]), int64s([2, 5], [2, 1]))], "scalar"),
    OperatorCase(
      opset: 11, ["keepdims": .int(0)], values: [x, .tensor(int64s([0, 2]))],
      gives: [sequence(counting([0, 3]), counting([2, 3]))], "list; keepdims ignored"),
  ]
  @Test(arguments: splitRows) func split(_ row: OperatorCase) throws { try row.check("SplitToSequence") }

  @Test func concatFromSequence() throws {
    let joined = Value.tensor(int64s([1, 2, 3, 4]))
    try OperatorCase(opset: 11, ["axis": .int(0)], values: [Self.abc], gives: [joined]).check(
      "ConcatFromSequence")
    let pair = Self.sequence(int64s([1, 2]), int64s([3, 4]))
    let stacked: [String: Attribute] = ["axis": .int(-1), "new_axis": .int(1)]
    let columns = Value.tensor(int64s([1, 3, 2, 4], [2, 2]))
    try OperatorCase(opset: 11, stacked, values: [pair], gives: [columns]).check("ConcatFromSequence")
  }

  @Test func optionals() throws {
    let type = ValueType.tensor(.int64, nil)
    let (some, none) = (Value.optional(Self.x, of: Self.x.type), Value.optional(nil, of: type))
    let emptySequence = Value.optional(.sequence([], of: type), of: .sequence(type))
    try OperatorCase(opset: 15, values: [Self.x], gives: [some]).check("Optional")
    try OperatorCase(opset: 15, ["type": .type(type)], values: [], gives: [none]).check("Optional")
    for opset in [15, 18, 28] {
      try OperatorCase(opset: opset, values: [some], gives: [Self.x]).check("OptionalGetElement")
      for (value, holds) in [(some, true), (none, false), (emptySequence, true)] {
        let row = OperatorCase(
          opset: opset, values: [value], gives: [.tensor(Tensor(bools: [holds], shape: []))])
        try row.check("OptionalHasElement")
      }
    }
    try OperatorCase(opset: 18, values: [Self.abc], gives: [Self.abc]).check("OptionalGetElement")
    let no = Value.tensor(Tensor(bools: [false], shape: []))
    try OperatorCase(opset: 18, values: [nil], gives: [no], "omitted").check("OptionalHasElement")
    expectError(.invalidValue, mentioning: "none") {
      _ = try evaluate("OptionalGetElement", opset: 18, [:], [none])
    }
    expectError(.invalidAttribute, mentioning: "'type'") { _ = try evaluate("Optional", opset: 15, [:], []) }
  }
}
