/// How the elements of an operator's outputs come out of exact ones: what an honest implementation may do to
/// them, whatever order it computes in.
public enum Rounding: Sendable {
  /// They are moved, selected, counted or compared: every implementation gives the same.
  case none
  /// Each is one operation, rounded once.
  case once
  /// Each is a sum of products, in any order.
  case sumOfProducts
  /// Several steps or a function, of which no more is said.
  case other
}
