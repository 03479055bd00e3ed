import GraphIR
import TensorCore

/// Values for all inputs of a model, with a word for them.
struct Trial {
  let name: String
  let inputs: NamedValues
}

/// Makes inputs at which rewritings go wrong: zeros of both signs, NaN, infinities, limits of the type, extents of 1
/// and others where a dim is open; and ordinary ones, which show how rounding spreads.
struct TrialInputs {
  let inputs: [ValueInfo]
  /// Inputs that are given, for every trial.
  let given: NamedValues

  /// Elements that all inputs of a trial may have.
  private static let mostElements = 1 << 24

  /// What open dims are taken for; the last time each open dim differs from the others.
  private static let extents: [@Sendable (Int) -> Int] = [{ _ in 3 }, { _ in 1 }, { _ in 2 }, { 2 + $0 }]

  /// All trials, but for those whose inputs are too large. What is no tensor of known rank must be given.
  func trials() -> [Trial] {
    var trials: [Trial] = []
    for (index, extent) in Self.extents.enumerated() {
      for kind in TrialNumbers.allCases {
        guard let values = values(kind, extent) else { continue }
        trials.append(Trial(name: "\(kind.rawValue), open dims as in trial \(index + 1)", inputs: values))
      }
      // Without open dims all four are the same.
      if !hasOpenDims { break }
    }
    return trials
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
enum TrialNumbers: String, CaseIterable {
  case ordinary = "numbers from −1 to 1"
  case large = "numbers from −100 to 100"
  case zeros = "zeros of both signs and ones"
  case special = "NaN, infinities and limits"

  func tensor(_ type: ElementType, _ shape: [Int], stream: Int) -> Tensor {
    let count = shape.product
    if type == .string {
      let words = ["", "a", "b", "é", "a b"]
      return Tensor(strings: (0..<count).map { words[($0 + stream) % words.count] }, shape: shape)
    }
    let numbers = (0..<count).map { number(at: $0, stream, isInteger: type.isInteger || type == .bool) }
    if type.arithmetic == .complex {
      return Tensor(type, shape: shape, complex: numbers.map { Complex($0, -$0) })
    }
    if type.isInteger || type == .bool {
      return Tensor(type, shape: shape, wrapping: numbers.map { Int64($0) })
    }
    return Tensor(type, shape: shape, rounding: numbers)
  }

  private static let zerosAndOnes = [0, -0.0, 1, -1]
  private static let specials = [
    .nan, .infinity, -.infinity, -0.0, 0, 1, 0x1p-149, -0x1p-130, 3e38, -1e30, 0.1, -2.5, 0.5,
  ]

  private func number(at index: Int, _ stream: Int, isInteger: Bool) -> Double {
    let place = index + 7 * stream
    switch self {
    case .ordinary: return isInteger ? Double(place % 3) : 2 * Self.hashed(index, stream) - 1
    case .large: return isInteger ? Double(place % 10) : 200 * Self.hashed(index, stream) - 100
    case .zeros: return isInteger ? Double(place % 2) : Self.zerosAndOnes[place % Self.zerosAndOnes.count]
    case .special: return isInteger ? Double(1 - place % 3) : Self.specials[place % Self.specials.count]
    }
  }

  /// From 0 to 1, the same in every run.
  private static func hashed(_ index: Int, _ stream: Int) -> Double {
    let number = UInt64(truncatingIfNeeded: index &* 31 &+ stream &+ 1) &* 0x9e37_79b9_7f4a_7c15
    return Double(SplitMix64.mixed(number) >> 11) * 0x1p-53
  }
}
