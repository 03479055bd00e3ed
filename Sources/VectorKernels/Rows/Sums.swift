/// The sum of `count` floats: short sums in lanes of floats, added up in double. Where one leaves the range of float,
/// all are taken in double.
public func sum(_ x: Floats, _ count: Int) -> Double {
  let total = sum(x, count) { $0 }
  return total.isFinite ? total : wideSum(x, count) { $0 }
}

/// The sum of (x − high − low)² over `count` floats, for a mean in two parts.
public func sumOfSquares(_ x: Floats, _ count: Int, from high: Float, _ low: Float) -> Double {
  let total = sum(x, count) {
    let d = ($0 - high) - low
    return d * d
  }
  if total.isFinite { return total }
  return wideSum(x, count) {
    let d = $0 - Double(high) - Double(low)
    return d * d
  }
}

@inline(__always)
private func wideSum(_ x: Floats, _ count: Int, _ f: (Double) -> Double) -> Double {
  // −0 is what changes no number when it is added.
  var total = -0.0
  var i = 0
  while i < count {
    total += f(Double(x[i]))
    i &+= 1
  }
  return total
}

/// Lanes whose sum is taken in floats: few enough that each adds up to a handful of roundings.
private let shortSum = 16

/// The sum of `f` of each float.
@inline(__always)
private func sum(_ x: Floats, _ count: Int, _ f: (Lane) -> Lane) -> Double {
  // −0 is what changes no number when it is added.
  var total = -0.0
  var i = 0
  while i &+ laneWidth <= count {
    let end = min(count &- laneWidth, i &+ (shortSum &- 1) &* laneWidth)
    var lane = Lane(repeating: -0.0)
    while i <= end {
      lane += f(load(x + i))
      i &+= laneWidth
    }
    total += Double(lane.total)
  }
  guard i < count else { return total }
  let rest = f(load(x + i, first: count &- i))
  var k = 0
  while k < count &- i {
    total += Double(rest[k])
    k &+= 1
  }
  return total
}

/// The largest of `count` floats, at least one; NaN where one of them is.
public func largest(_ x: Floats, _ count: Int) -> Float {
  var best = Lane(repeating: x[0])
  var i = 0
  while i &+ laneWidth <= count {
    let next = load(x + i)
    // A comparison with NaN is false: whichever side it is on, it stays.
    best = best.replacing(with: next, where: (next .> best) .| (next .!= next))
    i &+= laneWidth
  }
  var result = best[0]
  var k = 1
  while k < laneWidth {
    if best[k] > result || best[k] != best[k] { result = best[k] }
    k &+= 1
  }
  while i < count {
    if x[i] > result || x[i] != x[i] { result = x[i] }
    i &+= 1
  }
  return result
}
