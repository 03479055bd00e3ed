import GraphIR
import TensorCore

/// RNN, GRU and LSTM: back through time, one step after the other.
protocol DifferentiableRecurrence: RecurrentOperator, Differentiable {
  /// Adds to `sums` what the weights, x and the state before owe to one step, given dL/d of the state after.
  func addGradients(
    _ x: ArraySlice<Double>, _ state: RecurrentState, _ functions: [RecurrentActivation],
    _ dNext: RecurrentState, to sums: inout RecurrentSums)
}

/// The gradients of one direction's weights over all steps, and of the input and the state before one step.
struct RecurrentSums {
  let weights: RecurrentWeights
  private(set) var W: [Double]
  private(set) var R: [Double]
  private(set) var Wb: [Double]
  private(set) var Rb: [Double]
  var P: [Double]
  private(set) var x: [Double]
  var state: RecurrentState

  init(_ weights: RecurrentWeights) {
    func zeros(_ list: [Double]) -> [Double] { [Double](repeating: 0, count: list.count) }
    self.weights = weights
    (W, R, Wb, Rb, P) = (
      zeros(weights.W), zeros(weights.R), zeros(weights.Wb), zeros(weights.Rb), zeros(weights.P)
    )
    x = [Double](repeating: 0, count: weights.input)
    state = RecurrentState(h: [], c: [])
  }

  /// Forgets the gradients of the step before.
  mutating func beginStep(hasCellState: Bool) {
    x = [Double](repeating: 0, count: weights.input)
    let zeros = [Double](repeating: 0, count: weights.hidden)
    state = RecurrentState(h: zeros, c: hasCellState ? zeros : [])
  }

  /// Takes the gradient of x·Wᵀ + Wb of unit `j` of a gate.
  mutating func addInput(_ gate: Int, _ j: Int, _ gradient: Double, _ x: ArraySlice<Double>) {
    let row = gate * weights.hidden + j
    Wb[row] += gradient
    for (k, value) in x.enumerated() {
      W[row * weights.input + k] += gradient * value
      self.x[k] += gradient * weights.W[row * weights.input + k]
    }
  }

  /// Takes the gradient of h·Rᵀ + Rb of unit `j` of a gate, and returns that of h.
  mutating func addHidden(_ gate: Int, _ j: Int, _ gradient: Double, _ h: [Double]) -> [Double] {
    let row = gate * weights.hidden + j
    Rb[row] += gradient
    return h.indices.map { k in
      R[row * weights.hidden + k] += gradient * h[k]
      return gradient * weights.R[row * weights.hidden + k]
    }
  }

  /// Takes the gradient of a gate that sees x and the state before.
  mutating func addGate(
    _ gate: Int, _ j: Int, _ gradient: Double, _ x: ArraySlice<Double>, _ before: RecurrentState
  ) {
    addInput(gate, j, gradient, x)
    for (k, dh) in addHidden(gate, j, gradient, before.h).enumerated() { state.h[k] += dh }
  }
}

