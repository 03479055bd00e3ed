// Codes of float16 and bfloat16 as floats and back. All of it is whole-number arithmetic without branches,
// which every processor does in vectors; ties go to even.

/// The number that a code of float16 stands for.
@inline(__always)
func float(half code: UInt16) -> Float {
  let magnitude = UInt32(truncatingIfNeeded: code & 0x7FFF) &<< 13
  // The exponent counts from 15 there and from 127 here; a product sets subnormals right too.
  let scaled = (Float(bitPattern: magnitude) * 0x1p112).bitPattern
  let special: UInt32 = magnitude >= 0x0F80_0000 ? 0x7F80_0000 : 0
  let sign = UInt32(truncatingIfNeeded: code & 0x8000) &<< 16
  return Float(bitPattern: scaled | special | sign)
}

/// The code of the float16 next to a number.
@inline(__always)
func half(_ x: Float) -> UInt16 {
  let sign = (x.bitPattern &>> 16) & 0x8000
  let magnitude = x.bitPattern & 0x7FFF_FFFF
  // Below 2^−14 the places end at 2^−24, as those of numbers beside 1/2 do in float.
  let subnormal = (Float(bitPattern: magnitude) + 0.5).bitPattern &- 0x3F00_0000
  let normal = (magnitude &+ 0xC800_0FFF &+ ((magnitude &>> 13) & 1)) &>> 13
  let special: UInt32 = magnitude > 0x7F80_0000 ? 0x7E00 : 0x7C00
  let finite = magnitude < 0x3880_0000 ? subnormal : normal
  return UInt16(truncatingIfNeeded: sign | (magnitude >= 0x4780_0000 ? special : finite))
}

/// The number that a code of bfloat16 stands for.
@inline(__always)
func float(bfloat code: UInt16) -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: code) &<< 16) }

/// The code of the bfloat16 next to a number.
@inline(__always)
func bfloat(_ x: Float) -> UInt16 {
  let bits = x.bitPattern
  let rounded = (bits &+ 0x7FFF &+ ((bits &>> 16) & 1)) &>> 16
  let nan = ((bits &>> 16) & 0x8000) | 0x7FC0
  return UInt16(truncatingIfNeeded: bits & 0x7FFF_FFFF > 0x7F80_0000 ? nan : rounded)
}
