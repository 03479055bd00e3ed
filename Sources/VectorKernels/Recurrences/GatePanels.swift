// The weights of a recurrence, packed for `multiplyPacked` so that a run of hidden units has all its gates side by
// side: columns in the order [unit / 16][gate][16], those of a last, partial run filled up with zeros. Whoever
// computes some units then needs nothing of the others, and a unit that is none stays 0.

/// Packs the gates from `first` on of rows [gates · hidden, k] of weights.
public func packGates(
  _ weights: Floats, gates first: Int, count: Int, hidden: Int, k: Int, into target: MutableFloats
) {
  let runs = roundUp(hidden, tileColumns) / tileColumns
  let width = runs * count * tileColumns
  var p = 0
  while p < k {
    let depth = min(blockDepth, k - p)
    var next = target + p * width
    var run = 0
    while run < runs {
      let unit = run * tileColumns
      var gate = first
      while gate < first + count {
        let rows = (weights + (gate * hidden + unit) * k, rowStride: 1, columnStride: k)
        packB(rows, row: p, column: 0, depth, min(tileColumns, hidden - unit), next)
        next += depth * tileColumns
        gate += 1
      }
      run += 1
    }
    p += blockDepth
  }
}

/// One number for each gate and unit, from [gates, hidden] to the order of the panels.
public func packGateVector(_ numbers: Floats, gates: Int, hidden: Int, into target: MutableFloats) {
  var next = target
  var unit = 0
  while unit < hidden {
    var gate = 0
    while gate < gates {
      var j = 0
      while j < tileColumns {
        next[j] = unit + j < hidden ? numbers[gate * hidden + unit + j] : 0
        j &+= 1
      }
      next += tileColumns
      gate += 1
    }
    unit += tileColumns
  }
}
