import GraphIR
import TensorCore

/// `count` dims of which nothing is known; nil where that is no rank that a tensor may have. The extent that a model
/// declares of a shape tensor may be any number.
func unknownDims(_ count: Int) -> [Dim]? {
  (0...4_096).contains(count) ? [Dim](repeating: .unknown, count: count) : nil
}

extension Fact {
  /// The extent of an axis; unknown where the rank is, or has no such axis.
  func dim(_ axis: Int) -> Dim {
    guard let dims, dims.indices.contains(axis) else { return .unknown }
    return dims[axis]
  }

  /// How many numbers the tensor of a list holds, whatever its rank; nil where an extent is not known.
  var listCount: Int? {
    guard let extents = dims?.map(\.number) else { return nil }
    return extents.reduce(Optional(1)) { product, extent in
      guard let product, let extent else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      return overflow ? nil : next
    }
  }
}

/// Arithmetic of extents, of which some are mere names: a result that has neither number nor name is unknown.
extension Dim {
  static func + (a: Dim, b: Dim) -> Dim {
    if let x = a.number, let y = b.number { return .value(x &+ y) }
    return b == 0 ? a : a == 0 ? b : .unknown
  }

  static func - (a: Dim, b: Dim) -> Dim {
    if let x = a.number, let y = b.number { return .value(x &- y) }
    return b == 0 ? a : .unknown
  }

  static func * (a: Dim, b: Dim) -> Dim {
    if let x = a.number, let y = b.number { return .value(x &* y) }
    if a == 0 || b == 0 { return 0 }
    return b == 1 ? a : a == 1 ? b : .unknown
  }

  /// Whether only a name is known.
  var isName: Bool { number == nil && self != .unknown }

  /// The number of elements that extents make. Elements of int64 tensors wrap, extents do not: a number that does
  /// not fit is unknown.
  static func product(_ dims: some Sequence<Dim>) -> Dim {
    if dims.contains(0) { return 0 }
    var known = 1
    for number in dims.lazy.compactMap(\.number) {
      let (product, overflow) = known.multipliedReportingOverflow(by: number)
      if overflow { return .unknown }
      known = product
    }
    return dims.reduce(.value(known)) { $1.number == nil ? $0 * $1 : $0 }
  }

  /// The extent that together with `others` makes as many elements as `all` do. Names do not cancel: of two
  /// that are 0 there is no quotient.
  static func quotient(_ all: [Dim], by others: [Dim]) -> Dim {
    var rest = all
    var divisors: [Dim] = []
    for dim in others {
      if let number = dim.number, number != 0, let place = rest.firstIndex(of: dim) {
        rest.remove(at: place)
      } else {
        divisors.append(dim)
      }
    }
    let (count, divisor) = (product(rest), product(divisors))
    if divisor == 1 { return count }
    guard let count = count.number, let divisor = divisor.number, divisor > 0, count % divisor == 0 else {
      return .unknown
    }
    return .value(count / divisor)
  }
}
