// y = f(x) for `count` floats; y may be x. Every function has the same two parameters, which most leave aside, so that
// a chain of them is a list.

/// Applies `f` lane by lane.
@inline(__always)
private func map(_ x: Floats, _ y: MutableFloats, _ count: Int, _ f: (Lane) -> Lane) {
  var i = 0
  while i &+ laneWidth <= count {
    f(load(x + i)).store(y + i)
    i &+= laneWidth
  }
  if i < count { f(load(x + i, first: count &- i)).store(y + i, first: count &- i) }
}

public func negate(_ x: Floats, _ y: MutableFloats, _ count: Int, _: Float, _: Float) {
  map(x, y, count) { $0.negated }
}

public func absolute(_ x: Floats, _ y: MutableFloats, _ count: Int, _: Float, _: Float) {
  map(x, y, count) { $0.magnitude }
}

/// x, or alpha·x where x is negative.
public func rectifyLeakily(_ x: Floats, _ y: MutableFloats, _ count: Int, _ alpha: Float, _: Float) {
  map(x, y, count) { $0.replacing(with: $0 * alpha, where: $0 .< 0) }
}

/// Limited to `low`…`high`.
public func limit(_ x: Floats, _ y: MutableFloats, _ count: Int, _ low: Float, _ high: Float) {
  map(x, y, count) { $0.limited(low, high) }
}

/// alpha·x + beta, limited to 0…1.
public func ramp(_ x: Floats, _ y: MutableFloats, _ count: Int, _ alpha: Float, _ beta: Float) {
  map(x, y, count) { ($0 * alpha + beta).limited(0, 1) }
}

/// alpha·x.
public func scale(_ x: Floats, _ y: MutableFloats, _ count: Int, _ alpha: Float, _: Float) {
  map(x, y, count) { $0 * alpha }
}

/// x + amount.
public func shift(_ x: Floats, _ y: MutableFloats, _ count: Int, _ amount: Float, _: Float) {
  map(x, y, count) { $0 + amount }
}

public func square(_ x: Floats, _ y: MutableFloats, _ count: Int, _: Float, _: Float) {
  map(x, y, count) { $0 * $0 }
}

/// In double: rounded twice to floats, a cube beside the largest number would be infinite.
public func cube(_ x: Floats, _ y: MutableFloats, _ count: Int, _: Float, _: Float) {
  var i = 0
  while i < count {
    let wide = Double(x[i])
    y[i] = Float(wide * wide * wide)
    i &+= 1
  }
}

public func squareRoot(_ x: Floats, _ y: MutableFloats, _ count: Int, _: Float, _: Float) {
  var i = 0
  while i < count {
    y[i] = x[i].squareRoot()
    i &+= 1
  }
}

public func invert(_ x: Floats, _ y: MutableFloats, _ count: Int, _: Float, _: Float) {
  map(x, y, count) { 1 / $0 }
}

public func exponential(_ x: Floats, _ y: MutableFloats, _ count: Int, _: Float, _: Float) {
  map(x, y, count) { exponential($0) }
}

/// e^(x − shift).
public func shiftedExponential(_ x: Floats, _ y: MutableFloats, _ count: Int, _ shift: Float, _: Float) {
  map(x, y, count) { exponential($0 - shift) }
}

public func logistic(_ x: Floats, _ y: MutableFloats, _ count: Int, _: Float, _: Float) {
  map(x, y, count) { logisticFunction($0) }
}

public func hyperbolicTangent(_ x: Floats, _ y: MutableFloats, _ count: Int, _: Float, _: Float) {
  map(x, y, count) { hyperbolicTangent($0) }
}

public func errorFunction(_ x: Floats, _ y: MutableFloats, _ count: Int, _: Float, _: Float) {
  map(x, y, count) { errorFunction($0) }
}
