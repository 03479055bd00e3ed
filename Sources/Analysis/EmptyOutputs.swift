import GraphIR
import OperatorSet
import TensorCore

extension Fact {
  /// The extents of a tensor, where every one is known.
  var extents: [Int]? {
    guard let dims else { return nil }
    let extents = dims.compactMap(\.number)
    return extents.count == dims.count ? extents : nil
  }
}
