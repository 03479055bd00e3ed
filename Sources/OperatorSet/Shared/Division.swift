import GraphIR
import TensorCore

/// An operator of two broadcast inputs whose formula for integers is not the one for floating numbers.
package protocol Division: BroadcastOperator {
  /// f(a, b) for floating numbers.
  func value(_ a: Double, _ b: Double) -> Double
  /// f(a, b) for integers; it wraps, and throws where there is no result.
  func value<I: FixedWidthInteger>(_ a: I, _ b: I) throws -> I
}

extension Division {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (a, b) = (try inputs.required(0), try inputs.required(1))
    guard let type = a.elementType ?? b.elementType else { return [.unknown] }
    var fact = Fact.tensor(type, try binaryDims(a, b, legacyBroadcast))
    fact.elements = propagatedElements(a, b, propagate)
    return [fact]
  }

  /// f on extents and indices, for data propagation; nil where the result is not known.
  private func propagate(_ a: Dim, _ b: Dim) -> Dim? {
    guard let x = a.number, let y = b.number else { return nil }
    return (try? value(Int64(x), Int64(y))).map { .value(Int($0)) }
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    [.tensor(try dividedElements(inputs))]
  }

  /// f of both inputs, after broadcasting.
  package func dividedElements(_ inputs: Inputs<Value>) throws -> Tensor {
    let (a, b) = try broadcastOperands(inputs, legacyBroadcast)
    let (type, shape) = (a.elementType, a.shape)
    switch type.arithmetic {
    case .floating:
      return Tensor(
        type, shape: shape, rounding: try zip(a.doubles(), b.doubles()).map(spending: 1) { value($0, $1) })
    case .unsigned:
      let y = try zip(UInt64.elements(of: a), UInt64.elements(of: b)).map(spending: 1) { try value($0, $1) }
      return Tensor(type, shape: shape, wide: y)
    default:
      let y = try zip(a.integers(), b.integers()).map(spending: 1) { try value($0, $1) }
      return Tensor(type, shape: shape, wrapping: y)
    }
  }

  /// What to throw for the integer `a` where the divisor is 0.
  package func divisionByZero(_ a: some FixedWidthInteger) -> OperatorError {
    OperatorError(.invalidValue, "B holds 0 where A holds \(a), and integers cannot be divided by 0")
  }
}
