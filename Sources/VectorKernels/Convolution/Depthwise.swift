// Convolution of one channel with one filter. The padded channel lies in planes by phase: with strides of 2 the even and
// the odd rows and columns apart, so that the cells under neighbouring output cells always lie side by side.

/// What one filter makes of one channel: its weights, and what happens to the sums.
public typealias ChannelFilter = (weights: Floats, count: Int, shift: Float, low: Float, high: Float)

/// y[i][j] = Σ weights[t]·x[taps[t] + i·pitch + j] + shift, limited, for `rows` rows of `columns` cells.
///
/// - Parameters:
///   - x: the planes, readable for 7 floats beyond the last cell.
///   - taps: where in the planes each weight begins.
///   - y: the cells, row after row without gaps.
public func convolveChannel(
  _ x: Floats, taps: Offsets, pitch: Int, _ filter: ChannelFilter, into y: MutableFloats, rows: Int,
  columns: Int
) {
  let end = y + rows * columns
  var i = 0
  while i < rows {
    let count = i &+ 4 <= rows ? 4 : 1
    var j = 0
    while j < columns {
      // The last lane of a row ends with it, where rows are that long.
      let column = max(0, min(j, columns &- laneWidth))
      let (cells, target) = (x + (i &* pitch &+ column), y + (i &* columns &+ column))
      if count == 4 {
        convolveFourRows(cells, taps, pitch, filter, target, columns, end)
      } else {
        convolveRow(cells, taps, filter, target, end)
      }
      j &+= laneWidth
    }
    i &+= count
  }
}

private func convolveFourRows(
  _ x: Floats, _ taps: Offsets, _ pitch: Int, _ filter: ChannelFilter, _ y: MutableFloats, _ columns: Int,
  _ end: MutableFloats
) {
  var (s0, s1, s2, s3) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
  let (two, three) = (2 &* pitch, 3 &* pitch)
  var t = 0
  while t < filter.count {
    let (weight, cells) = (Lane(repeating: filter.weights[t]), x + taps[t])
    s0 = fma(weight, load(cells), s0)
    s1 = fma(weight, load(cells + pitch), s1)
    s2 = fma(weight, load(cells + two), s2)
    s3 = fma(weight, load(cells + three), s3)
    t &+= 1
  }
  finish(s0, filter, y, end)
  finish(s1, filter, y + columns, end)
  finish(s2, filter, y + 2 &* columns, end)
  finish(s3, filter, y + 3 &* columns, end)
}

private func convolveRow(
  _ x: Floats, _ taps: Offsets, _ filter: ChannelFilter, _ y: MutableFloats, _ end: MutableFloats
) {
  var sum = Lane.zero
  var t = 0
  while t < filter.count {
    sum = fma(Lane(repeating: filter.weights[t]), load(x + taps[t]), sum)
    t &+= 1
  }
  finish(sum, filter, y, end)
}

/// Writes a lane; where the row is shorter, what lies behind belongs to the next row, which is written later.
@inline(__always)
private func finish(_ sums: Lane, _ filter: ChannelFilter, _ y: MutableFloats, _ end: MutableFloats) {
  let lane = (sums + filter.shift).limited(filter.low, filter.high)
  let count = end - y
  if count >= laneWidth { lane.store(y) } else { lane.store(y, first: count) }
}

/// Takes a row apart: x[i] goes to phase (pad + i) mod `step` of the planes, which lie `plane` floats apart.
public func splitRow(_ x: Floats, count: Int, pad: Int, step: Int, into planes: MutableFloats, plane: Int) {
  var i = 0
  if step == 2 {
    let (first, second) = (planes + pad / 2 + pad % 2 * plane, planes + (pad + 1) / 2 + (pad + 1) % 2 * plane)
    while i &+ 2 &* laneWidth <= count {
      let both = UnsafeRawPointer(x + i).loadUnaligned(as: SIMD16<Float>.self)
      both.evenHalf.store(first + i / 2)
      both.oddHalf.store(second + i / 2)
      i &+= 2 &* laneWidth
    }
  }
  while i < count {
    let cell = pad &+ i
    planes[cell % step &* plane &+ cell / step] = x[i]
    i &+= 1
  }
}
