import GraphIR
import TensorCore
import Testing

/// Concat, Split, Slice, Transpose, Tile, Pad and the like. Expected values: NumPy (concatenate, slicing,
/// tile, pad, triu, tril) on counting tensors.
@Suite struct RearrangementTests {
  static let concatRows: [OperatorCase] = [
    OperatorCase(
      opset: 1, [:], [Tensor(floats: [1], shape: [1, 1]), Tensor(floats: [2], shape: [1, 1])],
      gives: [Tensor(floats: [1, 2], shape: [1, 2])], "axis 1 by default"),
    OperatorCase(
      opset: 4, ["axis": .int(0)], [counting([2]), counting([0]), counting([1])], gives: [int64s([0, 1, 0])]),
    OperatorCase(
      opset: 13, ["axis": .int(-1)], [counting([2, 1]), counting([2, 2])],
      gives: [int64s([0, 0, 1, 1, 2, 3], [2, 3])]),
    OperatorCase(
      opset: 13, ["axis": .int(1)],
      [Tensor(strings: ["a", "b"], shape: [2, 1]), Tensor(strings: ["c", "d"], shape: [2, 1])],
      gives: [Tensor(strings: ["a", "c", "b", "d"], shape: [2, 2])], "strings"),
  ]
  @Test(arguments: concatRows) func concat(_ row: OperatorCase) throws { try row.check("Concat") }

  static let splitRows: [OperatorCase] = [
    OperatorCase(
      opset: 2, ["axis": .int(1), "split": .ints([2, 1])], [counting([2, 3])],
      gives: [int64s([0, 1, 3, 4], [2, 2]), int64s([2, 5], [2, 1])]),
    OperatorCase(
      opset: 11, ["axis": .int(-1)], [counting([1, 4])],
      gives: [int64s([0, 1], [1, 2]), int64s([2, 3], [1, 2])]),
    OperatorCase(
      opset: 13, [:], [counting([3]), int64s([0, 3])], gives: [int64s([]), counting([3])], "empty part"),
    OperatorCase(
      opset: 18, ["num_outputs": .int(3)], [counting([7])],
      gives: [int64s([0, 1, 2]), int64s([3, 4, 5]), int64s([6])], "last one smaller"),
    OperatorCase(
      opset: 18, ["num_outputs": .int(4)], [counting([5])],
      gives: [int64s([0, 1]), int64s([2, 3]), int64s([4]), int64s([])], "extent runs out"),
  ]
  @Test(arguments: splitRows) func split(_ row: OperatorCase) throws { try row.check("Split") }

  static let sliceRows: [OperatorCase] = [
    OperatorCase(
      opset: 1, ["starts": .ints([0, -2]), "ends": .ints([1, 1000])], [counting([2, 3])],
      gives: [int64s([1, 2], [1, 2])]),
    OperatorCase(
      opset: 10, [:], [counting([2, 3]), int64s([1]), int64s([3]), int64s([1])],
      gives: [int64s([1, 2, 4, 5], [2, 2])], "one axis"),
    OperatorCase(
      opset: 13, [:], [counting([2, 3]), int64s([Int.max]), int64s([Int.min]), int64s([-1]), int64s([-2])],
      gives: [int64s([2, 0, 5, 3], [2, 2])], "backward to the end"),
    OperatorCase(
      opset: 13, [:], [counting([3]), int64s([Int.min]), int64s([Int.max]), nil, int64s([Int.max])],
      gives: [int64s([0])], "a huge step"),
    OperatorCase(
      opset: 13, [:], [counting([3]), int64s([-1]), int64s([Int.min]), nil, int64s([Int.min])],
      gives: [int64s([2])], "the smallest step"),
    OperatorCase(opset: 13, [:], [counting([3]), int64s([2]), int64s([1])], gives: [int64s([])], "nothing"),
    OperatorCase(
      opset: 13, [:], [counting([0, 2]), int64s([0]), int64s([Int.min]), nil, int64s([-1])],
      gives: [counting([0, 2])], "empty axis"),
  ]
  @Test(arguments: sliceRows) func slice(_ row: OperatorCase) throws { try row.check("Slice") }

