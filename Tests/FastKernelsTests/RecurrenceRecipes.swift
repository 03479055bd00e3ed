import GraphIR
import TensorCore
import TestSupport

/// Uses of LSTM, GRU and RNN, and how far Y may be off: each number is tracked through the equations with the error
/// that it has so far, since what a step loses the next ones carry on.
let recurrenceRecipes: [String: @Sendable (inout SplitMix) -> Trial] = [
  "lstm.float": { $0.recurrence("LSTM", gates: 4) },
  "gru.float": { $0.recurrence("GRU", gates: 3) },
  "rnn.float": { $0.recurrence("RNN", gates: 1) },
]

extension SplitMix {
  fileprivate mutating func recurrence(_ opType: String, gates: Int) -> Trial {
    // Now and then a long sum, or more sequences than are walked together; small otherwise, since this is slow.
    let (isDeep, isWide) = (happens(2), happens(4))
    var extents = TrackedRecurrence(
      opType: opType, gates: gates, time: isDeep || isWide ? 1 + below(3) : extent(upTo: 7),
      batch: isWide ? 1 + below(30) : extent(upTo: 3), input: isDeep ? 270 : extent(upTo: 12),
      hidden: isDeep || isWide ? 1 + below(18) : extent(upTo: 36), directions: 1)
    let direction = one(of: ["forward", "reverse", "bidirectional"])
    extents.directions = direction == "bidirectional" ? 2 : 1
    extents.isReversed = direction == "reverse"
    let opset = one(of: [7, 14, 22])
    extents.isBatchMajor = opset >= 14 && happens(40)
    extents.flag = happens(50)
    if happens(20) { extents.clip = one(of: [0.5, 2.5, 0]) }
    var attributes: [String: Attribute] = ["direction": .string(direction)]
    if opset >= 14 { attributes["layout"] = .int(extents.isBatchMajor ? 1 : 0) }
    if happens(80) { attributes["hidden_size"] = .int(extents.hidden + (happens(3) ? 1 : 0)) }
    if extents.clip.isFinite { attributes["clip"] = .float(Float(extents.clip)) }
    if opType == "LSTM" { attributes["input_forget"] = .int(extents.flag ? 1 : 0) }
    if opType == "GRU" { attributes["linear_before_reset"] = .int(extents.flag ? 1 : 0) }
    if opType == "RNN" && extents.flag {
      attributes["activations"] = .strings([String](repeating: "Relu", count: extents.directions))
    }
    let inputs = recurrentInputs(extents)
    return Trial(
      opType: opType, opset: opset, attributes: attributes, inputs: inputs,
      allowance: .absolute(extents.bounds(inputs)))
  }

  private mutating func recurrentInputs(_ extents: TrackedRecurrence) -> [Tensor?] {
    let (T, N, I, H, D) = (extents.time, extents.batch, extents.input, extents.hidden, extents.directions)
    let rows = extents.gates * H
    let state = extents.isBatchMajor ? [N, D, H] : [D, N, H]
    // Now and then a length that is too large, which both must refuse.
    let most = T + (happens(5) ? 2 : 1)
    let lengths = (0..<N).map { _ in Int64(below(most)) }
    var inputs: [Tensor?] = [
      tensor(extents.isBatchMajor ? [N, T, I] : [T, N, I]), weights([D, rows, I]), weights([D, rows, H]),
      happens(70) ? weights([D, 2 * rows]) : nil,
      happens(40) ? Tensor(.int32, shape: [N], wrapping: lengths) : nil,
      happens(50) ? tensor(happens(4) ? state + [1] : state) : nil,
    ]
    if extents.opType == "LSTM" {
      inputs.append(happens(50) ? tensor(state) : nil)
      inputs.append(happens(40) ? weights([D, 3 * H]) : nil)
    }
    return inputs
  }

  /// Small enough that states do not just saturate.
  private mutating func weights(_ shape: [Int]) -> Tensor {
    let scale = one(of: [0.05, 0.3, 1.5])
    let count = shape.reduce(1, *)
    return Tensor(
      .float, shape: shape, rounding: (0..<count).map { _ in Double(below(2001) - 1000) / 1000 * scale })
  }
}

/// The equations of the three operators with errors.
private struct TrackedRecurrence {
  let opType: String
  let gates, time, batch, input, hidden: Int
  var directions: Int
  var isReversed = false
  var isBatchMajor = false
  /// Coupled gates, a linear layer before the reset, or Relu, by the operator.
  var flag = false
  var clip = Double.infinity

