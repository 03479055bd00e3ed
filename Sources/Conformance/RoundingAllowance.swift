import Oracle
import TensorCore

/// The values that rounding leaves open where a case's own value is rounded more than once.
///
/// The text says nothing of the precision of inner steps (TSN-0036), and some cases were computed with more roundings
/// than their tolerance allows. A value is then within the set if, at every element outside the tolerance, it lies no
/// farther from the exact result than the case's own, and the case's own is off by no more than two units in the last
/// place of the largest element, which is what inner roundings amount to. A value that is further off than the
/// case's stays wrong, and so does any that the definition contradicts by more.
struct RoundingAllowance {
  /// What the definitions give: computed wide, rounded once.
  let exact: Tensor
  let caseValue: Tensor
  let tolerance: Tolerance

  private static let largestElementUlps = 2.0

  /// The types that sums are computed in. The smaller ones have so few numbers that two units are half of them.
  private static let types: [ElementType] = [.float16, .bfloat16, .float, .double]

  func holds(_ got: Tensor) -> Bool {
    guard Self.types.contains(exact.elementType), got.elementType == exact.elementType,
      caseValue.elementType == exact.elementType, got.shape == exact.shape, caseValue.shape == exact.shape
    else { return false }
    let (exact, wanted) = (exact.doubles(), caseValue.doubles())
    let largest = exact.reduce(0) { max($0, abs($1)) }
    let allowed = Self.largestElementUlps * 2 * got.elementType.unitRoundoff * largest
    guard allowed.isFinite else { return false }
    return zip(got.doubles(), zip(exact, wanted)).allSatisfy { got, other in
      let (exact, wanted) = other
      if abs(got - wanted) <= tolerance.atol + tolerance.rtol * abs(wanted) { return true }
      let error = abs(wanted - exact)
      return error <= allowed && abs(got - exact) <= error
    }
  }
}
