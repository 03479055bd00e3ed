import GraphIR
import TensorCore
import Testing

@testable import OperatorSet

/// Every rule of differentiation against differences of the definition that it belongs to.
@Suite struct RuleTests {
  @Test(arguments: GradientTables.all)
  func rule(_ row: GradientRow) throws { try row.check() }

  /// Where there is no derivative: the choices of TSN-0042, for outputs that all have the gradient 1.
  /// Expected: PyTorch 1.13's autograd, which differs at the ends of HardSwish (the slope of the parabola)
  /// and for the LpNormalization of zeros (it divides by 1e-12).
  @Test(
    arguments: [
      ("Abs", 13, [:], [[0]], [[0]]), ("Sign", 13, [:], [[0]], [[0]]), ("Round", 22, [:], [[0.5]], [[0]]),
      ("Relu", 14, [:], [[0]], [[0]]), ("LeakyRelu", 16, ["alpha": .float(0.25)], [[0]], [[0.25]]),
      ("PRelu", 16, [:], [[0], [0.25]], [[0.25], [0]]), ("Elu", 22, ["alpha": .float(0.5)], [[0]], [[0.5]]),
      ("ThresholdedRelu", 22, ["alpha": .float(0.5)], [[0.5]], [[0]]),
      ("Shrink", 9, ["lambd": .float(0.5)], [[-0.5, 0.5]], [[0, 0]]),
      ("HardSigmoid", 22, ["alpha": .float(0.5)], [[-1, 1]], [[0, 0]]),
      ("HardSwish", 22, [:], [[-3, 3]], [[0, 1]]),
      ("Clip", 6, ["min": .float(-1), "max": .float(1)], [[-1, 1]], [[1, 1]]),
      ("Max", 13, [:], [[3], [3]], [[0.5], [0.5]]), ("Min", 13, [:], [[3], [3]], [[0.5], [0.5]]),
      ("ReduceMax", 13, [:], [[2, 3, 3, 1]], [[0, 0.5, 0.5, 0]]),
      ("ReduceMin", 13, [:], [[1, 3, 1, 1]], [[1 / 3, 0, 1 / 3, 1 / 3]]),
      ("ReduceL1", 13, [:], [[0, 2]], [[0, 1]]),
      ("ReduceL2", 13, [:], [[0, 0]], [[0, 0]]), ("ReduceProd", 13, [:], [[0, 2, 3]], [[6, 0, 0]]),
      ("Pow", 15, [:], [[0, 2, 0], [0, 0, 2]], [[0, 0, 0], [0, log(2), 0]]),
      ("LpNormalization", 22, [:], [[0, 0]], [[0, 0]]),
      ("CumProd", 26, [:], [[2, 0, 3], [0]], [[1, 8, 0]]),
    ] as [(String, Int, [String: Attribute], [[Double]], [[Double]])])
  func kinks(
    name: String, opset: Int, attributes: [String: Attribute], inputs: [[Double]], expected: [[Double]]
  ) throws {
    let row = GradientRow(
      name, opset, attributes,
      inputs.enumerated().map { index, values in
        let isAxis = name == "CumProd" && index == 1
        return .given(numbers(isAxis ? .int64 : .double, values, isAxis ? [] : nil))
      })
    #expect(try row.gradients().prefix(expected.count).map { $0?.doubles() } == expected)
  }

  @Test func theFirstOfTheLargestCells() throws {
    for (name, attributes) in [("MaxPool", ["kernel_shape": Attribute.ints([4])]), ("GlobalMaxPool", [:])] {
      let row = GradientRow(name, 22, attributes, [.given(numbers(.double, [1, 3, 3, 2], [1, 1, 4]))])
      #expect(try row.gradients()[0]?.doubles() == [0, 1, 0, 0])
    }
  }

  /// Control flow is tried in whole models, in ExecutionTests.
  @Test func everyRuleIsTried() {
    var ruled: Set<String> = []
    var controlFlow: Set<String> = []
    for type in OperatorRegistry.standard.all {
      if type is any Differentiable.Type { ruled.insert(type.schema.name) }
      if type is any DifferentiableControlFlow.Type { controlFlow.insert(type.schema.name) }
    }
    let tried = Set(GradientTables.all.map(\.name))
    #expect(ruled.subtracting(tried).isEmpty)
    #expect(ruled.count >= 60)
    #expect(controlFlow == ["If", "Loop", "Scan"])
  }
}

/// The rows, family by family, in the files beside this one.
enum GradientTables {
  static let all =
    functions + activations + broadcasts + reductions + lines + products + convolutions + poolings
    + normalizations + losses + movements + selections + resamplings + recurrences + attentions + rotations
}
