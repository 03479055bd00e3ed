import GraphIR
import TensorCore

/// One of the functions that RNN, GRU and LSTM apply to their gates.
package struct RecurrentActivation: Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case relu = "Relu"
    case tanh = "Tanh"
    case sigmoid = "Sigmoid"
    case affine = "Affine"
    case leakyRelu = "LeakyRelu"
    case thresholdedRelu = "ThresholdedRelu"
    case scaledTanh = "ScaledTanh"
    case hardSigmoid = "HardSigmoid"
    case elu = "Elu"
    case softsign = "Softsign"
    case softplus = "Softplus"

    /// The α of the operator of this name; nil where the function has none.
    var defaultAlpha: Double? {
      switch self {
      case .affine, .thresholdedRelu, .scaledTanh, .elu: 1
      case .leakyRelu: Double(Float(0.01))
      case .hardSigmoid: Double(Float(0.2))
      case .relu, .tanh, .sigmoid, .softsign, .softplus: nil
      }
    }

    /// The β of the operator of this name; nil where the function has none.
    var defaultBeta: Double? {
      switch self {
      case .affine: 0
      case .scaledTanh: 1
      case .hardSigmoid: 0.5
      default: nil
      }
    }
  }

  package let kind: Kind
  let alpha: Double
  let beta: Double
  /// The bound that inputs are clipped to, as `clip` says; infinity where there is none.
  package let bound: Double

  /// f(x), x clipped before.
  func callAsFunction(_ input: Double) -> Double {
    let x = input.isNaN ? input : min(max(input, -bound), bound)
    switch kind {
    case .relu: return x > 0 || x.isNaN ? x : 0
    case .tanh: return tanh(x)
    case .sigmoid: return 1 / (1 + exp(-x))
    case .affine: return alpha * x + beta
    case .leakyRelu: return x >= 0 || x.isNaN ? x : alpha * x
    case .thresholdedRelu: return x >= alpha || x.isNaN ? x : 0
    case .scaledTanh: return alpha * tanh(beta * x)
    case .hardSigmoid: return x.isNaN ? x : min(max(alpha * x + beta, 0), 1)
    case .elu: return x >= 0 || x.isNaN ? x : alpha * expm1(x)
    case .softsign: return x.magnitude == .infinity ? (x > 0 ? 1 : -1) : x / (1 + x.magnitude)
    case .softplus: return max(x, 0) + log1p(exp(-x.magnitude))
    }
  }
}

/// What RNN, GRU and LSTM have in common: attributes, the walk over time in one or two directions, the
/// layouts.
package struct RecurrentLayer: Sendable {
  package enum Direction: String, CaseIterable, Sendable { case forward, reverse, bidirectional }

  /// How many gates stand above each other in W and R.
  package let gates: Int
  /// The functions of each direction, in the order f, g, h.
  package let activations: [[RecurrentActivation]]
  package let direction: Direction
  /// Whether X is [batch, time, …] (`layout` 1), not [time, batch, …].
  package let isBatchMajor: Bool
  package let hiddenSize: Int?
  /// Whether a sequence of length 0 ends with 0, not with its initial state: the other reading (TSN-0030).
  package var forgetsOfNothing = false

  package var directions: Int { activations.count }

  /// - Parameter defaults: the functions f, g, h where the node names none.
  init(_ node: NodeAttributes, gates: Int, defaults: [RecurrentActivation.Kind]) throws {
    self.gates = gates
    // GRU-1 misspells its own default as "foward".
    let isMisspelt = gates == 3 && node.since < 3 && node.optionalString("direction") == "foward"
    direction = isMisspelt ? .forward : try node.choice("direction")
    isBatchMajor = node.optionalInt("layout") == 1
    hiddenSize = node.optionalInt("hidden_size")
    let count = direction == .bidirectional ? 2 : 1
    activations = try Self.activations(node, defaults: defaults, directions: count)
  }

  private static func activations(
    _ node: NodeAttributes, defaults: [RecurrentActivation.Kind], directions: Int
  ) throws -> [[RecurrentActivation]] {
    let count = defaults.count * directions
    var names = node.optionalStrings("activations") ?? []
    if names.isEmpty { names = (0..<count).map { defaults[$0 % defaults.count].rawValue } }
    // RNN's default lists two functions, of which one direction uses the first.
    guard names.count == count || (defaults.count == 1 && names.count > count) else {
      throw OperatorError(
        .invalidAttribute, "activations names \(names.count) functions, but must name \(count)")
    }
    let bound = node.optionalFloat("clip").map(Double.init) ?? .infinity
    guard bound >= 0 else {
      throw OperatorError(.invalidAttribute, "clip is \(bound), but must not be negative")
    }
    // Functions without α or β take none from the lists (TSN-0030).
    var alphas = (node.optionalFloats("activation_alpha") ?? []).map(Double.init)[...]
    var betas = (node.optionalFloats("activation_beta") ?? []).map(Double.init)[...]
    let all = try names.prefix(count).map { name in
      // Exporters write the names in small letters too (TSN-0030).
      let kind = RecurrentActivation.Kind.allCases.first { $0.rawValue.lowercased() == name.lowercased() }
      guard let kind else {
        throw OperatorError(.invalidAttribute, "activations names '\(name)', which is no such function")
      }
      let alpha = kind.defaultAlpha.map { alphas.popFirst() ?? $0 }
      let beta = kind.defaultBeta.map { betas.popFirst() ?? $0 }
      return RecurrentActivation(kind: kind, alpha: alpha ?? 0, beta: beta ?? 0, bound: bound)
    }
    return (0..<directions).map { d in Array(all[(d * defaults.count)..<((d + 1) * defaults.count)]) }
  }
}

