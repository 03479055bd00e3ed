import ArgumentParser
import Conformance

/// `touchstone providers`
struct ProvidersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "providers", abstract: "Lists what can run models here.")

  @Flag(help: "Print JSON.") var json = false

  private struct Entry: Encodable {
    let name: String
    let version: String
    let available: Bool
  }

  func run() throws {
    let entries = [Entry(name: Provider.name, version: Provider.version, available: true)]
    if json {
      try printJson(entries)
    } else {
      for entry in entries { print("\(entry.name) \(entry.version)  built in") }
    }
  }
}
