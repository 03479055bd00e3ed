import Foundation
import GraphIR
import Testing

@testable import OperatorSet

/// Every operator's comment against its schema: all headings, every name, every version.
@Suite struct CommentTests {
  private static let headings = [
    "Inputs", "Outputs", "Attributes", "Types", "Errors", "Versions", "Source", "Notes",
  ]

  @Test func everyCommentSaysWhatTheSchemaSays() throws {
    let registry = OperatorRegistry.standard
    let standard = registry.all.map { type in
      (type.schema, "\(type.schema.domain.isEmpty ? "ai.onnx" : type.schema.domain)/\(type.schema.name)")
    }
    let experimental = registry.allExperimental.map { ($0.schema, "ai.onnx.experimental/\($0)") }
    for (schema, path) in standard + experimental {
      let sections = try sections(of: schema, in: "Sources/OperatorSet/\(path).swift")
      #expect(Array(sections.keys.sorted()) == Self.headings.sorted(), "\(schema.name): headings")
      for version in schema.versions {
        expect(sections["Versions"], mentions: "\(version.since)", schema)
        for input in version.inputs { expect(sections["Inputs"], mentions: "`\(input.name)`", schema) }
        for output in version.outputs { expect(sections["Outputs"], mentions: "`\(output.name)`", schema) }
        for attribute in version.attributes {
          expect(sections["Attributes"], mentions: "`\(attribute.name)`", schema)
        }
      }
    }
  }

  private func expect(_ section: String?, mentions text: String, _ schema: OperatorSchema) {
    #expect(
      section?.contains(text) ?? false, "\(schema.name): \(text) is not mentioned in “\(section ?? "")”")
  }

  /// The text under each heading of the comment above the operator's declaration.
  private func sections(of schema: OperatorSchema, in path: String) throws -> [String: String] {
    let file = projectRoot.appendingPathComponent(path)
    let lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(of: "/// # \(schema.name)") else { return [:] }
    var sections: [String: String] = [:]
    var heading = ""
    for line in lines[start...].prefix(while: { $0.hasPrefix("///") }) {
      if line.hasPrefix("/// - "), let colon = line.firstIndex(of: ":") {
        heading = String(line[line.index(line.startIndex, offsetBy: 6)..<colon])
        sections[heading] = ""
      }
      if !heading.isEmpty { sections[heading, default: ""] += line.dropFirst(4) + "\n" }
    }
    return sections
  }
}
