import GraphIR
import TensorCore
import Testing

/// Constants, shapes and changes of shape. Expected values: by hand, from the definitions.
@Suite struct ShapeOperatorTests {
  static let constantRows: [OperatorCase] = [
    OperatorCase(opset: 1, ["value": .tensor(Tensor(floats: [2, 3]))], [], gives: [Tensor(floats: [2, 3])]),
    OperatorCase(opset: 12, ["value_int": .int(-7)], [], gives: [int64s([-7], [])], "scalar"),
    OperatorCase(opset: 12, ["value_floats": .floats([1.5])], [], gives: [Tensor(floats: [1.5])]),
    OperatorCase(opset: 25, ["value_ints": .ints([])], [], gives: [int64s([])], "empty list"),
    OperatorCase(
      opset: 13, ["value_string": .string("é")], [], gives: [Tensor(strings: ["é"], shape: [])]),
    OperatorCase(
      opset: 11,
      [
        "sparse_value": .sparseTensor(
          SparseTensor(
            values: Tensor(floats: [5, 6]), indices: int64s([0, 2, 1, 0], [2, 2]), shape: [2, 3]))
      ], [], gives: [Tensor(floats: [0, 0, 5, 6, 0, 0], shape: [2, 3])], "densified"),
  ]
  @Test(arguments: constantRows) func constant(_ row: OperatorCase) throws { try row.check("Constant") }

  static let constantOfShapeRows: [OperatorCase] = [
    OperatorCase(
      opset: 9, [:], [int64s([2, 1])], gives: [Tensor(floats: [0, 0], shape: [2, 1])], "float zeros"),
    OperatorCase(
      opset: 25, ["value": .tensor(int64s([4]))], [int64s([])], gives: [int64s([4], [])], "scalar"),
    OperatorCase(opset: 21, ["value": .tensor(int64s([4]))], [int64s([3, 0])], gives: [int64s([], [3, 0])]),
  ]
  @Test(arguments: constantOfShapeRows) func constantOfShape(_ row: OperatorCase) throws {
    try row.check("ConstantOfShape")
  }

  static let reshapeRows: [OperatorCase] = [
    OperatorCase(opset: 1, ["shape": .ints([3, -1])], [Tensor(floats: [1, 2, 3])], gives: [column]),
    OperatorCase(opset: 5, [:], [counting([2, 3, 4]), int64s([0, -1, 2])], gives: [counting([2, 6, 2])]),
    OperatorCase(
      opset: 5, [:], [counting([0, 6]), int64s([0, -1])], gives: [counting([0, 6])], "copied 0"),
    OperatorCase(opset: 5, [:], [counting([0, 6]), int64s([-1, 3])], gives: [counting([0, 3])]),
    OperatorCase(
      opset: 14, ["allowzero": .int(1)], [counting([0, 6]), int64s([2, 0])], gives: [counting([2, 0])]),
  ]
  private static let column = Tensor(floats: [1, 2, 3], shape: [3, 1])
  @Test(arguments: reshapeRows) func reshape(_ row: OperatorCase) throws { try row.check("Reshape") }

  static let shapeRows: [OperatorCase] = [
    OperatorCase(opset: 1, [:], [counting([2, 3, 4])], gives: [int64s([2, 3, 4])]),
    OperatorCase(opset: 15, ["start": .int(-1)], [counting([2, 3, 4])], gives: [int64s([4])]),
    OperatorCase(opset: 15, ["end": .int(-1)], [counting([2, 3, 4])], gives: [int64s([2, 3])]),
    OperatorCase(
      opset: 15, ["start": .int(-9), "end": .int(9)], [counting([2, 3])], gives: [int64s([2, 3])]),
    OperatorCase(opset: 15, ["start": .int(2), "end": .int(1)], [counting([2, 3])], gives: [int64s([])]),
  ]
  @Test(arguments: shapeRows) func shape(_ row: OperatorCase) throws { try row.check("Shape") }

  static let squeezeRows: [OperatorCase] = [
    OperatorCase(opset: 1, ["axes": .ints([0])], [counting([1, 3, 1])], gives: [counting([3, 1])]),
    OperatorCase(opset: 11, ["axes": .ints([-1])], [counting([1, 3, 1])], gives: [counting([1, 3])]),
    OperatorCase(opset: 13, [:], [counting([1, 3, 1]), int64s([2, 0])], gives: [counting([3])]),
    OperatorCase(opset: 25, [:], [counting([1, 3, 1])], gives: [counting([3])], "all axes of extent 1"),
    OperatorCase(
      opset: 25, [:], [counting([1, 3, 1]), int64s([])], gives: [counting([1, 3, 1])], "no axes"),
  ]
  @Test(arguments: squeezeRows) func squeeze(_ row: OperatorCase) throws { try row.check("Squeeze") }

