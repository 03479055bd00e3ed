import GraphIR
import TensorCore

/// Values for all inputs of a model, with a word for them.
struct Trial {
  let name: String
  let inputs: NamedValues
  /// Whether it is one of many of its kind, of which one that shows a difference is enough.
  var isOneOfMany = false
  /// Whether its numbers overflow in almost every sum and product, in one order and not in another. What is
  /// known of rounding holds where nothing overflows, so that of a rewriting which rounds otherwise such a
  /// trial says nothing.
  var overflows = false
}

/// Makes inputs at which rewritings go wrong: zeros of both signs, NaN, infinities, limits of the type,
/// extents of 0, 1 and others where a dim is open; and ordinary ones, which show how rounding spreads.
struct TrialInputs {
  let inputs: [ValueInfo]
  /// Inputs that are given, for every trial.
  let given: NamedValues

  /// Elements that all inputs of a trial may have.
  private static let mostElements = 1 << 24

  /// What open dims are taken for; the last time each open dim differs from the others.
  private static let extents: [@Sendable (Int) -> Int] = [{ _ in 3 }, { _ in 1 }, { _ in 2 }, { 2 + $0 }]

  /// How many floating elements are drawn from the turning points, so that most pairs of them meet in some
  /// element of two inputs, or in some row of one; and in how many trials.
  private static let (drawnElements, drawnTrials) = (2048, 2...128)

  /// All trials, but for those whose inputs are too large. What is no tensor of known rank must be given.
  func trials() -> [Trial] {
    let extents = hasOpenDims ? Self.extents : Array(Self.extents.prefix(1))
    var trials: [Trial] = []
    for (index, extent) in extents.enumerated() {
      for kind in TrialNumbers.withAllExtents {
        guard let values = values(kind, extent) else { continue }
        trials.append(Trial(name: "\(kind), open dims as in trial \(index + 1)", inputs: values))
      }
    }
    if let values = values(.limits, extents[0]) {
      trials.append(Trial(name: "\(TrialNumbers.limits)", inputs: values, overflows: true))
    }
    if hasOpenDims, let values = values(.ordinary, { _ in 0 }) {
      trials.append(Trial(name: "\(TrialNumbers.ordinary), open dims are 0", inputs: values))
    }
    for draw in 0..<numberOfDraws {
      let extent = extents[draw / 2 % extents.count]
      guard let values = values(.drawn(draw), extent) else { continue }
      trials.append(Trial(name: "\(TrialNumbers.drawn(draw))", inputs: values, isOneOfMany: true))
    }
    return trials
  }

  /// The first of the trials.
  func ordinary() -> Trial? {
    values(.ordinary, Self.extents[0]).map { Trial(name: "\(TrialNumbers.ordinary)", inputs: $0) }
  }

  private var numberOfDraws: Int {
    let elements = inputs.reduce(0) { sum, info in
      guard given[info.name] == nil, case .tensor(let type, let dims?)? = info.type, type.isFloating else {
        return sum
      }
      let count = (try? elementCount(dims.map { $0.number ?? 2 })) ?? Self.mostElements
      return sum + min(max(1, count), Self.mostElements)
    }
    guard elements > 0 else { return 0 }
    let wanted = Self.drawnElements / elements
    return min(max(wanted, Self.drawnTrials.lowerBound), Self.drawnTrials.upperBound)
  }

  private var hasOpenDims: Bool {
    inputs.contains { info in
      guard given[info.name] == nil, case .tensor(_, let dims?)? = info.type else { return false }
      return dims.contains { $0.number == nil }
    }
  }

  private func values(_ kind: TrialNumbers, _ extent: (Int) -> Int) -> NamedValues? {
    var (values, names, elements) = (given, [String: Int](), 0)
    for (stream, info) in inputs.enumerated() where given[info.name] == nil {
      guard case .tensor(let type, let dims?)? = info.type else { return nil }
      let shape = dims.map { dim -> Int in
        if let number = dim.number { return number }
        // Dims of one name have one extent.
        let position = names["\(dim)", default: names.count]
        names["\(dim)"] = position
        return extent(position)
      }
      guard let count = try? elementCount(shape), elements + count <= Self.mostElements else { return nil }
      elements += count
      values[info.name] = .tensor(kind.tensor(type, shape, stream: stream))
    }
    return values
  }
}

/// Kinds of numbers that inputs are filled with.
enum TrialNumbers: CustomStringConvertible {
  case ordinary, large, zeros, special, limits
  /// Drawn from the numbers at which operators turn; every other time from the finite ones only.
  case drawn(Int)

  /// Those that are tried with all extents.
  static let withAllExtents: [Self] = [.ordinary, .large, .zeros, .special]

  var description: String {
    switch self {
    case .ordinary: "numbers from −1 to 1"
    case .large: "numbers from −100 to 100"
    case .zeros: "zeros of both signs and ones"
    case .special: "NaN, infinities and subnormal numbers"
    case .limits: "the largest numbers"
    case .drawn(let draw): "numbers at which operators turn, draw \(draw + 1)"
    }
  }

  func tensor(_ type: ElementType, _ shape: [Int], stream: Int) -> Tensor {
    let count = shape.product
    if type == .string {
      let words = ["", "a", "b", "é", "a b"]
      return Tensor(strings: (0..<count).map { words[($0 + stream) % words.count] }, shape: shape)
    }
    if type.isInteger || type == .bool {
      return Tensor(type, shape: shape, wrapping: (0..<count).map { Int64(integer(at: $0, stream)) })
    }
    let points = TurningPoints(type == .complex64 ? .float : type == .complex128 ? .double : type)
    let numbers = (0..<count).map { number(at: $0, stream, points) }
    if type.arithmetic == .complex {
      return Tensor(type, shape: shape, complex: numbers.map { Complex($0, -$0) })
    }
    return Tensor(type, shape: shape, rounding: numbers)
  }

  private static let zerosAndOnes = [0, -0.0, 1, -1]

  private func integer(at index: Int, _ stream: Int) -> Int {
    let place = index + 7 * stream
    switch self {
    case .ordinary, .limits, .drawn: return place % 3
    case .large: return place % 10
    case .zeros: return place % 2
    case .special: return 1 - place % 3
    }
  }

  private func number(at index: Int, _ stream: Int, _ points: TurningPoints) -> Double {
    let place = index + 7 * stream
    switch self {
    case .ordinary: return 2 * Self.hashed(index, stream) - 1
    case .large: return 200 * Self.hashed(index, stream) - 100
    case .zeros: return Self.zerosAndOnes[place % Self.zerosAndOnes.count]
    case .special: return points.inTurn[place % points.inTurn.count]
    case .limits: return points.limits[place % points.limits.count]
    case .drawn(let draw):
      let numbers = draw.isMultiple(of: 2) ? points.finite : points.finite + points.others
      return numbers[Int(Self.hashed(index, stream + 128 * (draw + 1)) * Double(numbers.count))]
    }
  }

  /// From 0 to 1, the same in every run.
  private static func hashed(_ index: Int, _ stream: Int) -> Double {
    let number = UInt64(truncatingIfNeeded: index &* 31 &+ stream &+ 1) &* 0x9e37_79b9_7f4a_7c15
    return Double(SplitMix64.mixed(number) >> 11) * 0x1p-53
  }
}
