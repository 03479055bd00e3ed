// c = f(a, b) for `count` pairs of floats; c may be a or b.

@inline(__always)
private func zip(
  _ a: Floats, _ b: Floats, _ c: MutableFloats, _ count: Int, _ f: (Lane, Lane) -> Lane
) {
  var i = 0
  while i &+ laneWidth <= count {
    f(load(a + i), load(b + i)).store(c + i)
    i &+= laneWidth
  }
  guard i < count else { return }
  let rest = count &- i
  f(load(a + i, first: rest), load(b + i, first: rest)).store(c + i, first: rest)
}

public func add(_ a: Floats, _ b: Floats, _ c: MutableFloats, _ count: Int) {
  zip(a, b, c, count) { $0 + $1 }
}

public func subtract(_ a: Floats, _ b: Floats, _ c: MutableFloats, _ count: Int) {
  zip(a, b, c, count) { $0 - $1 }
}

public func multiply(_ a: Floats, _ b: Floats, _ c: MutableFloats, _ count: Int) {
  zip(a, b, c, count) { $0 * $1 }
}

public func divide(_ a: Floats, _ b: Floats, _ c: MutableFloats, _ count: Int) {
  zip(a, b, c, count) { $0 / $1 }
}

/// The larger of two; NaN where either is.
public func larger(_ a: Floats, _ b: Floats, _ c: MutableFloats, _ count: Int) {
  zip(a, b, c, count) { $0.replacing(with: $1, where: ($1 .> $0) .| ($1 .!= $1)) }
}

/// The smaller of two; NaN where either is.
public func smaller(_ a: Floats, _ b: Floats, _ c: MutableFloats, _ count: Int) {
  zip(a, b, c, count) { $0.replacing(with: $1, where: ($1 .< $0) .| ($1 .!= $1)) }
}
