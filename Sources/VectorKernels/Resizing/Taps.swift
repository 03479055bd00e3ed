/// y[o] = the sum of the `taps` cells cells[o·taps…] of x times their weights, in order.
public func gatherTaps(
  _ x: Floats, _ cells: UnsafePointer<Int>, _ weights: Floats, taps: Int, into y: MutableFloats, _ count: Int
) {
  var o = 0
  if taps == 2 {
    while o < count {
      let t = 2 &* o
      y[o] = fma(x[cells[t &+ 1]], weights[t &+ 1], x[cells[t]] * weights[t])
      o &+= 1
    }
    return
  }
  while o < count {
    var sum: Float = 0
    var t = o &* taps
    let end = t &+ taps
    while t < end {
      sum = fma(x[cells[t]], weights[t], sum)
      t &+= 1
    }
    y[o] = sum
    o &+= 1
  }
}

/// y[o] = x[cells[o]].
public func gather(_ x: Floats, _ cells: UnsafePointer<Int>, into y: MutableFloats, _ count: Int) {
  var o = 0
  while o < count {
    y[o] = x[cells[o]]
    o &+= 1
  }
}

/// y = x · weight, or y + x · weight.
public func addScaled(_ x: Floats, _ weight: Float, into y: MutableFloats, _ count: Int, adding: Bool) {
  let factor = Lane(repeating: weight)
  var i = 0
  if adding {
    while i &+ laneWidth <= count {
      fma(load(x + i), factor, load(y + i)).store(y + i)
      i &+= laneWidth
    }
    while i < count {
      y[i] = fma(x[i], weight, y[i])
      i &+= 1
    }
  } else {
    while i &+ laneWidth <= count {
      (load(x + i) * factor).store(y + i)
      i &+= laneWidth
    }
    while i < count {
      y[i] = x[i] * weight
      i &+= 1
    }
  }
}

/// y = x · a + z · b.
public func blend(_ x: Floats, _ a: Float, _ z: Floats, _ b: Float, into y: MutableFloats, _ count: Int) {
  var i = 0
  let (first, second) = (Lane(repeating: a), Lane(repeating: b))
  while i &+ laneWidth <= count {
    fma(load(z + i), second, load(x + i) * first).store(y + i)
    i &+= laneWidth
  }
  while i < count {
    y[i] = fma(z[i], b, x[i] * a)
    i &+= 1
  }
}
