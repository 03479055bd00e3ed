/// y = softmax x for one row.
public func softmaxRow(_ x: Floats, _ y: MutableFloats, _ count: Int) {
  shiftedExponential(x, y, count, largest(x, count), 0)
  scale(y, y, count, Float(1 / sum(y, count)), 0)
}

/// y = (x − mean) / √(variance + epsilon) · factor + offset for one row.
public func normalizeRow(
  _ x: Floats, _ y: MutableFloats, _ count: Int, epsilon: Double, factor: Floats, offset: Floats
) {
  let mean = sum(x, count) / Double(count)
  // The mean in two parts: rounded to one float it would cost more than the difference has places.
  let high = Float(mean)
  let low = high.isFinite ? Float(mean - Double(high)) : 0
  let variance = sumOfSquares(x, count, from: high, low) / Double(count)
  let inverse = 1 / (variance + epsilon).squareRoot()
  // Where squares vanish beside 1 or differences leave the range of float, each element is computed in double.
  guard variance + epsilon > 1e-30, variance < 1e30 else {
    return normalizeWideRow(x, y, count, mean, inverse, factor, offset)
  }
  let scale = Float(inverse)
  var i = 0
  while i &+ laneWidth <= count {
    let d = (load(x + i) - high) - low
    (d * scale * load(factor + i) + load(offset + i)).store(y + i)
    i &+= laneWidth
  }
  while i < count {
    y[i] = ((x[i] - high) - low) * scale * factor[i] + offset[i]
    i &+= 1
  }
}

private func normalizeWideRow(
  _ x: Floats, _ y: MutableFloats, _ count: Int, _ mean: Double, _ scale: Double, _ factor: Floats,
  _ offset: Floats
) {
  var i = 0
  while i < count {
    y[i] = Float((Double(x[i]) - mean) * scale * Double(factor[i]) + Double(offset[i]))
    i &+= 1
  }
}

/// y = (x − mean) · factor + offset for a plane, for numbers that belong to its channel.
public func shiftAndScale(
  _ x: Floats, _ y: MutableFloats, _ count: Int, mean: Double, factor: Double, offset: Double
) {
  var i = 0
  while i < count {
    y[i] = Float((Double(x[i]) - mean) * factor + offset)
    i &+= 1
  }
}
