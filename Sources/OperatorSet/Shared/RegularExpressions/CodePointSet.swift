/// A set of Unicode's code points, as ranges in order that neither touch nor overlap.
struct CodePointSet: Sendable, Equatable {
  private(set) var ranges: [ClosedRange<UInt32>]

  static let last: UInt32 = 0x10FFFF
  static let all = CodePointSet([0...last])

  /// The union of ranges in any order.
  init(_ parts: [ClosedRange<UInt32>]) {
    ranges = []
    for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard let previous = ranges.last, part.lowerBound <= previous.upperBound + 1 else {
        ranges.append(part)
        continue
      }
      ranges[ranges.count - 1] = previous.lowerBound...max(previous.upperBound, part.upperBound)
    }
  }

  /// Every code point that is not in the set.
  var complement: CodePointSet {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.last { gaps.append(next...Self.last) }
    return CodePointSet(gaps)
  }

  /// The set with all code points that differ from one of it by case only.
  var caseFolded: CodePointSet { CodePointSet(ranges + ranges.flatMap(CaseFolding.variants)) }

  func contains(_ value: UInt32) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= value
  }
}

/// Code points that differ by case only: those that become the same when lowered and then raised again.
///
/// This agrees with the simple folding of Unicode's CaseFolding.txt, where `K`, `k` and the Kelvin sign are
/// the same and the dotless i is alone.
enum CaseFolding {
  private static let dotlessI: UInt32 = 0x131
  /// No letter with case has a larger code point.
  private static let end: UInt32 = 0x20000

  /// Each code point that has others, in order, with those.
  private static let table: [(value: UInt32, others: [UInt32])] = {
    var same: [[Unicode.Scalar]: [UInt32]] = [:]
    for value in 0..<end where value != dotlessI {
      guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenCaseMapped else { continue }
      let lowered = scalar.properties.lowercaseMapping.unicodeScalars
      same[lowered.flatMap { Array($0.properties.uppercaseMapping.unicodeScalars) }, default: []].append(
        value)
    }
    return same.values.filter { $0.count > 1 }
      .flatMap { values in values.map { value in (value, values.filter { $0 != value }) } }
      .sorted { $0.value < $1.value }
  }()

  /// What differs by case only from a code point of the range.
  static func variants(of range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
    var (low, high) = (0, table.count)
    while low < high {
      let middle = (low + high) / 2
      if table[middle].value < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return table[low...].prefix { $0.value <= range.upperBound }.flatMap { $0.others.map { $0...$0 } }
  }
}