  static let padRows: [OperatorCase] = [
    OperatorCase(
      opset: 1, ["paddings": .ints([1, 0]), "value": .float(2)], [Tensor(floats: [7])],
      gives: [Tensor(floats: [2, 7])]),
    OperatorCase(
      opset: 2, ["pads": .ints([-1, 2])], [Tensor(floats: [7, 8])], gives: [Tensor(floats: [8, 0, 0])],
      "negative"),
    OperatorCase(
      opset: 11, ["mode": .string("edge")], [counting([2, 3]), int64s([1, 0, 0, 2])],
      gives: [int64s([0, 1, 2, 2, 2, 0, 1, 2, 2, 2, 3, 4, 5, 5, 5], [3, 5])]),
    OperatorCase(
      opset: 13, ["mode": .string("reflect")], [counting([3]), int64s([5, 4])],
      gives: [int64s([1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2])], "mirrored again and again"),
    OperatorCase(
      opset: 13, ["mode": .string("reflect")], [counting([4]), int64s([-1, 5])],
      gives: [int64s([1, 2, 3, 2, 1, 2, 3, 2])], "cropped first"),
    OperatorCase(
      opset: 18, [:], [counting([1, 2]), int64s([1, 0]), int64s([9], []), int64s([-1])],
      gives: [int64s([9, 0, 1], [1, 3])], "axes"),
    OperatorCase(
      opset: 19, ["mode": .string("wrap")], [counting([3]), int64s([4, 5])],
      gives: [int64s([2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1])]),
    OperatorCase(
      opset: 25, [:], [Tensor(strings: ["a"], shape: [1]), int64s([0, 1])],
      gives: [Tensor(strings: ["a", ""], shape: [2])], "strings"),
    OperatorCase(
      opset: 13, [:], [counting([0]), int64s([1, 1])], gives: [int64s([0, 0])], "an empty axis"),
  ]
  @Test(arguments: padRows) func pad(_ row: OperatorCase) throws { try row.check("Pad") }

  @Test func transposeAndTile() throws {
    let x = counting([2, 3])
    try OperatorCase(opset: 1, [:], [x], gives: [int64s([0, 3, 1, 4, 2, 5], [3, 2])]).check("Transpose")
    let moved = OperatorCase(
      opset: 25, ["perm": .ints([2, 0, 1])], [counting([1, 2, 3])],
      gives: [int64s([0, 3, 1, 4, 2, 5], [3, 1, 2])])
    try moved.check("Transpose")
    let tiles: [Tensor] = [
      Tensor(floats: [1, 2], shape: [2]), Tensor(floats: [2], shape: []), Tensor(floats: [0], shape: []),
    ]
    try OperatorCase(opset: 1, [:], tiles, gives: [Tensor(floats: [1, 2, 1, 2])]).check("Tile")
    let tiled = int64s([0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5], [2, 6])
    try OperatorCase(opset: 6, [:], [x, int64s([1, 2])], gives: [tiled]).check("Tile")
    try OperatorCase(opset: 13, [:], [x, int64s([0, 2])], gives: [counting([0, 6])], "no copies").check(
      "Tile")
  }

  @Test func trianglesAndBlocks() throws {
    let x = counting([2, 3])
    try OperatorCase(opset: 14, [:], [x, int64s([1], [])], gives: [int64s([0, 1, 2, 0, 0, 5], [2, 3])]).check(
      "Trilu")
    let lower = OperatorCase(
      opset: 14, ["upper": .int(0)], [x, int64s([-1], [])], gives: [int64s([0, 0, 0, 3, 0, 0], [2, 3])])
    try lower.check("Trilu")
    try OperatorCase(opset: 14, [:], [x, int64s([Int.min], [])], gives: [x], "any diagonal").check("Trilu")
    let (depth, space) = (counting([1, 8, 1, 1]), counting([1, 2, 2, 2]))
    let b = Attribute.int(2)
    let dcr = int64s([0, 2, 4, 6, 1, 3, 5, 7], [1, 2, 2, 2])
    try OperatorCase(opset: 1, ["blocksize": b], [depth], gives: [dcr]).check("DepthToSpace")
    let crd: [String: Attribute] = ["blocksize": b, "mode": .string("CRD")]
    try OperatorCase(opset: 11, crd, [depth], gives: [space]).check("DepthToSpace")
    let gathered = int64s([0, 4, 1, 5, 2, 6, 3, 7], [1, 8, 1, 1])
    try OperatorCase(opset: 13, ["blocksize": b], [space], gives: [gathered]).check("SpaceToDepth")
    try OperatorCase(opset: 28, crd, [space], gives: [depth]).check("SpaceToDepth")
  }

