/// Which cases of a corpus are run.
public struct Selection: Sendable {
  public var filter: Pattern?
  public var shard: Shard?
  public init(filter: Pattern? = nil, shard: Shard? = nil) {
    self.filter = filter
    self.shard = shard
  }

  /// Whether cases are left out.
  public var isPartial: Bool { filter != nil || (shard?.count ?? 1) > 1 }

  /// The cases chosen, in the order of the corpus. Shards are dealt like cards, so that costly neighbours
  /// part.
  public func apply(to cases: [ConformanceCase]) -> [ConformanceCase] {
    let wanted = cases.filter { filter?.matches($0.name) ?? true }
    guard let shard else { return wanted }
    return wanted.enumerated().filter { $0.offset % shard.count == shard.index }.map(\.element)
  }
}

/// One of several parts into which a run is split.
public struct Shard: Sendable, Equatable {
  /// From 0.
  public let index: Int
  public let count: Int

  public init?(index: Int, count: Int) {
    guard count > 0, index >= 0, index < count else { return nil }
    self.index = index
    self.count = count
  }

  /// `I/N` with I from 1 to N.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1] else { return nil }
    self.init(index: index - 1, count: count)
  }
}

/// A pattern of names.
public enum Pattern: Sendable {
  /// `*` and `?` are wildcards; the whole name must match.
  case glob(String)
  /// The name must contain the text.
  case substring(String)
  /// The name must contain a match.
  case regex(String)

  /// Plain text is to be contained; text with `*` or `?` and nothing else that a name cannot have is a glob;
  /// anything else is a regular expression. Nil where that is malformed.
  public init?(_ text: String) {
    let isName = text.allSatisfy { $0.isLetter || $0.isNumber || "_-*?/".contains($0) }
    if isName {
      self = text.contains { "*?".contains($0) } ? .glob(text) : .substring(text)
    } else if (try? Regex(text)) != nil {
      self = .regex(text)
    } else {
      return nil
    }
  }

  /// Whether `name` is one of those meant.
  public func matches(_ name: String) -> Bool {
    switch self {
    case .substring(let text): name.contains(text)
    case .glob(let glob): Self.matches(Array(glob.utf8), Array(name.utf8))
    case .regex(let text): (try? Regex(text)).map { name.contains($0) } ?? false
    }
  }

  /// Remembers the last star and how much it has swallowed: linear for sane patterns, never exponential.
  private static func matches(_ glob: [UInt8], _ name: [UInt8]) -> Bool {
    var (g, n) = (0, 0)
    var star: (glob: Int, name: Int)?
    while n < name.count {
      if g < glob.count, glob[g] == UInt8(ascii: "*") {
        star = (g, n)
        g += 1
      } else if g < glob.count, glob[g] == UInt8(ascii: "?") || glob[g] == name[n] {
        (g, n) = (g + 1, n + 1)
      } else if let last = star {
        star = (last.glob, last.name + 1)
        (g, n) = (last.glob + 1, last.name + 1)
      } else {
        return false
      }
    }
    return glob[g...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
