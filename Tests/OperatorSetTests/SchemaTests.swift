import Foundation
import GraphIR
import TensorCore
import Testing

@testable import OperatorSet

/// Every declared operator against the facts that `Scripts/export-schemas` reads from ONNX itself.
@Suite struct SchemaTests {
  @Test func declaredVersionsAreThoseOfONNX() throws {
    let published = try PublishedSchemas.load()
    for type in OperatorRegistry.standard.all {
      let schema = type.schema
      let versions = published.versions["\(schema.domain)|\(schema.name)"] ?? [:]
      #expect(
        schema.versions.map(\.since) == versions.keys.sorted(), "\(schema.name): \(versions.keys.sorted())")
      for version in schema.versions {
        guard let fact = versions[version.since] else { continue }
        compare("\(schema.name) \(version.since)", version, fact)
      }
    }
  }

  private func compare(_ name: String, _ version: OperatorVersion, _ fact: PublishedSchemas.Version) {
    #expect(version.inputs.map(text) == fact.inputs.map(\.text), "\(name): inputs")
    #expect(version.outputs.map(text) == fact.outputs.map(\.text), "\(name): outputs")
    #expect(
      version.attributes.map(text).sorted() == fact.attributes.map(\.text).sorted(), "\(name): attributes")
    let declared = version.types.mapValues(\.typeStrings)
    let used = Set(fact.inputs.map(\.type) + fact.outputs.map(\.type))
    let wanted = Dictionary(uniqueKeysWithValues: fact.typeConstraints.map { ($0.name, Set($0.types)) })
    for (parameter, types) in wanted where used.contains(parameter) {
      let difference = (declared[parameter] ?? []).symmetricDifference(types).sorted()
      #expect(difference.isEmpty, "\(name): types of \(parameter) differ in \(difference)")
    }
    #expect(version.deprecated == fact.deprecated, "\(name): deprecated")
  }

  private func text(_ parameter: Parameter) -> String {
    switch parameter.arity {
    case .single: "\(parameter.name): \(parameter.type) single"
    case .optional: "\(parameter.name): \(parameter.type) optional"
    case .variadic(let minimum, let homogeneous):
      "\(parameter.name): \(parameter.type) variadic \(minimum) \(homogeneous)"
    }
  }

  private func text(_ attribute: AttributeSchema) -> String {
    "\(attribute.name) \(attribute.kind.name) \(attribute.required) \(attribute.default.map(text) ?? "none")"
  }

  private func text(_ value: Attribute) -> String {
    switch value {
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .string(let value): value
    case .ints(let value): "\(value)"
    case .floats(let value): "\(value)"
    case .strings(let value): "\(value)"
    default: "\(value)"
    }
  }
}

/// ConformanceData/schemas.json.
struct PublishedSchemas {
  struct Formal: Decodable {
    let name: String
    let type: String
    let option: String
    let homogeneous: Bool
    let minArity: Int
    var text: String {
      "\(name): \(type) \(option)" + (option == "variadic" ? " \(minArity) \(homogeneous)" : "")
    }
  }
  struct Constraint: Decodable {
    let name: String
    let types: [String]
  }
  struct FormalAttribute: Decodable {
    let name: String
    let type: String
    let required: Bool
    let `default`: Default?
    var text: String { "\(name) \(type) \(required) \(`default`?.text(type) ?? "none")" }
  }
  enum Default: Decodable {
    case number(Double)
    case string(String)
    case numbers([Double])
    case strings([String])
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .string(value)
      } else if let value = try? container.decode([Double].self) {
        self = .numbers(value)
      } else {
        self = .strings(try container.decode([String].self))
      }
    }
    func text(_ kind: String) -> String {
      switch self {
      case .number(let value): kind == "INT" ? "\(Int(value))" : "\(Float(value))"
      case .string(let value): value
      case .numbers(let values): kind == "INTS" ? "\(values.map { Int($0) })" : "\(values.map { Float($0) })"
      case .strings(let values): "\(values)"
      }
    }
  }
  struct Version: Decodable {
    let domain: String
    let name: String
    let since: Int
    let deprecated: Bool
    let inputs: [Formal]
    let outputs: [Formal]
    let attributes: [FormalAttribute]
    let typeConstraints: [Constraint]
  }
  private struct File: Decodable { let operators: [Version] }

  let versions: [String: [Int: Version]]

  static func load() throws -> PublishedSchemas {
    let url = projectRoot.appendingPathComponent("ConformanceData/schemas.json")
    let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
    var versions: [String: [Int: Version]] = [:]
    for version in file.operators {
      versions["\(version.domain)|\(version.name)", default: [:]][version.since] = version
    }
    return PublishedSchemas(versions: versions)
  }
}

/// The checkout that this test was built from.
let projectRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
