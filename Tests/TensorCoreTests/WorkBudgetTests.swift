import TensorCore
import Testing

/// The steps that loops count.
@Suite struct WorkBudgetTests {
  /// Elements that take nothing take a step each: a loop over empty groups ends too.
  @Test(arguments: [0, 1, 3]) func loopsEnd(steps: Int) throws {
    let budget = WorkBudget(limit: 50_000)
    var count = 0
    #expect(throws: WorkLimitError.self) {
      try WorkBudget.$current.withValue(budget) {
        try (0..<100_000).forEach(spending: steps) { _ in count += 1 }
      }
    }
    let slice = 4_096
    #expect((50_000 / max(steps, 1) - slice...50_000 / max(steps, 1) + slice).contains(count))
  }

  @Test func stepsAddUp() throws {
    let budget = WorkBudget()
    try WorkBudget.$current.withValue(budget) {
      let doubled = try [1, 2, 3].map(spending: 5) { $0 * 2 }
      let sum = try (0..<10_000).reduce(0, spending: 2) { $0 + $1 }
      let letters = try ["ab", "c"].flatMap(spending: 1) { Array($0) }
      #expect(doubled == [2, 4, 6] && sum == 49_995_000 && letters == ["a", "b", "c"])
    }
    #expect(budget.spent == 3 * 5 + 10_000 * 2 + 2)
  }
}
