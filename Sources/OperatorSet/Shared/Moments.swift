import GraphIR
import TensorCore

/// Mean and population variance (divided by the count, not by one less) of some numbers.
///
/// Two passes, each a compensated sum, so that neither a large mean nor the order costs digits.
struct Moments {
  let mean: Double
  let variance: Double

  init(mean: Double, variance: Double) {
    self.mean = mean
    self.variance = variance
  }

  /// The moments of the elements of `x` at `positions`; NaN where there are none.
  init(_ x: [Double], at positions: some Collection<Int>) throws {
    let count = Double(positions.count)
    var sum = CompensatedSum()
    try positions.forEach(spending: 1) { sum.add(x[$0]) }
    let mean = sum.value / count
    var squares = CompensatedSum()
    try positions.forEach(spending: 1) { squares.add(x[$0] - mean, x[$0] - mean) }
    self.mean = mean
    variance = squares.value / count
  }

  /// 1 / √(variance + ε).
  func inverseDeviation(_ epsilon: Double) -> Double { 1 / sqrt(variance + epsilon) }

  /// (x − mean) / √(variance + ε), as one quotient.
  func normalize(_ x: Double, _ epsilon: Double) -> Double { (x - mean) / sqrt(variance + epsilon) }
}

/// (x − mean) / √(var + ε) for each of `groups` runs of channels of [N, C, D1, …], mean and variance over the
/// run within one instance; then `affine` of that and the channel.
func normalizedGroups(
  _ X: Tensor, groups: Int, _ epsilon: Double, affine: (_ x: Double, _ channel: Int) -> Double
) throws -> [Double] {
  let channels = X.shape[1]
  let inner = X.shape.dropFirst(2).product
  let length = channels / max(groups, 1) * inner
  let x = X.doubles()
  var y = x
  for run in 0..<(X.shape[0] * groups) {
    let cells = (run * length)..<((run + 1) * length)
    let moments = try Moments(x, at: cells)
    try cells.forEach(spending: 1) { i in
      y[i] = affine(moments.normalize(x[i], epsilon), i / inner % channels)
    }
  }
  return y
}

extension Inputs<Value> {
  /// The numbers of an input that must have shape [channels].
  func channelVector(_ index: Int, channels: Int) throws -> [Double] {
    let vector = try tensor(index)
    guard vector.shape == [channels] else {
      throw OperatorError(
        .invalidShape, "\(name(index)) has shape \(vector.shape), but must have shape [\(channels)]")
    }
    return vector.doubles()
  }
}

extension NodeAttributes {
  /// An INT that must be the number of float, float16, double or bfloat16: a precision to compute in.
  func floatingType(_ name: String) throws -> ElementType {
    let type = try elementType(name)
    guard TypeSet.floats.elementTypes.contains(type) else {
      throw OperatorError(.invalidAttribute, "\(name) is \(type), but must be one of \(TypeSet.floats)")
    }
    return type
  }
}

/// `given` repeated to the shape of X, to which alone it may be stretched.
func unidirectional(_ given: Tensor, to shape: [Int], name: String) throws -> Tensor {
  guard given.rank <= shape.count, try broadcastShape([given.shape, shape]) == shape else {
    throw OperatorError(.invalidShape, "\(name) of shape \(given.shape) cannot be stretched to \(shape)")
  }
  return given.broadcast(to: shape)
}

/// Checks the same of dims, as far as they are known.
func checkUnidirectional(_ given: [Dim]?, to dims: [Dim]?, name: String) throws {
  guard let given, let dims else { return }
  let fits =
    given.count <= dims.count
    && zip(given.reversed(), dims.reversed()).allSatisfy {
      $0 == 1 || $0.number == nil || $1.number == nil || $0 == $1
    }
  guard fits else {
    throw OperatorError(.invalidShape, "\(name) of shape \(given) cannot be stretched to \(dims)")
  }
}
