import TensorCore

extension WideNumber {
  /// The number itself in `Double`; in an integer system truncated toward zero and clamped, NaN as 0.
  init(truncating x: Double) {
    if let same = x as? Self {
      self = same
    } else if let signed = Int64(clamping: x) as? Self {
      self = signed
    } else {
      self = UInt64(clamping: x) as? Self ?? .zero
    }
  }
}

extension UInt64 {
  /// The number truncated toward zero, clamped to the range; NaN becomes 0.
  init(clamping value: Double) {
    if value >= 18_446_744_073_709_551_616 {
      self = .max
    } else {
      self = value > 0 ? UInt64(value) : 0
    }
  }
}
