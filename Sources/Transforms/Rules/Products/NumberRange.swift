import TensorCore

extension ElementType {
  /// The smallest positive number that a floating type holds with all its digits.
  var leastNormal: Double {
    switch self {
    case .double: Double.leastNormalMagnitude
    case .float16: 0x1p-14
    default: 0x1p-126
    }
  }

  /// How far, in proportion, a number may be from one that was meant, since it is of a floating type.
  var spacing: Double {
    switch self {
    case .double: 0x1p-52
    case .float: 0x1p-23
    case .float16: 0x1p-10
    default: 0x1p-7
    }
  }
}

extension Tensor {
  /// Whether no element is infinite or NaN.
  var isFinite: Bool { doubles().allSatisfy(\.isFinite) }

  /// Each element times a factor; nil where one becomes infinite, or all lose digits.
  ///
  /// - Parameter factor: that of the element at a position.
  func scaled(_ factor: (Int) -> Double) -> Tensor? {
    let old = doubles()
    let new = old.enumerated().map { $1 * factor($0) }
    let made = Tensor(elementType, shape: shape, rounding: new)
    func largest(_ numbers: [Double]) -> Double { numbers.reduce(0) { max($0, abs($1)) } }
    let least = elementType.leastNormal
    guard made.isFinite, largest(old) < least || largest(new) >= least else { return nil }
    return made
  }
}