/// What one sequence of a batch carries from step to step.
struct RecurrentState {
  /// H, the hidden state.
  var h: [Double]
  /// C, the cell state of an LSTM; empty otherwise.
  var c: [Double]

  /// The same sizes, all 0.
  var zeroed: RecurrentState { RecurrentState(h: h.map { _ in 0 }, c: c.map { _ in 0 }) }
}

/// The weights of one direction.
struct RecurrentWeights {
  let hidden: Int
  let input: Int
  let gates: Int
  /// [gates · hidden, input] and [gates · hidden, hidden].
  let W: [Double]
  let R: [Double]
  /// [gates · hidden] each.
  let Wb: [Double]
  let Rb: [Double]
  /// [3 · hidden], the peepholes of an LSTM; zeros otherwise.
  let P: [Double]

  /// The products that one step takes.
  var products: Int { W.count + R.count }

  /// x·Wᵀ + Wb of unit `j` of a gate.
  func fromInput(_ gate: Int, _ j: Int, _ x: ArraySlice<Double>) -> Double {
    let row = gate * hidden + j
    var sum = CompensatedSum(Wb[row])
    for (k, value) in x.enumerated() { sum.add(value, W[row * input + k]) }
    return sum.value
  }

  /// h·Rᵀ + Rb of unit `j` of a gate.
  func fromHidden(_ gate: Int, _ j: Int, _ h: [Double]) -> Double {
    let row = gate * hidden + j
    var sum = CompensatedSum(Rb[row])
    for k in 0..<hidden { sum.add(h[k], R[row * hidden + k]) }
    return sum.value
  }
}

/// RNN, GRU and LSTM: inputs X, W, R, B, sequence_lens, initial_h, and for an LSTM initial_c and P; outputs
/// Y, Y_h and for an LSTM Y_c.
protocol RecurrentOperator: HasOtherReadings {
  var layer: RecurrentLayer { get set }
  static var hasCellState: Bool { get }
  /// The state after one more step, by the operator's equations.
  func step(
    _ x: ArraySlice<Double>, _ state: RecurrentState, _ weights: RecurrentWeights,
    _ functions: [RecurrentActivation]
  ) -> RecurrentState
}

