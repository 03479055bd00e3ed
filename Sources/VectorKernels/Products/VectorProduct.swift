/// c = a·B for one row `a` of k floats and B of k×n with rows `stride` apart; each sum as `multiplyMatrices` takes it.
public func multiplyRow(n: Int, k: Int, _ a: Floats, _ b: Floats, stride: Int, into c: MutableFloats) {
  var p = 0
  while p < k {
    addRow(n, min(blockDepth, k - p), a + p, b + p * stride, stride, c, adding: p > 0)
    p += blockDepth
  }
}

private func addRow(
  _ n: Int, _ k: Int, _ a: Floats, _ b: Floats, _ stride: Int, _ c: MutableFloats, adding: Bool
) {
  var j = 0
  while j + 32 <= n {
    var (s0, s1, s2, s3) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
    var row = b + j
    var p = 0
    while p < k {
      let x = Lane(repeating: a[p])
      s0 = fma(x, load(row), s0)
      s1 = fma(x, load(row + 8), s1)
      s2 = fma(x, load(row + 16), s2)
      s3 = fma(x, load(row + 24), s3)
      row += stride
      p &+= 1
    }
    let target = c + j
    (adding ? load(target) + s0 : s0).store(target)
    (adding ? load(target + 8) + s1 : s1).store(target + 8)
    (adding ? load(target + 16) + s2 : s2).store(target + 16)
    (adding ? load(target + 24) + s3 : s3).store(target + 24)
    j += 32
  }
  while j < n {
    var sum: Float = 0
    var p = 0
    while p < k {
      sum = fma(a[p], b[p &* stride &+ j], sum)
      p &+= 1
    }
    c[j] = adding ? c[j] + sum : sum
    j += 1
  }
}

/// c = a·Bᵀ for one row `a` of k floats and B of n×k with rows `stride` apart: n dot products, each in sixteen sums
/// that are added up last.
public func multiplyRowTransposed(
  n: Int, k: Int, _ a: Floats, _ b: Floats, stride: Int, into c: MutableFloats
) {
  var j = 0
  while j < n {
    let row = b + j * stride
    var (s0, s1) = (Lane.zero, Lane.zero)
    var p = 0
    while p + 16 <= k {
      s0 = fma(load(a + p), load(row + p), s0)
      s1 = fma(load(a + p + 8), load(row + p + 8), s1)
      p += 16
    }
    let s = s0 + s1
    let half = s.lowHalf + s.highHalf
    var sum = (half.x + half.z) + (half.y + half.w)
    while p < k {
      sum = fma(a[p], row[p], sum)
      p += 1
    }
    c[j] = sum
    j += 1
  }
}
