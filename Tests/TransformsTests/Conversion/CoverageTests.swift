import OperatorSet
import Testing

@testable import Transforms

/// Every change of every operator is answered for.
@Suite struct CoverageTests {
  @Test func everyChangeIsCovered() {
    for change in allVersionChanges {
      let name = "\(change.domain) \(change.opType) \(change.old) → \(change.new)"
      #expect(change.up != nil, "\(name), up")
      #expect(change.down != nil, "\(name), down")
    }
  }

  @Test func changesAreThoseOfTheRegistry() {
    let pairs = OperatorRegistry.standard.all.map { $0.schema.versions.count - 1 }
    #expect(allVersionChanges.count == pairs.reduce(0, +))
  }

  @Test func everyAdaptationBelongsToAChange() {
    for adapter in Adapters.all {
      for opType in adapter.operators {
        let versions = OperatorRegistry.standard.find(opType, domain: adapter.domain)?.schema.versions ?? []
        for adaptation in adapter.adaptations where !adapter.isShared {
          #expect(versions.contains { $0.since == adaptation.since }, "\(opType) \(adaptation.since)")
        }
      }
    }
  }

  @Test func noTwoAdaptersShareAChange() {
    let keys = Adapters.all.flatMap { adapter in
      adapter.operators.flatMap { opType in
        adapter.adaptations.map { "\(adapter.domain) \(opType) \($0.since)" }
      }
    }
    #expect(Set(keys).count == keys.count)
  }
}

extension Adapter {
  /// Whether the adapter serves operators that do not all have all of its changes.
  fileprivate static var isShared: Bool { operators.count > 1 }
}
