import GraphIR
import OperatorSet
import TensorCore
import Testing

/// Products of matrices. Expected values: NumPy's matmul, einsum and linalg.det on counting numbers.
@Suite struct MatrixTests {
  private let a = floats((0..<6).map(Double.init), [2, 3])
  private let b = floats((0..<12).map(Double.init), [3, 4])
  private let ab: [Double] = [20, 23, 26, 29, 56, 68, 80, 92]

  @Test func matMul() throws {
    try tries("MatMul", 1, [:], [a, b], gives: [floats(ab, [2, 4])])
    try tries("MatMul", 13, [:], [floats([1, 2, 3]), b], gives: [floats([32, 38, 44, 50])])
    try tries("MatMul", 13, [:], [a, floats([1, 2, 3])], gives: [floats([8, 26])])
    try tries("MatMul", 13, [:], [floats([1, 2]), floats([3, 4])], gives: [floats([11], [])])
    let stack: [Double] = [
      10, 13, 28, 40, 28, 31, 100, 112, 46, 49, 172, 184, 46, 67, 64, 94, 172, 193, 244, 274, 298, 319, 424,
      454,
    ]
    try tries(
      "MatMul", 9, [:],
      [
        numbers(.int64, (0..<12).map(Double.init), [2, 1, 2, 3]),
        numbers(.int64, (0..<18).map(Double.init), [3, 3, 2]),
      ],
      gives: [numbers(.int64, stack, [2, 3, 2, 2])])
    try tries(
      "MatMul", 13, [:], [floats([], [2, 0]), floats([], [0, 1])], gives: [floats([0, 0], [2, 1])])
    try tries(
      "MatMul", 13, [:], [numbers(.double, [1e16, 1, -1e16]), numbers(.double, [1, 1, 1])],
      gives: [numbers(.double, [1], [])])
    fails("MatMul", 13, [:], [a, a], .invalidShape, mentioning: "rows of 3 do not fit columns of 2")
    fails("MatMul", 13, [:], [floats([1], []), a], .invalidShape, mentioning: "scalar")
  }

  @Test func gemm() throws {
    let c = floats([1, 2, 3, 4])
    let y: [Double] = [12, 15.5, 19, 22.5, 30, 38, 46, 54]
    let factors: [String: Attribute] = ["alpha": .float(0.5), "beta": .float(2)]
    try tries("Gemm", 7, factors, [a, b, c], gives: [floats(y, [2, 4])])
    try tries(
      "Gemm", 6, factors.merging(["broadcast": .int(1)]) { $1 }, [a, b, c], gives: [floats(y, [2, 4])])
    try tries("Gemm", 11, [:], [a, b, nil], gives: [floats(ab, [2, 4])])
    let (at, bt) = (a.transposed([1, 0]), b.transposed([1, 0]))
    try tries("Gemm", 13, ["transA": .int(1), "transB": .int(1)], [at, bt], gives: [floats(ab, [2, 4])])
    try tries(
      "Gemm", 9, ["alpha": .float(3)],
      [numbers(.int32, [2], [1, 1]), numbers(.int32, [5], [1, 1]), numbers(.int32, [1], [])],
      gives: [numbers(.int32, [31], [1, 1])])
    fails("Gemm", 6, factors, [a, b, c], .invalidShape, mentioning: "broadcast is not 1")
    fails("Gemm", 13, [:], [floats([1]), b], .invalidShape, mentioning: "must be a matrix")
  }

  @Test func integerProducts() throws {
    let (A, B) = (
      numbers(.uint8, [11, 7, 3, 10, 6, 2], [2, 3]), numbers(.int8, [1, 4, 2, 5, 3, 6], [3, 2])
    )
    // (A − 12 or per row) · (B − 0): by hand.
    try tries(
      "MatMulInteger", 10, [:], [A, B, numbers(.uint8, [12], []), nil],
      gives: [numbers(.int32, [-38, -83, -44, -98], [2, 2])])
    try tries(
      "MatMulInteger", 10, [:], [A, B, numbers(.uint8, [11, 10]), numbers(.int8, [1, 4])],
      gives: [numbers(.int32, [-20, -20, -20, -20], [2, 2])])
    try tries(
      "QLinearMatMul", 21, [:],
      [
        A, floats([0.5], []), numbers(.uint8, [12], []), B, floats([0.5, 0.25]), numbers(.int8, [0, 0]),
        floats([2], []), numbers(.int8, [1], []),
      ], gives: [numbers(.int8, [-4, -4, -5, -5], [2, 2])])
  }

  @Test func einsum() throws {
    func einsum(_ equation: String, _ inputs: [Tensor], gives: Tensor) throws {
      try tries("Einsum", 12, ["equation": .string(equation)], inputs, gives: [gives])
    }
    try einsum("ij, jk -> ki", [a, b], gives: floats([20, 56, 23, 68, 26, 80, 29, 92], [4, 2]))
    try einsum("ii->i", [counting([3, 3])], gives: int64s([0, 4, 8]))
    try einsum("ij,j", [counting([2, 3]), counting([3])], gives: int64s([5, 14]))
    try einsum("b,a", [counting([2]), int64s([1, 2, 3])], gives: int64s([0, 1, 0, 2, 0, 3], [3, 2]))
    try einsum("...ij->...ji", [counting([2, 1, 2])], gives: int64s([0, 1, 2, 3], [2, 2, 1]))
    try einsum("i->", [counting([4])], gives: int64s([6], []))
    fails(
      "Einsum", 12, ["equation": .string("ij->k")], [a], .invalidAttribute,
      mentioning: "must stand in an input")
    fails("Einsum", 12, ["equation": .string("i1->i")], [a], .invalidAttribute, mentioning: "no letter")
    fails("Einsum", 12, ["equation": .string("i->i")], [a], .invalidShape, mentioning: "rank 2")
    fails("Einsum", 12, ["equation": .string("ij,ij->i")], [a, b], .invalidShape, mentioning: "broadcast")
  }

  @Test func determinants() throws {
    try tries(
      "Det", 11, [:], [numbers(.double, [0, 2, 1, 3, -1, 4, 1, 5, 2], [3, 3])],
      gives: [numbers(.double, [12], [])],
      tolerance: 1e-14)
    try tries("Det", 22, [:], [floats([1, 2, 3, 4, 2, 4, 1, 2], [2, 2, 2])], gives: [floats([-2, 0])])
    fails("Det", 22, [:], [a], .invalidShape, mentioning: "2 by 3")
  }
}