extension RecurrentOperator {
  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let (X, W, R) = (try inputs.required(0), try inputs.required(1), try inputs.required(2))
    guard let type = X.elementType else {
      return Self.hasCellState ? [.unknown, .unknown, .unknown] : [.unknown, .unknown]
    }
    for (name, fact) in [("X", X), ("W", W), ("R", R)] {
      if let rank = fact.rank, rank != 3 {
        throw OperatorError(.invalidShape, "\(name) has rank \(rank), but must have rank 3")
      }
    }
    let x = X.dims ?? [.unknown, .unknown, .unknown]
    let (time, batch) = layer.isBatchMajor ? (x[1], x[0]) : (x[0], x[1])
    let hidden = layer.hiddenDim ?? R.dim(2)
    let directions = Dim.value(layer.directions)
    let Y = Fact.tensor(
      type, layer.isBatchMajor ? [batch, time, directions, hidden] : [time, directions, batch, hidden])
    let last = Fact.tensor(
      type, layer.isBatchMajor ? [batch, directions, hidden] : [directions, batch, hidden])
    return [Y, last] + (Self.hasCellState ? [last] : [])
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let run = try RecurrentRun(layer, inputs, hasCellState: Self.hasCellState)
    var Y = [Double](repeating: 0, count: try elementCount(run.shapeY))
    var (last, lastCell) = (run.initialH, run.initialC)
    var work = Work()
    for d in 0..<run.directions {
      let weights = run.weights(d)
      let isReversed = d == 1 || layer.direction == .reverse
      for b in 0..<run.batch {
        let at = (d * run.batch + b) * run.hidden
        var state = RecurrentState(
          h: Array(last[at..<(at + run.hidden)]),
          c: Self.hasCellState ? Array(lastCell[at..<(at + run.hidden)]) : [])
        for s in 0..<run.lengths[b] {
          try work.spend(weights.products)
          let t = isReversed ? run.lengths[b] - 1 - s : s
          state = step(run.x(t, b), state, weights, layer.activations[d])
          Y.replaceSubrange(run.rowY(t, d, b), with: state.h)
        }
        if run.lengths[b] == 0 && layer.forgetsOfNothing { state = state.zeroed }
        last.replaceSubrange(at..<(at + run.hidden), with: state.h)
        if Self.hasCellState { lastCell.replaceSubrange(at..<(at + run.hidden), with: state.c) }
      }
    }
    return [run.tensorY(Y), run.tensorState(last)] + (Self.hasCellState ? [run.tensorState(lastCell)] : [])
  }
}

extension RecurrentOperator {
  package var otherReadings: [(note: String, definition: Self)] {
    var other = self
    other.layer.forgetsOfNothing = true
    return [("TSN-0030", other)]
  }
}

extension RecurrentLayer {
  /// `hidden_size`, where it is given.
  var hiddenDim: Dim? { hiddenSize.map(Dim.value) }
}

/// The inputs of one evaluation, checked against each other and brought into the layout [time, batch, …].
struct RecurrentRun {
  let type: ElementType
  let isBatchMajor: Bool
  let time: Int
  let batch: Int
  let input: Int
  let hidden: Int
  let directions: Int
  /// How many steps each sequence of the batch has.
  let lengths: [Int]
  /// [directions, batch, hidden].
  let initialH: [Double]
  let initialC: [Double]
  private let gates: Int
  private let X: [Double]
  private let W: [Double]
  private let R: [Double]
  private let B: [Double]?
  private let P: [Double]?

  init(_ layer: RecurrentLayer, _ inputs: Inputs<Value>, hasCellState: Bool) throws {
    let given = try inputs.tensor(0)
    guard given.rank == 3 else {
      throw OperatorError(.invalidShape, "X has rank \(given.rank), but must have rank 3")
    }
    isBatchMajor = layer.isBatchMajor
    let X = isBatchMajor ? given.transposed([1, 0, 2]) : given
    type = X.elementType
    gates = layer.gates
    directions = layer.directions
    (time, batch, input) = (X.shape[0], X.shape[1], X.shape[2])
    let R = try inputs.tensor(2)
    let hidden = R.shape.last ?? 0
    self.hidden = hidden
    if let wanted = layer.hiddenDim, wanted != .value(hidden) {
      throw OperatorError(.invalidShape, "hidden_size is \(wanted), but R has shape \(R.shape)")
    }
    self.X = X.doubles()
    W = try inputs.checked(1, shape: [directions, gates * hidden, input])?.doubles() ?? []
    self.R = try inputs.checked(2, shape: [directions, gates * hidden, hidden])?.doubles() ?? []
    B = try inputs.checked(3, shape: [directions, 2 * gates * hidden])?.doubles()
    P = hasCellState ? try inputs.checked(7, shape: [directions, 3 * hidden])?.doubles() : nil
    lengths = try Self.lengths(inputs, batch: batch, time: time)
    initialH = try Self.state(inputs, 5, layer, batch: batch, hidden: hidden)
    initialC = hasCellState ? try Self.state(inputs, 6, layer, batch: batch, hidden: hidden) : []
  }

