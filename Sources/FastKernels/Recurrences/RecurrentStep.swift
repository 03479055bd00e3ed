import Avx2Kernels
import Execution
import VectorKernels

/// The loops of a step.
enum RecurrentLoops {
  static let product = variant(
    VectorKernels.multiplyPacked(m:n:k:_:rowStride:_:columns:_:into:stride:scratch:),
    avx2: Avx2Kernels.multiplyPacked(m:n:k:_:rowStride:_:columns:_:into:stride:scratch:))
  static let productCount = variant(
    VectorKernels.partScratchCount(k:), avx2: Avx2Kernels.partScratchCount(k:))
  static let packVector = variant(
    VectorKernels.packGateVector(_:gates:hidden:into:), avx2: Avx2Kernels.packGateVector(_:gates:hidden:into:)
  )
  static let lstm = variant(VectorKernels.stepLSTM, avx2: Avx2Kernels.stepLSTM)
  static let gru = variant(VectorKernels.stepGRU, avx2: Avx2Kernels.stepGRU)
  static let resetGRU = variant(VectorKernels.resetGRU, avx2: Avx2Kernels.resetGRU)
  static let finishGRU = variant(VectorKernels.finishGRU, avx2: Avx2Kernels.finishGRU)
  static let rnn = variant(VectorKernels.stepRNN, avx2: Avx2Kernels.stepRNN)
}

/// What one step of a direction does for a part of its units.
struct RecurrentStep {
  private let kind: RecurrentCell
  private let clip: Float
  private let plan: WalkPlan
  private let fromHidden: UnsafeMutablePointer<Float>
  /// C of each sequence.
  let cell: UnsafeMutablePointer<Float>
  /// r ⊙ H of each sequence.
  private let reset: UnsafeMutablePointer<Float>
  private let bias: UnsafeMutablePointer<Float>
  private let peepholes: UnsafeMutablePointer<Float>
  /// Scratch of each part's products.
  private let products: UnsafeMutablePointer<Float>
  private let panels: UnsafePointer<Float>

  init(
    _ kind: RecurrentCell, clip: Float, _ plan: WalkPlan, fromHidden: UnsafeMutablePointer<Float>,
    cell: UnsafeMutablePointer<Float>, reset: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>,
    peepholes: UnsafeMutablePointer<Float>, products: UnsafeMutablePointer<Float>,
    panels: UnsafePointer<Float>
  ) {
    (self.kind, self.clip, self.plan, self.fromHidden) = (kind, clip, plan, fromHidden)
    (self.cell, self.reset, self.bias, self.peepholes) = (cell, reset, bias, peepholes)
    (self.products, self.panels) = (products, panels)
  }

  private var extents: RecurrentExtents { plan.extents }
  var hasSecondProduct: Bool { kind.gatesFromHidden < kind.gates }

  /// The biases and peepholes of a direction, and zeros for sequences that end before they begin.
  func begin(B: UnsafePointer<Float>?, P: UnsafePointer<Float>?, direction: Int) {
    reset.update(repeating: 0, count: plan.stateCount)
    bias.update(repeating: 0, count: 2 * plan.gateColumns)
    peepholes.update(repeating: 0, count: 3 * extents.units)
    let (gates, hidden) = (extents.gates, extents.hidden)
    for side in 0..<2 {
      guard let B else { break }
      RecurrentLoops.packVector(
        B + (2 * direction + side) * gates * hidden, gates, hidden, bias + side * plan.gateColumns)
    }
    for gate in 0..<3 {
      guard let P else { break }
      (peepholes + gate * extents.units).update(from: P + (3 * direction + gate) * hidden, count: hidden)
    }
  }

  /// X·Wᵀ of the part's units.
  func multiplyInputs(
    _ inputs: UnsafePointer<Float>, rows: Int, part: Int, into fromInput: UnsafeMutablePointer<Float>
  ) {
    multiply(inputs, rows, extents.input, extents.input, panels, extents.gates, part, fromInput)
  }

  /// H·Rᵀ of the part's units, of all gates that need nothing else.
  func multiplyState(_ state: UnsafePointer<Float>, rows: Int, part: Int) {
    let weights = panels + plan.gateColumns * extents.input
    multiply(state, rows, extents.units, extents.hidden, weights, kind.gatesFromHidden, part, fromHidden)
  }

  /// (r ⊙ H)·Rᵀ of the part's units.
  func multiplyReset(rows: Int, part: Int, into target: UnsafeMutablePointer<Float>) {
    let before = extents.input * extents.gates + extents.hidden * kind.gatesFromHidden
    multiply(reset, rows, extents.units, extents.hidden, panels + before * extents.units, 1, part, target)
  }

  private func multiply(
    _ a: UnsafePointer<Float>, _ rows: Int, _ stride: Int, _ depth: Int, _ weights: UnsafePointer<Float>,
    _ gates: Int, _ part: Int, _ target: UnsafeMutablePointer<Float>
  ) {
    let units = plan.units(part)
    let columns = gates * extents.units
    RecurrentLoops.product(
      rows, columns, depth, a, stride, weights, gates * units.lowerBound,
      gates * units.upperBound, target, columns, products + part * plan.productCount)
  }

  /// The part's units of one sequence behind the first product: H, or r ⊙ H where that is multiplied too.
  func beginUnits(
    row: Int, part: Int, _ inputs: UnsafePointer<Float>, from state: UnsafePointer<Float>,
    to next: UnsafeMutablePointer<Float>
  ) {
    let (units, at) = (plan.units(part), row * extents.units)
    let (first, last, columns) = (units.lowerBound, units.upperBound, plan.gateColumns)
    let (x, r) = (inputs + row * columns, fromHidden + at * kind.gatesFromHidden)
    switch kind {
    case .lstm(let couples):
      RecurrentLoops.lstm(
        first, last, x, r, bias, columns, peepholes, extents.units, clip, couples, cell + at, next + at)
    case .gru: RecurrentLoops.gru(first, last, x, r, bias, columns, clip, state + at, next + at)
    case .gruResettingFirst:
      RecurrentLoops.resetGRU(first, last, x, r, bias, columns, clip, state + at, reset + at)
    case .rnn(let rectifies):
      RecurrentLoops.rnn(first, last, x, r, bias, columns, clip, rectifies, next + at)
    }
  }

  /// H of the part's units of one sequence behind the second product, which lies where H is to go.
  func finishUnits(
    row: Int, part: Int, _ inputs: UnsafePointer<Float>, from state: UnsafePointer<Float>,
    to next: UnsafeMutablePointer<Float>
  ) {
    let (units, at) = (plan.units(part), row * extents.units)
    RecurrentLoops.finishGRU(
      units.lowerBound, units.upperBound, inputs + row * plan.gateColumns,
      fromHidden + at * kind.gatesFromHidden, next + at, bias, plan.gateColumns, clip, state + at, next + at)
  }
}