extension DifferentiableRecurrence {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let run = try RecurrentRun(layer, node.inputs, hasCellState: Self.hasCellState)
    let dY = node.gradient(0).map { run.isBatchMajor ? $0.transposed([1, 2, 0, 3]) : $0 }?.doubles()
    var dLast = state(node.gradient(1), run)
    var dLastCell = state(node.gradient(2), run)
    var dX = [Double](repeating: 0, count: run.time * run.batch * run.input)
    var sums: [RecurrentSums] = []
    var work = Work()
    for d in 0..<run.directions {
      let weights = run.weights(d)
      var sum = RecurrentSums(weights)
      for b in 0..<run.batch {
        let at = ((d * run.batch + b) * run.hidden)..<((d * run.batch + b + 1) * run.hidden)
        let steps = (0..<run.lengths[b]).map { s in
          d == 1 || layer.direction == .reverse ? run.lengths[b] - 1 - s : s
        }
        var states = [
          RecurrentState(h: Array(run.initialH[at]), c: Self.hasCellState ? Array(run.initialC[at]) : [])
        ]
        for t in steps {
          try work.spend(weights.products)
          states.append(step(run.x(t, b), states[states.count - 1], weights, layer.activations[d]))
        }
        sum.state = RecurrentState(
          h: Array(dLast[at]), c: Self.hasCellState ? Array(dLastCell[at]) : [])
        for (t, before) in zip(steps, states).reversed() {
          try work.spend(3 * weights.products)
          var dNext = sum.state
          for (j, i) in run.rowY(t, d, b).enumerated() { dNext.h[j] += dY?[i] ?? 0 }
          sum.beginStep(hasCellState: Self.hasCellState)
          addGradients(run.x(t, b), before, layer.activations[d], dNext, to: &sum)
          for (k, dx) in sum.x.enumerated() { dX[(t * run.batch + b) * run.input + k] += dx }
        }
        dLast.replaceSubrange(at, with: sum.state.h)
        if Self.hasCellState { dLastCell.replaceSubrange(at, with: sum.state.c) }
      }
      sums.append(sum)
    }
    return try gradients(node.inputs, run, dX, sums, dLast, dLastCell)
  }

  /// The gradient of a last state as [directions, batch, hidden]; zeros where L does not depend on it.
  private func state(_ gradient: Tensor?, _ run: RecurrentRun) -> [Double] {
    gradient.map { run.isBatchMajor ? $0.transposed([1, 0, 2]) : $0 }?.doubles()
      ?? [Double](repeating: 0, count: run.directions * run.batch * run.hidden)
  }

  /// The gradients in the order and the layout of the inputs: X, W, R, B, sequence_lens, initial_h,
  /// initial_c, P.
  private func gradients(
    _ inputs: Inputs<Value>, _ run: RecurrentRun, _ dX: [Double], _ sums: [RecurrentSums],
    _ dInitialH: [Double], _ dInitialC: [Double]
  ) throws -> [Tensor?] {
    func transposed(_ values: [Double], _ shape: [Int]) -> Tensor {
      let tensor = Tensor.gradient(values, shape)
      return run.isBatchMajor ? tensor.transposed([1, 0, 2]) : tensor
    }
    func weights(_ index: Int, _ values: (RecurrentSums) -> [Double]) throws -> Tensor? {
      try inputs.optionalTensor(index).map { .gradient(sums.flatMap(values), $0.shape) }
    }
    let stateShape = [run.directions, run.batch, run.hidden]
    return [
      transposed(dX, [run.time, run.batch, run.input]), try weights(1, \.W), try weights(2, \.R),
      try weights(3) { $0.Wb + $0.Rb }, nil, inputs[5].map { _ in transposed(dInitialH, stateShape) },
      inputs[6].map { _ in transposed(dInitialC, stateShape) }, try weights(7, \.P),
    ]
  }
}

extension RecurrentActivation {
  /// f′ of the input before clipping; 0 where it was clipped.
  func derivative(_ x: Double) -> Double {
    guard x.magnitude <= bound else { return 0 }
    switch kind {
    case .relu: return x > 0 ? 1 : 0
    case .tanh: return 1 / (cosh(x) * cosh(x))
    case .sigmoid: return logistic(x) * logistic(-x)
    case .affine: return alpha
    case .leakyRelu: return x > 0 ? 1 : alpha
    case .thresholdedRelu: return x > alpha ? 1 : 0
    case .scaledTanh: return alpha * beta / (cosh(beta * x) * cosh(beta * x))
    case .hardSigmoid: return alpha * x + beta > 0 && alpha * x + beta < 1 ? alpha : 0
    case .elu: return x > 0 ? 1 : alpha * exp(x)
    case .softsign: return 1 / ((1 + x.magnitude) * (1 + x.magnitude))
    case .softplus: return logistic(x)
    }
  }
}

extension RNN: DifferentiableRecurrence {
  /// H′ = f(a) with a the only gate.
  func addGradients(
    _ x: ArraySlice<Double>, _ state: RecurrentState, _ functions: [RecurrentActivation],
    _ dNext: RecurrentState, to sums: inout RecurrentSums
  ) {
    for j in state.h.indices {
      let a = sums.weights.fromInput(0, j, x) + sums.weights.fromHidden(0, j, state.h)
      sums.addGate(0, j, dNext.h[j] * functions[0].derivative(a), x, state)
    }
  }
}

