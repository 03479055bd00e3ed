/// A random generator that gives the same numbers everywhere.
public struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number below `count`; 0 where `count` is 0.
  public mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &self) }

  /// Whether something of this probability happens.
  public mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

  /// One of `items`, which must not be empty.
  public mutating func one<T>(of items: [T]) -> T { items[below(items.count)] }
}