  private static func lengths(_ inputs: Inputs<Value>, batch: Int, time: Int) throws -> [Int] {
    guard let lengths = try inputs.checked(4, shape: [batch])?.ints() else {
      return [Int](repeating: time, count: batch)
    }
    if let bad = lengths.first(where: { $0 < 0 || $0 > time }) {
      throw OperatorError(.invalidValue, "sequence_lens holds \(bad), but X has \(time) steps")
    }
    return lengths
  }

  /// An initial state as [directions, batch, hidden]; zeros where it is omitted.
  private static func state(
    _ inputs: Inputs<Value>, _ index: Int, _ layer: RecurrentLayer, batch: Int, hidden: Int
  )
    throws -> [Double]
  {
    let shape = layer.isBatchMajor ? [batch, layer.directions, hidden] : [layer.directions, batch, hidden]
    guard let state = try inputs.checked(index, shape: shape) else {
      return [Double](repeating: 0, count: try elementCount(shape))
    }
    return (layer.isBatchMajor ? state.transposed([1, 0, 2]) : state).doubles()
  }

  func weights(_ d: Int) -> RecurrentWeights {
    let rows = gates * hidden
    let zeros = [Double](repeating: 0, count: max(rows, 3 * hidden))
    return RecurrentWeights(
      hidden: hidden, input: input, gates: gates,
      W: Array(W[(d * rows * input)..<((d + 1) * rows * input)]),
      R: Array(R[(d * rows * hidden)..<((d + 1) * rows * hidden)]),
      Wb: B.map { Array($0[(2 * d * rows)..<((2 * d + 1) * rows)]) } ?? zeros,
      Rb: B.map { Array($0[((2 * d + 1) * rows)..<((2 * d + 2) * rows)]) } ?? zeros,
      P: P.map { Array($0[(3 * d * hidden)..<(3 * (d + 1) * hidden)]) } ?? zeros)
  }

  /// The input of step `t` of sequence `b`.
  func x(_ t: Int, _ b: Int) -> ArraySlice<Double> {
    X[((t * batch + b) * input)..<((t * batch + b + 1) * input)]
  }

  var shapeY: [Int] { [time, directions, batch, hidden] }

  /// Where Y[t, d, b, :] lies.
  func rowY(_ t: Int, _ d: Int, _ b: Int) -> Range<Int> {
    let row = (t * directions + d) * batch + b
    return (row * hidden)..<((row + 1) * hidden)
  }

  func tensorY(_ values: [Double]) -> Value {
    let Y = Tensor(type, shape: shapeY, rounding: values)
    return .tensor(isBatchMajor ? Y.transposed([2, 0, 1, 3]) : Y)
  }

  func tensorState(_ values: [Double]) -> Value {
    let state = Tensor(type, shape: [directions, batch, hidden], rounding: values)
    return .tensor(isBatchMajor ? state.transposed([1, 0, 2]) : state)
  }
}

extension Inputs<Value> {
  /// An input that must have `shape`, or nil where it is omitted.
  func checked(_ index: Int, shape: [Int]) throws -> Tensor? {
    guard let tensor = try optionalTensor(index) else { return nil }
    guard tensor.shape == shape else {
      throw OperatorError(
        .invalidShape, "\(name(index)) has shape \(tensor.shape), but must have shape \(shape)")
    }
    return tensor
  }
}
