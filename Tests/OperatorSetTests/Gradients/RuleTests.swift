import Testing

@testable import OperatorSet

/// Every rule of differentiation against differences of the definition that it belongs to.
@Suite struct RuleTests {
  @Test(arguments: GradientTables.all)
  func rule(_ row: GradientRow) throws { try row.check() }

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