  /// How far each element of Y may be off; nothing where the definition refuses.
  func bounds(_ inputs: [Tensor?]) -> [Double] {
    var bounds = [Double](repeating: 0, count: time * directions * batch * hidden)
    let numbers = inputs.map { $0?.doubles() }
    let lengths = inputs[4]?.ints() ?? [Int](repeating: time, count: batch)
    guard lengths.allSatisfy({ $0 <= time }) else { return bounds }
    for d in 0..<directions {
      for b in 0..<batch {
        let start = (isBatchMajor ? b * directions + d : d * batch + b) * hidden
        func state(_ position: Int) -> [Tracked] {
          guard position < numbers.count, let given = numbers[position] else {
            return [Tracked](repeating: .zero, count: hidden)
          }
          return given[start..<(start + hidden)].map { Tracked($0) }
        }
        var (h, c) = (state(5), state(6))
        for s in 0..<lengths[b] {
          let t = isReversed || d == 1 ? lengths[b] - 1 - s : s
          step(numbers, d, isBatchMajor ? b * time + t : t * batch + b, &h, &c)
          let row = isBatchMajor ? (b * time + t) * directions + d : (t * directions + d) * batch + b
          for j in 0..<hidden { bounds[row * hidden + j] = h[j].error + unit * h[j].value.magnitude }
        }
      }
    }
    return bounds
  }

  private func step(_ numbers: [[Double]?], _ d: Int, _ row: Int, _ h: inout [Tracked], _ c: inout [Tracked])
  {
    let one = Tracked(1)
    let x = (numbers[0] ?? [])[(row * input)..<((row + 1) * input)].map { Tracked($0) }
    func terms(_ position: Int, _ row: Int, _ factors: [Tracked]) -> [(Tracked, Tracked)] {
      let start = (d * gates * hidden + row) * factors.count
      return factors.enumerated().map { (Tracked(numbers[position]?[start + $0.offset] ?? 0), $0.element) }
    }
    func bias(_ side: Int, _ row: Int) -> [(Tracked, Tracked)] {
      [(Tracked(numbers[3]?[(2 * d + side) * gates * hidden + row] ?? 0), one)]
    }
    func fromInput(_ row: Int) -> [(Tracked, Tracked)] { terms(1, row, x) + bias(0, row) }
    func fromHidden(_ row: Int, _ h: [Tracked]) -> [(Tracked, Tracked)] { terms(2, row, h) + bias(1, row) }
    // A term goes through its own product and blocks of it, then biases, the other product and a peephole.
    func sum(_ terms: [(Tracked, Tracked)]) -> Tracked {
      .sum(terms, roundings: max(input, hidden) + 6).limited(clip)
    }
    let (before, cells) = (h, c)
    func gate(_ index: Int, _ j: Int, _ more: [(Tracked, Tracked)] = []) -> Tracked {
      sum(fromInput(index * hidden + j) + fromHidden(index * hidden + j, before) + more)
    }
    func peephole(_ index: Int, _ j: Int, _ c: Tracked) -> [(Tracked, Tracked)] {
      guard numbers.count > 7, let P = numbers[7] else { return [] }
      return [(Tracked(P[(3 * d + index) * hidden + j]), c)]
    }
    switch opType {
    case "LSTM":
      for j in 0..<hidden {
        let i = gate(0, j, peephole(0, j, cells[j])).logistic
        let f = flag ? one - i : gate(2, j, peephole(2, j, cells[j])).logistic
        c[j] = f * cells[j] + i * gate(3, j).hyperbolicTangent
        h[j] = gate(1, j, peephole(1, j, c[j])).logistic * c[j].limited(clip).hyperbolicTangent
      }
    case "GRU":
      let r = (0..<hidden).map { gate(1, $0).logistic }
      let reset = zip(r, before).map { $0 * $1 }
      for j in 0..<hidden {
        let z = gate(0, j).logistic
        let (input, row) = (fromInput(2 * hidden + j), 2 * hidden + j)
        let new =
          flag
          ? sum(input + [(r[j], .sum(fromHidden(row, before), roundings: hidden + 3))])
          : sum(input + fromHidden(row, reset))
        h[j] = (one - z) * new.hyperbolicTangent + z * before[j]
      }
    default:
      for j in 0..<hidden {
        h[j] = flag ? gate(0, j).mapped(slope: 1) { max($0, 0) } : gate(0, j).hyperbolicTangent
      }
    }
  }
}
