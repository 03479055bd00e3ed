/// A suite of JUnit XML.
package struct JunitSuite {
  package struct Case {
    let name: String
    var failure: String?
    var skipped: String?

    package init(name: String, failure: String? = nil, skipped: String? = nil) {
      self.name = name
      self.failure = failure
      self.skipped = skipped
    }
  }
  let name: String
  let cases: [Case]

  package init(name: String, cases: [Case]) {
    self.name = name
    self.cases = cases
  }

  /// The whole document.
  package static func document(_ suites: [JunitSuite]) -> String {
    (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"] + suites.flatMap(\.lines) + [
      "</testsuites>"
    ])
    .joined(separator: "\n") + "\n"
  }

  /// The suite's element; nothing where it has no cases.
  var lines: [String] {
    guard !cases.isEmpty else { return [] }
    let failures = cases.count { $0.failure != nil }
    let skipped = cases.count { $0.skipped != nil }
    let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
    return ["  <testsuite name=\"\(JunitReport.escaped(name))\" \(counts)>"] + cases.map(line) + [
      "  </testsuite>"
    ]
  }

  private func line(_ entry: Case) -> String {
    let head =
      "    <testcase classname=\"\(JunitReport.escaped(name))\" name=\"\(JunitReport.escaped(entry.name))\""
    if let failure = entry.failure {
      return head + "><failure message=\"\(JunitReport.escaped(failure))\"/></testcase>"
    }
    if let skipped = entry.skipped {
      return head + "><skipped message=\"\(JunitReport.escaped(skipped))\"/></testcase>"
    }
    return head + "/>"
  }
}
