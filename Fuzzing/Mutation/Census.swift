import GraphIR
import OperatorSet
import TestSupport

/// Specimens of every version of every operator, for sweeps that leave none out.
package struct Census: Sendable {
  /// One version of an operator, with specimens of it: cases of the corpora and nodes drawn at random.
  package struct Entry: Sendable {
    package let schema: OperatorSchema
    package let version: OperatorVersion
    package let specimens: [Specimen]

    /// As `ai.onnx Conv 11`.
    package var name: String {
      "\(schema.domain.isEmpty ? "ai.onnx" : schema.domain) \(schema.name) \(version.since)"
    }
  }
  package let entries: [Entry]

  private static let (mostCases, drawnCount) = (3, 6)

  /// - Parameter specimens: the cases of the corpora.
  package init(_ specimens: [Specimen], seed: UInt64) {
    var cases: [String: [Specimen]] = [:]
    for specimen in specimens {
      guard let node = specimen.model.graph.nodes.last else { continue }
      cases["\(node.domain).\(node.opType)", default: []].append(specimen)
    }
    var random = SplitMix(seed: seed)
    var entries: [Entry] = []
    for definition in OperatorRegistry.standard.all {
      let schema = definition.schema
      let known = Self.various(cases["\(schema.domain).\(schema.name)"] ?? [])
      for version in schema.versions {
        let some = known.shuffled(using: &random).prefix(Self.mostCases)
        let drawn = (0..<Self.drawnCount).map { _ in Specimen.drawn(schema, version, &random) }
        let specimens = some.map { $0.importing(version, of: schema) } + drawn
        entries.append(Entry(schema: schema, version: version, specimens: specimens))
      }
    }
    self.entries = entries
  }

  /// Those of the specimens that name other attributes or other inputs than all before.
  private static func various(_ specimens: [Specimen]) -> [Specimen] {
    var seen: Set<String> = []
    return specimens.filter { specimen in
      guard let node = specimen.model.graph.nodes.last else { return false }
      let inputs = node.inputs.map { $0.isEmpty ? "-" : "x" }.joined()
      return seen.insert(inputs + node.attributes.map(\.name).sorted().joined(separator: ",")).inserted
    }
  }
}

extension Specimen {
  /// The same model with another version of an operator's domain.
  fileprivate func importing(_ version: OperatorVersion, of schema: OperatorSchema) -> Specimen {
    var specimen = self
    specimen.model.opsetImports.removeAll { $0.domain == schema.domain }
    specimen.model.opsetImports.append(OpsetImport(domain: schema.domain, version: version.since))
    return specimen
  }
}
