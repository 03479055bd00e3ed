extension WideNumber {
  /// `value` in this number system: itself as a `Double`; for integers truncated toward zero and clamped to
  /// 64 bits (a negative number wraps where this is unsigned), NaN as 0.
  public init(truncating value: Double) {
    if let double = value as? Self {
      self = double
    } else if let signed = Int64(clamping: value) as? Self {
      self = signed
    } else {
      self = UInt64(wrapping: value) as? Self ?? .zero
    }
  }
}

extension UInt64 {
  /// A non-negative number clamped to the range, a negative one wrapped; NaN becomes 0.
  fileprivate init(wrapping value: Double) {
    if value >= 18_446_744_073_709_551_616 {
      self = .max
    } else {
      self = value > 0 ? UInt64(value) : UInt64(bitPattern: Int64(clamping: value))
    }
  }
}
