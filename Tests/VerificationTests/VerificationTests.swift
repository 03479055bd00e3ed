import GraphIR
import TensorCore
import Testing

@testable import Verification

/// Pairs of models and what they are to each other. Expected verdicts: by hand.
@Suite struct VerificationTests {
  private static func model(
    _ nodes: [Node], x: [Dim] = [2, 3], outputs: [String] = ["y"], constants: [String: Tensor] = [:]
  ) -> Model {
    let graph = Graph(
      name: "g", nodes: nodes, inputs: [ValueInfo(name: "x", type: .tensor(.float, x))],
      outputs: outputs.map { ValueInfo(name: $0, type: nil) },
      initializers: constants.sorted { $0.key < $1.key }.map { Initializer(name: $0.key, tensor: $0.value) })
    return Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
  }

  private static func node(
    _ opType: String, _ inputs: [String], _ outputs: [String] = ["y"], _ attributes: [NamedAttribute] = []
  ) -> Node {
    Node(opType, inputs: inputs, outputs: outputs, attributes: attributes)
  }

  private static let weights = Tensor(floats: (0..<12).map { Float($0 * $0) / 7 - 3 }, shape: [3, 4])

  private func verify(_ before: Model, _ after: Model) throws -> RewriteReport {
    try RewriteVerification(before: before, after: after).run()
  }

  @Test func theSameIsTheSame() throws {
    let model = Self.model([Self.node("Neg", ["x"])])
    let report = try verify(model, model)
    #expect(report.verdict == .sameBits && report.trials == 4)
  }

  @Test func anotherOrderOfProductsIsRounding() throws {
    let scaled = Tensor(floats: Self.weights.doubles().map { Float($0 * 0.3) }, shape: [3, 4])
    let before = Self.model(
      [Self.node("MatMul", ["x", "w"], ["a"]), Self.node("Mul", ["a", "c"])],
      constants: ["w": Self.weights, "c": Tensor(floats: [0.3], shape: [])])
    let after = Self.model([Self.node("MatMul", ["x", "w"])], constants: ["w": scaled])
    #expect(try verify(before, after).verdict == .withinRounding)
    let other = Tensor(floats: Self.weights.doubles().map { Float($0 * 0.30001) }, shape: [3, 4])
    let wrong = Self.model([Self.node("MatMul", ["x", "w"])], constants: ["w": other])
    #expect(try verify(before, wrong).verdict == .different)
  }

  @Test func signsOfZerosAreNotRounding() throws {
    let before = Self.model([Self.node("Add", ["x", "z"])], constants: ["z": Tensor(floats: [0], shape: [])])
    let report = try verify(before, Self.model([Self.node("Identity", ["x"])]))
    #expect(report.verdict == .different)
  }

  @Test func aDimThatMayBeOneIsTried() throws {
    let before = Self.model(
      [Self.node("Mul", ["x", "c"])], x: [.param("n")],
      constants: ["c": Tensor(floats: [1, 1, 1], shape: [3])])
    let report = try verify(before, Self.model([Self.node("Identity", ["x"])], x: [.param("n")]))
    #expect(report.verdict == .different && report.refusedTrials > 0)
  }

  @Test func theFirstValueThatDiffersIsNamed() throws {
    func chain(_ middle: String) -> Model {
      Self.model([Self.node("Neg", ["x"], ["a"]), Self.node(middle, ["a"], ["b"]), Self.node("Abs", ["b"])])
    }
    let report = try verify(chain("Ceil"), chain("Floor"))
    #expect(report.firstDifference?.value == "b")
    #expect(report.firstDifference?.description.hasPrefix("Floor '': ") == true)
  }

  @Test func drawsAreCounted() throws {
    let draw = { Self.node("RandomNormalLike", ["x"], [$0]) }
    let before = Self.model([draw("a"), draw("b"), Self.node("Sub", ["a", "b"])])
    let after = Self.model([draw("a"), Self.node("Sub", ["a", "a"])])
    let report = try verify(before, after)
    #expect(report.differences.contains { $0.description.contains("1 RandomNormalLike instead of") })
  }

  @Test func aModelThatIsRefusedIsDifferent() throws {
    let before = Self.model([Self.node("Neg", ["x"])])
    let report = try verify(before, Self.model([Self.node("Neg", ["q"])]))
    #expect(report.verdict == .different && report.differences[0].description.contains("refused"))
  }
}
