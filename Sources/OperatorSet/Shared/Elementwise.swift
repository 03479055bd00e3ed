import GraphIR
import TensorCore

/// An operator that maps each element of a floating tensor by itself: Y[i] = f(X[i]), computed in `Double`.
package protocol FloatFunction: Operator {
  /// f(x).
  func value(_ x: Double) -> Double
}

extension FloatFunction {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [Fact(try inputs.required(0).type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let x = try inputs.tensor(0)
    return [.tensor(Tensor(x.elementType, shape: x.shape, rounding: try x.doubles().map(spending: 1, value)))]
  }
}

/// An operator that maps each element by itself in whatever number system it lives: Y[i] = f(X[i]).
package protocol NumberFunction: Operator {
  /// f(x); integers wrap.
  func value<W: WideNumber>(_ x: W) -> W
}

extension NumberFunction {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [Fact(try inputs.required(0).type)]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let x = try inputs.tensor(0)
    return [.tensor(try x.elementType.inWideNumbers(MapElements(function: self, x: x)))]
  }
}

private struct MapElements<Function: NumberFunction>: WideBody {
  let function: Function
  let x: Tensor
  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    Tensor(x.elementType, shape: x.shape, wide: try W.elements(of: x).map(spending: 1) { function.value($0) })
  }
}

/// An operator of two inputs that broadcast.
package protocol BroadcastOperator: Operator {
  /// How versions before 7 broadcast; nil from 7 on.
  var legacyBroadcast: LegacyBroadcast? { get }
}

/// An operator of two broadcast inputs: C[i] = f(A[i], B[i]), of the inputs' type.
package protocol BinaryFunction: BroadcastOperator {
  /// f(a, b); integers wrap.
  func value<W: WideNumber>(_ a: W, _ b: W) throws -> W
  /// f on extents and indices, for data propagation; nil where the result is not known.
  func propagate(_ a: Dim, _ b: Dim) -> Dim?
}

extension BinaryFunction {
  package func propagate(_ a: Dim, _ b: Dim) -> Dim? { nil }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (a, b) = (try inputs.required(0), try inputs.required(1))
    guard let type = a.elementType ?? b.elementType else { return [.unknown] }
    var fact = Fact.tensor(type, try binaryDims(a, b, legacyBroadcast))
    fact.elements = propagatedElements(a, b, propagate)
    return [fact]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (a, b) = try broadcastOperands(inputs, legacyBroadcast)
    return [.tensor(try a.elementType.inWideNumbers(ZipElements(function: self, a: a, b: b)))]
  }
}

private struct ZipElements<Function: BinaryFunction>: WideBody {
  let function: Function
  let a: Tensor
  let b: Tensor
  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    let (x, y) = (W.elements(of: a), W.elements(of: b))
    let result = try x.indices.map(spending: 1) { try function.value(x[$0], y[$0]) }
    return Tensor(a.elementType, shape: a.shape, wide: result)
  }
}

/// An operator that compares two broadcast inputs: C[i] = p(A[i], B[i]), of type bool.
package protocol Comparison: BroadcastOperator {
  /// p(a, b).
  func holds<W: WideNumber>(_ a: W, _ b: W) -> Bool
}

extension Comparison {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    [.tensor(.bool, try binaryDims(try inputs.required(0), try inputs.required(1), legacyBroadcast))]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (a, b) = try broadcastOperands(inputs, legacyBroadcast)
    return [.tensor(try comparedNumbers(a, b))]
  }

  /// p of two tensors of numbers that have one shape.
  package func comparedNumbers(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    try a.elementType.inWideNumbers(CompareElements(comparison: self, a: a, b: b))
  }
}

private struct CompareElements<C: Comparison>: WideBody {
  let comparison: C
  let a: Tensor
  let b: Tensor
  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    let (x, y) = (W.elements(of: a), W.elements(of: b))
    return Tensor(bools: try x.indices.map(spending: 1) { comparison.holds(x[$0], y[$0]) }, shape: a.shape)
  }
}

/// The elements of a binary operator's output, where those of both inputs are extents or indices.
func propagatedElements(_ a: Fact, _ b: Fact, _ f: (Dim, Dim) -> Dim?) -> [Dim]? {
  // In more dimensions, the element that meets another would follow from both shapes.
  guard let type = a.elementType, TypeSet.indices.contains(.tensor(type, nil)), a.rank ?? 2 <= 1,
    b.rank ?? 2 <= 1, let x = a.elements, let y = b.elements,
    x.count == y.count || x.count == 1 || y.count == 1
  else { return nil }
  let limits = type.limits(Int64.self)
  return (0..<(x.count == 1 ? y.count : x.count)).map { i in
    let z = f(x[x.count == 1 ? 0 : i], y[y.count == 1 ? 0 : i]) ?? .unknown
    // Beyond the type's limits the element wraps.
    guard let number = z.number.map(Int64.init) else { return z }
    return number >= limits.lowest && number <= limits.highest ? z : .unknown
  }
}

/// The dims of a binary operator's output.
package func binaryDims(_ a: Fact, _ b: Fact, _ legacy: LegacyBroadcast?) throws -> [Dim]? {
  guard let legacy else { return try broadcastDims([a.dims, b.dims]) }
  if let a = a.dims, let b = b.dims { _ = try legacy.firstAxis(of: b, in: a) }
  return a.dims
}

/// Both inputs of a binary operator, repeated to the common shape.
package func broadcastOperands(_ inputs: Inputs<Value>, _ legacy: LegacyBroadcast?) throws -> (Tensor, Tensor)
{
  let a = try inputs.tensor(0)
  var b = try inputs.tensor(1)
  if let legacy { b = b.reshaped(try legacy.alignedShape(of: b.shape, against: a.shape)) }
  let shape = try broadcastShape([a.shape, b.shape])
  return (a.broadcast(to: shape), b.broadcast(to: shape))
}