extension GRU: DifferentiableRecurrence {
  /// H′ = (1 − z) · n + z · H with z = f(a₀), r = f(a₁) and n = g(a₂), where a₂ sees H by way of r.
  func addGradients(
    _ x: ArraySlice<Double>, _ state: RecurrentState, _ functions: [RecurrentActivation],
    _ dNext: RecurrentState, to sums: inout RecurrentSums
  ) {
    let (f, g, H, weights) = (functions[0], functions[1], state.h, sums.weights)
    func gate(_ index: Int, _ j: Int) -> Double {
      weights.fromInput(index, j, x) + weights.fromHidden(index, j, H)
    }
    let r = H.indices.map { f(gate(1, $0)) }
    let resetH = zip(r, H).map { $0 * $1 }
    var (dReset, dResetH) = (H.map { _ in 0.0 }, H.map { _ in 0.0 })
    for j in H.indices {
      let z = f(gate(0, j))
      let hidden = weights.fromHidden(2, j, isLinearBeforeReset ? H : resetH)
      let a = weights.fromInput(2, j, x) + (isLinearBeforeReset ? r[j] * hidden : hidden)
      let da = dNext.h[j] * (1 - z) * g.derivative(a)
      sums.addInput(2, j, da, x)
      if isLinearBeforeReset {
        dReset[j] = da * hidden
        for (k, dh) in sums.addHidden(2, j, da * r[j], H).enumerated() { sums.state.h[k] += dh }
      } else {
        for (k, dh) in sums.addHidden(2, j, da, resetH).enumerated() { dResetH[k] += dh }
      }
      sums.addGate(0, j, dNext.h[j] * (H[j] - g(a)) * f.derivative(gate(0, j)), x, state)
      sums.state.h[j] += dNext.h[j] * z
    }
    for j in H.indices {
      dReset[j] += dResetH[j] * H[j]
      sums.state.h[j] += dResetH[j] * r[j]
      sums.addGate(1, j, dReset[j] * f.derivative(gate(1, j)), x, state)
    }
  }
}

extension LSTM: DifferentiableRecurrence {
  /// C′ = forget · C + input · g(a₃) and H′ = output · h(C′); the gates also see C, or for the output C′,
  /// through their peepholes.
  func addGradients(
    _ x: ArraySlice<Double>, _ state: RecurrentState, _ functions: [RecurrentActivation],
    _ dNext: RecurrentState, to sums: inout RecurrentSums
  ) {
    let (f, g, h, weights) = (functions[0], functions[1], functions[2], sums.weights)
    for j in 0..<weights.hidden {
      func gate(_ index: Int) -> Double {
        weights.fromInput(index, j, x) + weights.fromHidden(index, j, state.h)
      }
      func peephole(_ index: Int) -> Int { index * weights.hidden + j }
      let c = state.c[j]
      let aInput = gate(0) + weights.P[peephole(0)] * c
      let aForget = gate(2) + weights.P[peephole(2)] * c
      let aCell = gate(3)
      let input = f(aInput)
      let forget = couplesInputAndForget ? 1 - input : f(aForget)
      let C = forget * c + input * g(aCell)
      let aOutput = gate(1) + weights.P[peephole(1)] * C
      let dOutput = dNext.h[j] * h(C) * f.derivative(aOutput)
      let dC = dNext.c[j] + dNext.h[j] * f(aOutput) * h.derivative(C) + dOutput * weights.P[peephole(1)]
      let dForget = couplesInputAndForget ? 0 : dC * c * f.derivative(aForget)
      let dInput = dC * (g(aCell) - (couplesInputAndForget ? c : 0)) * f.derivative(aInput)
      sums.addGate(0, j, dInput, x, state)
      sums.addGate(1, j, dOutput, x, state)
      sums.addGate(2, j, dForget, x, state)
      sums.addGate(3, j, dC * input * g.derivative(aCell), x, state)
      sums.P[peephole(0)] += dInput * c
      sums.P[peephole(1)] += dOutput * C
      sums.P[peephole(2)] += dForget * c
      sums.state.c[j] +=
        dC * forget + dInput * weights.P[peephole(0)] + dForget * weights.P[peephole(2)]
    }
  }
}