  static let unsqueezeRows: [OperatorCase] = [
    OperatorCase(opset: 1, ["axes": .ints([0, 2])], [counting([3, 4])], gives: [counting([1, 3, 1, 4])]),
    OperatorCase(
      opset: 13, [:], [counting([3, 4]), int64s([-1, 0])], gives: [counting([1, 3, 4, 1])], "any order"),
    OperatorCase(opset: 25, [:], [counting([0]), int64s([1])], gives: [counting([0, 1])], "empty"),
  ]
  @Test(arguments: unsqueezeRows) func unsqueeze(_ row: OperatorCase) throws { try row.check("Unsqueeze") }

  static let flattenRows: [OperatorCase] = [
    OperatorCase(opset: 9, [:], [counting([2, 3, 4])], gives: [counting([2, 12])]),
    OperatorCase(opset: 9, ["axis": .int(0)], [counting([2, 3])], gives: [counting([1, 6])]),
    OperatorCase(opset: 11, ["axis": .int(-1)], [counting([2, 3, 4])], gives: [counting([6, 4])]),
    OperatorCase(
      opset: 13, ["axis": .int(2)], [counting([2, 3])], gives: [counting([6, 1])], "axis = rank"),
    OperatorCase(opset: 25, ["axis": .int(0)], [int64s([7], [])], gives: [int64s([7], [1, 1])], "scalar"),
  ]
  @Test(arguments: flattenRows) func flatten(_ row: OperatorCase) throws { try row.check("Flatten") }

  static let expandRows: [OperatorCase] = [
    OperatorCase(
      opset: 8, [:], [counting([2, 1]), int64s([3, 1, 2])],
      gives: [int64s([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1], [3, 2, 2])]),
    OperatorCase(opset: 13, [:], [counting([3]), int64s([1])], gives: [counting([3])], "1 keeps the extent"),
    OperatorCase(opset: 13, [:], [counting([1]), int64s([0])], gives: [counting([0])], "1 against 0"),
  ]
  @Test(arguments: expandRows) func expand(_ row: OperatorCase) throws { try row.check("Expand") }

  @Test func sizeAndIdentity() throws {
    try OperatorCase(opset: 1, [:], [counting([2, 3])], gives: [int64s([6], [])]).check("Size")
    try OperatorCase(opset: 25, [:], [counting([2, 0])], gives: [int64s([0], [])]).check("Size")
    try OperatorCase(opset: 1, [:], [counting([2, 3])], gives: [counting([2, 3])]).check("Identity")
    let none = Value.optional(nil, of: .tensor(.float, nil))
    try OperatorCase(opset: 16, values: [none], gives: [none], "optional").check("Identity")
  }

  @Test func errors() {
    expectError(.invalidAttribute, mentioning: "not 2") {
      _ = try evaluate("Constant", opset: 12, ["value_int": .int(1), "value_float": .float(1)], [])
    }
    expectError(.invalidShape, mentioning: "extent 3") {
      _ = try evaluate("Squeeze", opset: 13, [:], [.tensor(counting([3])), .tensor(int64s([0]))])
    }
    expectError(.invalidAttribute, mentioning: "twice") {
      _ = try evaluate("Unsqueeze", opset: 13, [:], [.tensor(counting([3])), .tensor(int64s([0, -3]))])
    }
    expectError(.invalidValue, mentioning: "-2") {
      _ = try evaluate("ConstantOfShape", opset: 9, [:], [.tensor(int64s([-2]))])
    }
  }

  @Test func symbolsPropagate() throws {
    let x = Fact.tensor(.float, [.param("N"), 3, .unknown])
    #expect(try infer("Shape", opset: 15, ["end": .int(2)], [x])[0].elements == [.param("N"), 3])
    let list = Fact.list([.param("N"), 3])
    #expect(try infer("ConstantOfShape", opset: 9, [:], [list])[0].dims == [.param("N"), 3])
    #expect(try infer("Expand", opset: 13, [:], [.tensor(.float, [1]), list])[0].dims == [.param("N"), 3])
    #expect(try infer("Unsqueeze", opset: 13, [:], [list, .constant([0])])[0].elements == [.param("N"), 3])
    #expect(
      try infer("Flatten", opset: 13, [:], [.tensor(.float, [.param("N"), 3, 4])])[0].dims == [
        .param("N"), 12,
      ])
  }
}
