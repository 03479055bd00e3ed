/// A random generator that gives the same numbers everywhere.
public struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  private var choices: ArraySlice<UInt8> = []
  public init(seed: UInt64) { state = seed }

  /// Two bytes decide on each number, until there are no more; so a fuzzer that changes bytes changes decisions.
  public init(choices: [UInt8]) {
    state = 0
    self.choices = choices[...]
  }

  public mutating func next() -> UInt64 {
    let first = choices.popFirst(), second = choices.popFirst()
    guard let first else { return draw() }
    return UInt64(first) << 56 | UInt64(second ?? 0) << 48 | draw() >> 16
  }

  private mutating func draw() -> UInt64 {
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
