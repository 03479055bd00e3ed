/// A small generator with the same numbers everywhere.
///
/// - Source: G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, 2014.
package struct SplitMix64 {
  private var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mixed(state)
  }

  /// In [0, 1), a multiple of 2⁻²⁴: exact in `Float`.
  package mutating func unit() -> Double { Double(next() >> 40) / Double(1 << 24) }

  /// Spreads the bits of a number over all 64.
  package static func mixed(_ number: UInt64) -> UInt64 {
    var z = number
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
