/// c = a·B for one row `a` of k floats and B of k×n with rows `stride` apart; each sum in ascending order of k.
public func multiplyRow(n: Int, k: Int, _ a: Floats, _ b: Floats, stride: Int, into c: MutableFloats) {
  var j = 0
  while j + 32 <= n {
    var (s0, s1, s2, s3) = (Lane.zero, Lane.zero, Lane.zero, Lane.zero)
    var row = b + j
    var p = 0
    while p < k {
      let x = Lane(repeating: a[p])
      s0 = s0.addingProduct(x, load(row))
      s1 = s1.addingProduct(x, load(row + 8))
      s2 = s2.addingProduct(x, load(row + 16))
      s3 = s3.addingProduct(x, load(row + 24))
      row += stride
      p &+= 1
    }
    s0.store(c + j)
    s1.store(c + j + 8)
    s2.store(c + j + 16)
    s3.store(c + j + 24)
    j += 32
  }
  while j < n {
    var sum: Float = 0
    var p = 0
    while p < k {
      sum = sum.addingProduct(a[p], b[p &* stride &+ j])
      p &+= 1
    }
    c[j] = sum
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
      s0 = s0.addingProduct(load(a + p), load(row + p))
      s1 = s1.addingProduct(load(a + p + 8), load(row + p + 8))
      p += 16
    }
    let s = s0 + s1
    let half = s.lowHalf + s.highHalf
    var sum = (half.x + half.z) + (half.y + half.w)
    while p < k {
      sum = sum.addingProduct(a[p], row[p])
      p += 1
    }
    c[j] = sum
    j += 1
  }
}
