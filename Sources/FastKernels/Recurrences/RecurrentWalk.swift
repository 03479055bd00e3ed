import Execution
import TensorCore

/// How a walk is cut, and the scratch that it takes.
struct WalkPlan {
  let extents: RecurrentExtents
  /// Sequences that are walked together.
  let rows: Int
  /// Steps whose inputs are multiplied at once.
  let steps: Int
  /// In how many parts, of some units each, a step is computed.
  let parts: Int

  /// Rows of a product that need no more company.
  private static let rowsOfProduct = 120

  init(_ extents: RecurrentExtents, rows: Int, longest: Int, parts: Int) {
    (self.extents, self.rows, self.parts) = (extents, rows, parts)
    steps = max(1, min(longest, Self.rowsOfProduct / rows))
  }

  var gateColumns: Int { extents.gates * extents.units }
  var stateCount: Int { rows * extents.units }
  /// What one part's products take.
  var productCount: Int {
    max(
      RecurrentLoops.productCount(extents.input),
      RecurrentLoops.productCount(extents.hidden))
  }
  /// Inputs, their products, those of the states; H twice, C and r ⊙ H; biases and peepholes.
  var floats: Int {
    steps * rows * (extents.input + gateColumns) + rows * gateColumns + 4 * stateCount + 2 * gateColumns
      + 3 * extents.units + parts * productCount
  }

  /// The units of a part.
  func units(_ part: Int) -> Range<Int> {
    let panels = extents.units / PackedMatrix.panelColumns
    let (first, last) = (part * panels / parts, (part + 1) * panels / parts)
    return (first * PackedMatrix.panelColumns)..<(last * PackedMatrix.panelColumns)
  }
}

/// The elements of a run's inputs and outputs.
struct RecurrentPointers {
  let X: UnsafePointer<Float>
  let B, initialH, initialC, P: UnsafePointer<Float>?
  let Y, lastH, lastC: UnsafeMutablePointer<Float>
}

/// One direction of some sequences, step by step.
struct RecurrentWalk {
  private let direction: Int
  private let isReversed: Bool
  private let first: Int
  private let lengths: ArraySlice<Int>
  private let plan: WalkPlan
  private let pointers: RecurrentPointers
  private let context: KernelContext
  private let gathered, fromInput: UnsafeMutablePointer<Float>
  private let states: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)
  private let step: RecurrentStep

  private var extents: RecurrentExtents { plan.extents }

  init(
    _ run: RecurrentRun, direction: Int, sequences: Range<Int>, _ plan: WalkPlan,
    _ pointers: RecurrentPointers,
    panels: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>, _ context: KernelContext
  ) {
    (self.direction, self.plan, self.pointers, self.context) = (direction, plan, pointers, context)
    isReversed = direction == 1 || run.inputs.isReversed
    first = sequences.lowerBound
    lengths = run.inputs.lengths[sequences]
    var next = scratch
    func take(_ floats: Int) -> UnsafeMutablePointer<Float> {
      defer { next += floats }
      return next
    }
    let extents = plan.extents
    gathered = take(plan.steps * plan.rows * extents.input)
    fromInput = take(plan.steps * plan.rows * plan.gateColumns)
    states = (take(plan.stateCount), take(plan.stateCount))
    step = RecurrentStep(
      run.cells[direction], clip: run.clip, plan, fromHidden: take(plan.rows * plan.gateColumns),
      cell: take(plan.stateCount), reset: take(plan.stateCount), bias: take(2 * plan.gateColumns),
      peepholes: take(3 * extents.units), products: next, panels: panels)
  }

  func run() {
    begin()
    let longest = lengths.max() ?? 0
    var (state, next) = states
    for start in stride(from: 0, to: longest, by: plan.steps) {
      let steps = min(plan.steps, longest - start)
      gatherInputs(start, steps)
      spread { step.multiplyInputs(gathered, rows: steps * lengths.count, part: $0, into: fromInput) }
      for s in 0..<steps {
        guard context.goesOn() else { return }
        let inputs = fromInput + s * lengths.count * plan.gateColumns
        take(start + s, inputs, state, next)
        swap(&state, &next)
      }
    }
    end(state)
  }

  /// Calls `body` with each part.
  private func spread(_ body: (Int) -> Void) {
    if plan.parts > 1 { context.forEachChunk(plan.parts, body) } else { body(0) }
  }

  /// The step `s` of every sequence that has as many.
  private func take(
    _ s: Int, _ inputs: UnsafePointer<Float>, _ state: UnsafeMutablePointer<Float>,
    _ next: UnsafeMutablePointer<Float>
  ) {
    spread { part in
      step.multiplyState(state, rows: lengths.count, part: part)
      forEachRow(longerThan: s) { step.beginUnits(row: $0, part: part, inputs, from: state, to: next) }
    }
    if step.hasSecondProduct {
      spread { part in
        step.multiplyReset(rows: lengths.count, part: part, into: next)
        forEachRow(longerThan: s) { step.finishUnits(row: $0, part: part, inputs, from: state, to: next) }
      }
    }
    for row in 0..<lengths.count {
      let from = row * extents.units
      if hasEnded(row, s) {
        (next + from).update(from: state + from, count: extents.units)
      } else {
        (pointers.Y + extents.rowY(time(row, s), direction, first + row))
          .update(from: next + from, count: extents.hidden)
      }
    }
  }

  private func forEachRow(longerThan s: Int, _ body: (Int) -> Void) {
    for row in 0..<lengths.count where !hasEnded(row, s) { body(row) }
  }

  private func hasEnded(_ row: Int, _ s: Int) -> Bool { s >= lengths[first + row] }

  /// The time at which a sequence takes its step `s`.
  private func time(_ row: Int, _ s: Int) -> Int { isReversed ? lengths[first + row] - 1 - s : s }

  /// X of `steps` steps, in the order in which they are taken; zeros where a sequence has ended.
  private func gatherInputs(_ start: Int, _ steps: Int) {
    var target = gathered
    for s in start..<(start + steps) {
      for row in 0..<lengths.count {
        if hasEnded(row, s) {
          target.update(repeating: 0, count: extents.input)
        } else {
          target.update(
            from: pointers.X + extents.rowX(time(row, s), first + row), count: extents.input)
        }
        target += extents.input
      }
    }
  }

  /// States, biases and peepholes, with zeros for what is omitted or no unit.
  private func begin() {
    step.begin(B: pointers.B, P: pointers.P, direction: direction)
    for row in 0..<lengths.count {
      let start = extents.rowState(direction, first + row)
      for (state, given) in [(states.0, pointers.initialH), (step.cell, pointers.initialC)] {
        let target = state + row * extents.units
        target.update(repeating: 0, count: extents.units)
        if let given { target.update(from: given + start, count: extents.hidden) }
      }
    }
  }

  /// The last states, and Y past the ends.
  private func end(_ state: UnsafeMutablePointer<Float>) {
    for row in 0..<lengths.count {
      let (start, from) = (extents.rowState(direction, first + row), row * extents.units)
      (pointers.lastH + start).update(from: state + from, count: extents.hidden)
      (pointers.lastC + start).update(from: step.cell + from, count: extents.hidden)
      for t in lengths[first + row]..<extents.time {
        (pointers.Y + extents.rowY(t, direction, first + row)).update(repeating: 0, count: extents.hidden)
      }
    }
  }
}
