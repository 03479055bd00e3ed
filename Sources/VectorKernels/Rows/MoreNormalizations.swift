/// Mean and variance of `count` floats.
public func moments(_ x: Floats, _ count: Int) -> (mean: Double, variance: Double) {
  let mean = sum(x, count) / Double(count)
  let high = Float(mean)
  let low = high.isFinite ? Float(mean - Double(high)) : 0
  return (mean, sumOfSquares(x, count, from: high, low) / Double(count))
}

/// y = (x − mean) · factor + offset, in floats, with the mean in two parts.
public func shiftAndScaleBriefly(
  _ x: Floats, _ y: MutableFloats, _ count: Int, mean high: Float, _ low: Float, factor: Float, offset: Float
) {
  var i = 0
  while i &+ laneWidth <= count {
    (((load(x + i) - high) - low) * factor + offset).store(y + i)
    i &+= laneWidth
  }
  while i < count {
    y[i] = ((x[i] - high) - low) * factor + offset
    i &+= 1
  }
}

/// y = x / √(mean of squares + epsilon) · factor for one row.
public func divideByRootMeanSquare(
  _ x: Floats, _ y: MutableFloats, _ count: Int, epsilon: Double, factor: Floats
) {
  let square = sumOfSquares(x, count) / Double(count) + epsilon
  let inverse = 1 / square.squareRoot()
  var i = 0
  // Where the factor would leave the range of float, each element is computed in double.
  if square > 1e-30, square < 1e30 {
    let scale = Float(inverse)
    while i &+ laneWidth <= count {
      (load(x + i) * scale * load(factor + i)).store(y + i)
      i &+= laneWidth
    }
    while i < count {
      y[i] = x[i] * scale * factor[i]
      i &+= 1
    }
  }
  while i < count {
    y[i] = Float(Double(x[i]) * inverse * Double(factor[i]))
    i &+= 1
  }
}

/// y = (x − largest) − logarithm.
public func subtractTwice(
  _ x: Floats, _ y: MutableFloats, _ count: Int, _ largest: Float, _ logarithm: Float
) {
  var i = 0
  while i &+ laneWidth <= count {
    ((load(x + i) - largest) - logarithm).store(y + i)
    i &+= laneWidth
  }
  while i < count {
    y[i] = (x[i] - largest) - logarithm
    i &+= 1
  }
}
