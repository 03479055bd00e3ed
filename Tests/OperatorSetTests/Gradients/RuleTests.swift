import Testing

@testable import OperatorSet

/// Every rule of differentiation against differences of the definition that it belongs to.
@Suite struct RuleTests {
  @Test(arguments: GradientTables.all)
  func rule(_ row: GradientRow) throws { try row.check() }

  /// Control flow is tried in whole models, in ExecutionTests.
  @Test func everyRuleIsTried() {
    let types = OperatorRegistry.standard.all
    let ruled = types.filter { $0 is any Differentiable.Type }.map(\.schema.name)
    #expect(Set(ruled).symmetricDifference(GradientTables.all.map(\.name)).sorted() == [])
    #expect(ruled.count >= 60)
    #expect(
      types.filter { $0 is any DifferentiableControlFlow.Type }.map(\.schema.name) == ["If", "Loop", "Scan"])
  }
}

/// The rows, family by family, in the files beside this one.
enum GradientTables {
  static let all =
    functions + activations + broadcasts + reductions + lines + products + convolutions + poolings
    + normalizations + losses + movements + selections + resamplings + recurrences
}
