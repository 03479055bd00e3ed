extension Double {
  public init(truncating value: Double) { self = value }
}

extension Int64 {
  public init(truncating value: Double) { self.init(clamping: value) }
}

extension UInt64 {
  public init(truncating value: Double) {
    if value >= 18_446_744_073_709_551_616 {
      self = .max
    } else {
      self = value > 0 ? UInt64(value) : UInt64(bitPattern: Int64(clamping: value))
    }
  }
}