  @Test func cropsReversalsAndEyes() throws {
    let crop = OperatorCase(
      opset: 18, [:], [counting([4, 1]), int64s([1, 4])], gives: [int64s([0, 1, 0, 0], [1, 4])])
    try crop.check("CenterCropPad")
    let x = counting([3, 2])
    let time0 = int64s([4, 1, 2, 3, 0, 5], [3, 2])
    try OperatorCase(opset: 10, [:], [x, int64s([3, 1])], gives: [time0]).check("ReverseSequence")
    let time1: [String: Attribute] = ["time_axis": .int(1), "batch_axis": .int(0)]
    let reversed = int64s([1, 0, 2, 3, 4, 5], [3, 2])
    try OperatorCase(opset: 28, time1, [x, int64s([2, 1, 0])], gives: [reversed]).check("ReverseSequence")
    let eye: [String: Attribute] = ["k": .int(1), "dtype": .int(7)]
    let eyes = int64s([0, 1, 0, 0, 0, 1], [2, 3])
    try OperatorCase(opset: 9, eye, [Tensor(floats: [0, 0, 0, 0, 0, 0], shape: [2, 3])], gives: [eyes]).check(
      "EyeLike")
  }

  @Test func symbolsPropagate() throws {
    let list = Fact.list([.param("N"), 3, .unknown])
    let sliced = try infer("Slice", opset: 13, [:], [list, .constant([0]), .constant([2])])
    #expect(sliced[0].elements == [.param("N"), 3])
    #expect(try infer("Gather", opset: 13, [:], [list, .constant([-3])])[0].elements == [.param("N")])
    #expect(try infer("Concat", opset: 13, ["axis": .int(0)], [list, .list([4])])[0].elements?.count == 4)
    let x = Fact.tensor(.float, [.param("N"), 4])
    let whole = try infer("Slice", opset: 13, [:], [x, .constant([0, 1]), .constant([Int.max, 3])])
    #expect(whole[0].dims == [.param("N"), 2])
  }

  @Test func errors() {
    expectError(.invalidShape, mentioning: "axis 0") {
      _ = try evaluate(
        "Concat", opset: 13, ["axis": .int(1)], [.tensor(counting([2, 1])), .tensor(counting([3, 1]))])
    }
    expectError(.invalidShape, mentioning: "equal parts") {
      _ = try evaluate("Split", opset: 13, [:], [.tensor(counting([3]))], outputCount: 2)
    }
    expectError(.invalidAttribute, mentioning: "none is given") {
      _ = try evaluate("Split", opset: 18, [:], [.tensor(counting([4]))], outputCount: 2)
    }
    expectError(.invalidValue, mentioning: "must not be 0") {
      let inputs: [Value?] =
        [counting([3]), int64s([0]), int64s([1])].map(Value.tensor) + [nil, .tensor(int64s([0]))]
      _ = try evaluate("Slice", opset: 13, [:], inputs)
    }
    expectError(.invalidShape, mentioning: "no cells left") {
      _ = try evaluate(
        "Pad", opset: 13, ["mode": .string("edge")], [.tensor(counting([0])), .tensor(int64s([1, 0]))])
    }
    expectError(.invalidAttribute, mentioning: "opset 19") {
      _ = try evaluate(
        "Pad", opset: 18, ["mode": .string("wrap")], [.tensor(counting([1])), .tensor(int64s([1, 0]))])
    }
    expectError(.invalidAttribute, mentioning: "permutation") {
      _ = try evaluate("Transpose", opset: 13, ["perm": .ints([0, 0])], [.tensor(counting([2, 3]))])
    }
  }
}
