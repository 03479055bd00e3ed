import Execution
import GraphIR
import Oracle
import TensorCore
import Testing

@testable import Conformance

/// What rounding may explain. The numbers are exact: powers of two and their neighbours.
struct RoundingAllowanceTests {
  /// One unit in the last place of float at 1, relative.
  private static let ulp: Float = 0x1p-23

  /// - Parameter got, want: the second element; the first is 8 in all, the largest.
  private func holds(_ got: Float, exact: Float, case want: Float) -> Bool {
    let tensors = [got, exact, want].map { Tensor(floats: [8, $0]) }
    return RoundingAllowance(
      exact: tensors[1], caseValue: tensors[2], tolerance: Tolerance(rtol: 1e-3, atol: 1e-9)
    ).holds(tensors[0])
  }

  @Test func nearerToTheExactThanTheCase() {
    // The case is off by 8 ULP of 1, which is one of the largest element.
    #expect(holds(0, exact: 0, case: 8 * Self.ulp))
    #expect(holds(4 * Self.ulp, exact: 0, case: 8 * Self.ulp))
    #expect(holds(-8 * Self.ulp, exact: 0, case: 8 * Self.ulp))
  }

  @Test func fartherThanTheCaseIsWrong() {
    #expect(!holds(16 * Self.ulp, exact: 0, case: 8 * Self.ulp))
    #expect(!holds(.nan, exact: 0, case: 8 * Self.ulp))
  }

  @Test func aCaseFarFromTheDefinitionIsNoRounding() {
    // 16 ULP of 1 are two of the largest element, more is no rounding.
    #expect(holds(0, exact: 0, case: 16 * Self.ulp))
    #expect(!holds(0, exact: 0, case: 17 * Self.ulp))
  }

  @Test func integersHaveNoRounding() {
    let tensors = [1, 1, 2].map { Tensor(int64: [$0]) }
    #expect(
      !RoundingAllowance(exact: tensors[0], caseValue: tensors[2], tolerance: .onnx).holds(tensors[1]))
  }

  /// ONNX 1.18 casts NaN to 6 in float4e2m1, of which two units in the last place are 4.
  @Test func theSmallFloatsSumNothing() {
    let tensors = [0, 0, 6].map { Tensor(.float4e2m1, shape: [2], rounding: [$0, 6]) }
    #expect(
      !RoundingAllowance(exact: tensors[0], caseValue: tensors[2], tolerance: .onnx).holds(tensors[1]))
  }
}

struct RoundingBoundTests {
  private func bounds(_ node: Node, _ inputs: NamedValues, opset: Int = 17) throws -> [Double]? {
    let graph = Graph(
      name: "g", nodes: [node], inputs: inputs.map { ValueInfo(name: $0.name, type: $0.element.type) },
      outputs: [ValueInfo(name: "y", type: nil)])
    let model = Model(
      irVersion: 8, opsetImports: [OpsetImport(domain: "", version: opset)], graph: graph)
    let evaluator = NodeEvaluator(model, node: 0)
    guard case .tensor(let want)? = try evaluator.evaluate(inputs)["y"] else { return nil }
    return try RoundingBound(evaluator, inputs: inputs).bounds(of: "y", want: want)
  }

  private let x = Value.tensor(Tensor(floats: [3, -4, 12], shape: [1, 3]))

  @Test func movedElementsMustBeEqual() throws {
    #expect(try bounds(Node("Transpose", inputs: ["x"], outputs: ["y"]), ["x": x]) == nil)
    #expect(try bounds(Node("Relu", inputs: ["x"], outputs: ["y"]), ["x": x]) == nil)
  }

  /// Adding rounds, replacing does not; a cast rounds once, also to the type of another tensor.
  @Test func attributesDecide() throws {
    let indices = Value.tensor(Tensor(int64: [0, 1, 0], shape: [1, 3]))
    func scatter(_ reduction: String) throws -> [Double]? {
      let node = Node(
        "ScatterElements", inputs: ["x", "i", "x"], outputs: ["y"],
        attributes: [NamedAttribute("reduction", .string(reduction)), NamedAttribute("axis", .int(1))])
      return try bounds(node, ["x": x, "i": indices], opset: 18)
    }
    for moving in ["none", "max", "min"] { #expect(try scatter(moving) == nil) }
    for computing in ["add", "mul"] { #expect(try scatter(computing) != nil) }
    let half = Value.tensor(Tensor(.float16, shape: [1], rounding: [0]))
    let cast = Node("CastLike", inputs: ["x", "h"], outputs: ["y"])
    #expect(try bounds(cast, ["x": x, "h": half]) == [3, 4, 12].map { 2 * 0x1p-10 * $0 })
  }

  /// γ₅·Σ|a||b| and a unit of the result: three products, one more for the product's rounding, one for a bias.
  @Test func sumsOfProducts() throws {
    let w = Value.tensor(Tensor(floats: [2, 1, -0.5], shape: [3, 1]))
    let found = try #require(
      try bounds(Node("MatMul", inputs: ["x", "w"], outputs: ["y"]), ["x": x, "w": w]))
    let u = 0x1p-24
    let expected = 5 * u / (1 - 5 * u) * (6 + 4 + 6) + 2 * u * abs(6 - 4 - 6)
    #expect(abs(found[0] / expected - 1) < 1e-12)
  }

  /// One operation is off by two units: 2·2⁻²³·|y|.
  @Test func singleOperations() throws {
    let found = try #require(try bounds(Node("Add", inputs: ["x", "x"], outputs: ["y"]), ["x": x]))
    #expect(found == [6, 8, 24].map { 2 * 0x1p-23 * $0 })
  }

  /// exp(12) changes by a factor of 1 ± 12·8u where its input moves by 8 units roundoff; twice that is allowed.
  @Test func sensitivity() throws {
    let found = try #require(try bounds(Node("Exp", inputs: ["x"], outputs: ["y"]), ["x": x]))
    let u = 0x1p-24
    // exp(12), computed with 30 digits: 162754.791419003920808…
    let expected = 162754.791419003920808 * (2 * 12 * 8 * u + 16 * 2 * u)
    #expect(abs(found[2] / expected - 1) < 0.05)
  }
}
