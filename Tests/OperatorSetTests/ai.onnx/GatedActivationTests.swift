import GraphIR
import TensorCore
import Testing

/// PRelu and SwiGLU. Expected values: products by hand; the logistic function from mpmath.
@Suite struct GatedActivationTests {
  private static let x: Tensor = Tensor(floats: [-1, 2, -3, 4, -5, 6], shape: [2, 3])

  @Test(arguments: [
    OperatorCase(
      opset: 16, [:], [x, Tensor(floats: [2, 3, 4])],
      gives: [Tensor(floats: [-2, 2, -12, 4, -15, 6], shape: [2, 3])], "a slope for each column"),
    OperatorCase(
      opset: 7, [:], [x, Tensor(floats: [10, 100], shape: [2, 1])],
      gives: [Tensor(floats: [-10, 2, -30, 4, -500, 6], shape: [2, 3])], "a slope for each row"),
    OperatorCase(
      opset: 6, [:], [x.reshaped([1, 2, 3]), Tensor(floats: [10, 100])],
      gives: [Tensor(floats: [-10, 2, -30, 4, -500, 6], shape: [1, 2, 3])],
      "before 7, a slope for each channel"),
    OperatorCase(
      opset: 1, [:], [x, Tensor(floats: [0.5])],
      gives: [Tensor(floats: [-0.5, 2, -1.5, 4, -2.5, 6], shape: [2, 3])],
      "one slope"),
    OperatorCase(
      opset: 9, [:], [Tensor(int64: [-2, 3]), Tensor(int64: [5])], gives: [Tensor(int64: [-10, 3])],
      "integers"),
    OperatorCase(
      opset: 9,
      [:], [Tensor(.int32, shape: [1], wrapping: [-65536]), Tensor(.int32, shape: [1], wrapping: [65536])],
      gives: [Tensor(.int32, shape: [1], wrapping: [0])], "integers wrap"),
    OperatorCase(
      opset: 16, [:], [Tensor(floats: [0, .nan]), Tensor(floats: [.infinity])],
      gives: [Tensor(floats: [0, .nan])],
      "0 and NaN are not negative"),
    OperatorCase(
      opset: 16, [:], [Tensor(floats: [], shape: [0, 3]), Tensor(floats: [1, 2, 3])],
      gives: [Tensor(floats: [], shape: [0, 3])], "empty"),
  ])
  func parametricRelu(_ row: OperatorCase) throws { try row.check("PRelu") }

  @Test func slopeMustFitX() {
    let cases: [Tensor] = [Tensor(floats: [1, 2]), Tensor(floats: [1, 2, 3, 4, 5, 6], shape: [2, 1, 3])]
    for slope in cases {
      expectError(.invalidShape, mentioning: "broadcast") {
        _ = try evaluate("PRelu", opset: 16, [:], [.tensor(Self.x), .tensor(slope)])
      }
    }
  }

  @Test(arguments: [
    NumberCase(
      "SwiGLU", 28, [.double, .float, .float16, .bfloat16], [[1, -2, 0], [3, 0.5, 7]],
      gives: [2.193175735890015, -0.11920292202211756, 0], relativeTolerance: 1e-15),
    NumberCase(
      "SwiGLU", 28, ["alpha": .float(0.5)], [.double], [[1, -2], [3, 0.5]],
      gives: [1.8673779936055637, -0.2689414213699951], relativeTolerance: 1e-15),
  ])
  func swiGLU(_ row: NumberCase) throws { try row.check() }

  @Test func swiGLUDoesNotBroadcast() {
    expectError(.invalidShape, mentioning: "[2, 3], [1]") {
      _ = try evaluate("SwiGLU", opset: 28, [:], [.tensor(Self.x), .tensor(Tensor(floats: [1]))])
    }
  }
}
