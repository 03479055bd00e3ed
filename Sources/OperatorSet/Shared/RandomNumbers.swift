import GraphIR
import TensorCore

/// Random numbers by position: draw i depends on the seed and on i alone, so that it is the same on every
/// machine and whatever the order or number of threads.
///
/// The generator is Philox4x32-10. Its key is the seed in 64 bits (a float seed gives its bit pattern), its
/// counter is i; the 128 bits of one block serve one draw.
///
/// Source: J. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", 2011. Notes: TSN-0032.
struct RandomNumbers {
  private let key: SIMD2<UInt32>

  init(seed: UInt64) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
  }

  /// The numbers of a `seed` attribute of kind FLOAT, or else of the run's own seed. A NaN counts as no seed.
  init(seed: Float?, _ context: any EvaluationContext) {
    let given = seed.flatMap { $0.isNaN ? nil : UInt64($0.bitPattern) }
    self.init(seed: given ?? context.defaultSeed)
  }

  /// Draw `index` of the uniform distribution on [0, 1): a multiple of 2^−53.
  func uniform(_ index: Int) -> Double {
    let block = block(index)
    return fraction(block.x, block.y)
  }

  /// Draw `index` of the normal distribution of mean 0 and deviation 1, by the method of Box and Muller.
  func normal(_ index: Int) -> Double {
    let block = block(index)
    let (u, v) = (1 - fraction(block.x, block.y), fraction(block.z, block.w))
    return (-2 * log(u)).squareRoot() * cos(2 * Double.pi * v)
  }

  private func fraction(_ low: UInt32, _ high: UInt32) -> Double {
    let bits = UInt64(high) << 32 | UInt64(low)
    return Double(bits >> 11) * 0x1p-53
  }

  private func block(_ index: Int) -> SIMD4<UInt32> {
    let index = UInt64(truncatingIfNeeded: index)
    let counter = SIMD4(UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), 0, 0)
    return philox4x32(counter: counter, key: key)
  }
}

/// The ten rounds of Philox4x32.
func philox4x32(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
  var (x, k) = (counter, key)
  for _ in 0..<10 {
    let a = UInt64(x.x) * 0xD251_1F53
    let b = UInt64(x.z) * 0xCD9E_8D57
    x = SIMD4(
      UInt32(truncatingIfNeeded: b >> 32) ^ x.y ^ k.x, UInt32(truncatingIfNeeded: b),
      UInt32(truncatingIfNeeded: a >> 32) ^ x.w ^ k.y, UInt32(truncatingIfNeeded: a))
    k = k &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
  }
  return x
}
