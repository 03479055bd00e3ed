// Convolution of one channel with one filter. The padded channel lies in planes by phase: with strides of 2 the even and
// the odd rows and columns apart, so that the cells under neighbouring output cells always lie side by side, and rows of
// output cells follow each other with a few cells between them that nobody wants.

/// y[i] = Σ weights[t]·x[taps[t] + i] for `count` cells, of which those up to the next multiple of 8 may be written too.
///
/// - Parameters:
///   - x: the planes, readable for 7 floats beyond the last cell.
///   - taps: where in the planes each weight begins.
public func convolveChannel(
  _ x: Floats, taps: Offsets, weights: Floats, tapCount: Int, into y: MutableFloats, count: Int
) {
  var i = 0
  while i < count {
    if i &+ 4 &* laneWidth <= count {
      convolveFourLanes(x + i, taps, weights, tapCount, y + i)
      i &+= 4 &* laneWidth
    } else {
      var sum = Lane.zero
      var t = 0
      while t < tapCount {
        sum = fma(Lane(repeating: weights[t]), load(x + (taps[t] &+ i)), sum)
        t &+= 1
      }
      sum.store(y + i)
      i &+= laneWidth
    }
  }
}

@inline(__always)
private func convolveFourLanes(
  _ x: Floats, _ taps: Offsets, _ weights: Floats, _ tapCount: Int, _ y: MutableFloats
) {
  var (s0, s1, s2, s3) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
  var t = 0
  while t < tapCount {
    let (weight, cells) = (Lane(repeating: weights[t]), x + taps[t])
    s0 = fma(weight, load(cells), s0)
    s1 = fma(weight, load(cells + 8), s1)
    s2 = fma(weight, load(cells + 16), s2)
    s3 = fma(weight, load(cells + 24), s3)
    t &+= 1
  }
  s0.store(y)
  s1.store(y + 8)
  s2.store(y + 16)
  s3.store(y + 24)
}
