/// y[i·stride] += x[i] for `count` floats; y may be read and written as far as its `room`.
public func addSpread(_ x: Floats, _ y: MutableFloats, _ count: Int, stride: Int, room: Int) {
  var i = 0
  if stride == 1 {
    while i &+ laneWidth <= count {
      (load(y + i) + load(x + i)).store(y + i)
      i &+= laneWidth
    }
  } else if stride == 2 {
    while i &+ laneWidth <= count && 2 &* (i &+ laneWidth) <= room {
      let target = UnsafeMutableRawPointer(y + 2 &* i)
      var both = UnsafeRawPointer(target).loadUnaligned(as: SIMD16<Float>.self)
      both.evenHalf = both.evenHalf + load(x + i)
      target.storeBytes(of: both, as: SIMD16<Float>.self)
      i &+= laneWidth
    }
  }
  while i < count {
    y[i &* stride] += x[i]
    i &+= 1
  }
}
