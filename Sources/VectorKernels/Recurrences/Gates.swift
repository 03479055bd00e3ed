// One step of a recurrence for the units from `first` up to `last` of one sequence, both multiples of 16, once the
// products are there. What belongs to gates lies in the order of the panels, [unit / 16][gate][16]; `bias` holds
// those of the input, and `biasStride` behind them those of the hidden state.

/// Calls `body` for every eight units: with the unit, and with the position of its first gate of `gates`.
@inline(__always)
private func forEachLane(_ first: Int, _ last: Int, gates: Int, _ body: (_ unit: Int, _ gate: Int) -> Void) {
  var unit = first
  while unit < last {
    let gate = unit &* gates
    body(unit, gate)
    body(unit &+ laneWidth, gate &+ laneWidth)
    unit &+= tileColumns
  }
}

/// H and C of an LSTM, whose gates are input, output, forget and cell; `peepholes` has those of a gate `peepholeStride`
/// after the last one's, in the order input, output, forget.
public func stepLSTM(
  units first: Int, _ last: Int, _ fromInput: Floats, _ fromHidden: Floats, bias: Floats, biasStride: Int,
  peepholes: Floats, peepholeStride: Int, clip: Float, couplesInputAndForget: Bool, cell: MutableFloats,
  hidden: MutableFloats
) {
  forEachLane(first, last, gates: 4) { unit, gate in
    let c = load(cell + unit)
    @inline(__always)
    func sum(_ index: Int) -> Lane {
      let at = gate &+ index &* tileColumns
      return (load(fromInput + at) + load(bias + at))
        + (load(fromHidden + at) + load(bias + (biasStride &+ at)))
    }
    @inline(__always)
    func sum(_ index: Int, peepingAt c: Lane) -> Lane {
      fma(load(peepholes + (index &* peepholeStride &+ unit)), c, sum(index)).limited(-clip, clip)
    }
    let input = logisticFunction(sum(0, peepingAt: c))
    let forget = couplesInputAndForget ? 1 - input : logisticFunction(sum(2, peepingAt: c))
    let next = fma(forget, c, input * hyperbolicTangent(sum(3).limited(-clip, clip)))
    let output = logisticFunction(sum(1, peepingAt: next))
    next.store(cell + unit)
    (output * hyperbolicTangent(next.limited(-clip, clip))).store(hidden + unit)
  }
}

/// H of a GRU whose reset gate comes after the product, all gates of which are in `fromHidden`: update, reset, hidden.
public func stepGRU(
  units first: Int, _ last: Int, _ fromInput: Floats, _ fromHidden: Floats, bias: Floats, biasStride: Int,
  clip: Float, from previous: Floats, to hidden: MutableFloats
) {
  forEachLane(first, last, gates: 3) { unit, gate in
    @inline(__always)
    func input(_ index: Int) -> Lane {
      let at = gate &+ index &* tileColumns
      return load(fromInput + at) + load(bias + at)
    }
    @inline(__always)
    func state(_ index: Int) -> Lane {
      let at = gate &+ index &* tileColumns
      return load(fromHidden + at) + load(bias + (biasStride &+ at))
    }
    let update = logisticFunction((input(0) + state(0)).limited(-clip, clip))
    let reset = logisticFunction((input(1) + state(1)).limited(-clip, clip))
    let new = hyperbolicTangent(fma(reset, state(2), input(2)).limited(-clip, clip))
    fma(update, load(previous + unit), (1 - update) * new).store(hidden + unit)
  }
}

/// r ⊙ H of a GRU whose reset gate comes before the product; `fromHidden` has the gates update and reset alone.
public func resetGRU(
  units first: Int, _ last: Int, _ fromInput: Floats, _ fromHidden: Floats, bias: Floats, biasStride: Int,
  clip: Float, from previous: Floats, to reset: MutableFloats
) {
  forEachLane(first, last, gates: 1) { unit, _ in
    let run = unit / tileColumns
    let (at, own) = (unit &+ (2 &* run &+ 1) &* tileColumns, unit &+ (run &+ 1) &* tileColumns)
    let sum =
      (load(fromInput + at) + load(bias + at)) + (load(fromHidden + own) + load(bias + (biasStride &+ at)))
    (logisticFunction(sum.limited(-clip, clip)) * load(previous + unit)).store(reset + unit)
  }
}

/// H of such a GRU; `fromReset` is the product of r ⊙ H with the weights of the hidden gate.
public func finishGRU(
  units first: Int, _ last: Int, _ fromInput: Floats, _ fromHidden: Floats, _ fromReset: Floats, bias: Floats,
  biasStride: Int, clip: Float, from previous: Floats, to hidden: MutableFloats
) {
  forEachLane(first, last, gates: 1) { unit, _ in
    let run = unit / tileColumns
    let (at, own) = (unit &+ 2 &* run &* tileColumns, unit &+ run &* tileColumns)
    let (new, behind) = (at &+ 2 &* tileColumns, biasStride &+ at)
    let sum = (load(fromInput + at) + load(bias + at)) + (load(fromHidden + own) + load(bias + behind))
    let update = logisticFunction(sum.limited(-clip, clip))
    let candidate =
      (load(fromInput + new) + load(bias + new))
      + (load(fromReset + unit) + load(bias + (biasStride &+ new)))
    let h = hyperbolicTangent(candidate.limited(-clip, clip))
    fma(update, load(previous + unit), (1 - update) * h).store(hidden + unit)
  }
}

/// H of a plain recurrence: tanh of the sum, or its part above 0.
public func stepRNN(
  units first: Int, _ last: Int, _ fromInput: Floats, _ fromHidden: Floats, bias: Floats, biasStride: Int,
  clip: Float, rectifies: Bool, to hidden: MutableFloats
) {
  forEachLane(first, last, gates: 1) { unit, _ in
    let sum =
      (load(fromInput + unit) + load(bias + unit))
      + (load(fromHidden + unit) + load(bias + (biasStride &+ unit)))
    let limited = sum.limited(-clip, clip)
    (rectifies ? limited.replacing(with: 0, where: limited .<= 0) : hyperbolicTangent(limited))
      .store(hidden + unit)
  }
}
