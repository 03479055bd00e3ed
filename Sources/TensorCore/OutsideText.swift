#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A name as the key of a look-up, by its UTF-8 bytes.
///
/// ONNX compares names byte by byte. Swift's strings are equal where they are canonically equivalent: "é"
/// and "e" with a combining accent, or "K" and the sign for kelvin, are two names and one `String`.
package struct NameKey: Hashable, Sendable {
  package let name: String

  package init(_ name: String) { self.name = name }

  package static func == (a: NameKey, b: NameKey) -> Bool { areSame(a.name, b.name) }

  package func hash(into hasher: inout Hasher) {
    var name = name
    name.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(UInt8.max)
  }
}

/// Whether two names are the same, byte by byte.
package func areSame(_ a: String, _ b: String) -> Bool {
  var (a, b) = (a, b)
  return a.withUTF8 { x in
    b.withUTF8 { y in
      guard x.count == y.count, let first = x.baseAddress, let second = y.baseAddress else {
        return x.count == y.count
      }
      return memcmp(first, second, x.count) == 0
    }
  }
}

/// A name from outside as a message or a table may show it: what would steer a terminal is spelled out, and
/// of a long name only the beginning is left.
package func shown(_ name: String) -> String {
  let (limit, kept) = (200, 100)
  guard name.utf8.count > limit else { return spellingOut(name) }
  return spellingOut(String(String.UnicodeScalarView(name.unicodeScalars.prefix(kept)))) + "…"
}

/// A message as it may be shown: of a long one, such as one that names a list of a million numbers, only the
/// beginning is left.
package func abridged(_ message: String) -> String {
  let (limit, kept) = (4_000, 2_000)
  guard message.utf8.count > limit else { return message }
  return String(String.UnicodeScalarView(message.unicodeScalars.prefix(kept))) + "…"
}

/// Whether a terminal may take a character for a command: control characters, and those that turn the
/// direction of writing or break lines.
package func steersTerminal(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x1f, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
  default: false
  }
}

/// The text with everything spelled out as `\u{1b}` that would steer a terminal.
///
/// - Parameter lines: whether line feeds and tabs stay, as in a text of several lines.
package func spellingOut(_ text: String, lines: Bool = false) -> String {
  func steers(_ scalar: Unicode.Scalar) -> Bool {
    steersTerminal(scalar) && !(lines && (scalar == "\n" || scalar == "\t"))
  }
  guard text.unicodeScalars.contains(where: steers) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if steers(scalar) {
      result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}
