import TensorCore

extension ElementType {
  /// The smallest and the largest number of an integer type or bool; for a floating type its infinities.
  ///
  /// The numbers are exact in `Int64` and `UInt64`, and rounded in `Double` for the 64-bit types.
  package func limits<W: WideNumber>(_: W.Type = W.self) -> (lowest: W, highest: W) {
    switch arithmetic {
    case .signed:
      let half = W(1 << (bitWidth - 2))
      let highest = (half &- W.one) &+ half
      return (W.zero &- highest &- W.one, highest)
    case .unsigned:
      let half = W(1 << (bitWidth / 2))
      return (W.zero, half &* half &- W.one)
    case .boolean: return (W.zero, W.one)
    default:
      let infinity = Double.infinity as? W
      return (infinity.map { W.zero &- $0 } ?? W.zero, infinity ?? W.zero)
    }
  }
}
