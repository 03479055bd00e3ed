import TensorCore

/// What a test should admit besides the definition's own output, because the text leaves it open: a note of
/// SPEC_NOTES.md says so.
package struct OpenValue: Sendable {
  package enum Kind: Sendable {
    /// The whole output as another reading of the text gives it.
    case reading(Value)
    /// At each of these places any of some elements of `source`.
    case choices(source: Tensor, at: [Int: [Int]])
    /// Any element at these places.
    case undefined(Set<Int>)
    /// The same elements along an axis in any order.
    case anyOrder(axis: Int)
  }

  package let note: String
  package let kind: Kind

  /// Whether `got` is admitted in place of `want`: both must be what the text allows.
  ///
  /// - Parameters:
  ///   - definition: what the definition gives.
  ///   - agrees: whether a value is another one within the test's tolerance.
  package func admits(
    _ got: Value, inPlaceOf want: Value, definition: Value, agrees: (Value, Value) -> Bool
  ) -> Bool {
    if case .reading(let value) = kind {
      return agrees(got, value) && agrees(want, definition) || agrees(got, definition) && agrees(want, value)
    }
    guard case .tensor(let got) = got, case .tensor(let want) = want, got.shape == want.shape,
      got.elementType == want.elementType
    else { return false }
    if case .anyOrder(let axis) = kind {
      return agrees(.tensor(got.sorted(along: axis)), .tensor(want.sorted(along: axis)))
    }
    let open = openPlaces(got).intersection(openPlaces(want))
    guard !open.isEmpty else { return false }
    // What is open is as wanted; the rest must agree.
    let sources = (0..<got.count).map { open.contains($0) ? got.count + $0 : $0 }
    let closed = Tensor.selecting(sources, from: [got, want], as: got.elementType, shape: got.shape)
    return agrees(.tensor(closed), .tensor(want))
  }

  /// The places at which what `got` holds is admitted, whatever is wanted there.
  private func openPlaces(_ got: Tensor) -> Set<Int> {
    switch kind {
    case .reading, .anyOrder: return []
    case .undefined(let places): return places
    case .choices(let source, let choices):
      let (elements, allowed) = (ElementKey.keys(of: got), ElementKey.keys(of: source))
      return Set(
        choices.keys.filter { place in choices[place, default: []].contains { allowed[$0] == elements[place] }
        })
    }
  }
}

extension Tensor {
  /// The numbers of each line along `axis` in ascending order, NaN last.
  fileprivate func sorted(along axis: Int) -> Tensor {
    let numbers = doubles()
    var sources = Array(numbers.indices)
    for line in AxisView(shape, axis: axis).lines {
      let positions = Array(line)
      let ascending = positions.sorted { a, b in
        numbers[a] < numbers[b] || (!numbers[a].isNaN && numbers[b].isNaN)
      }
      for (position, source) in zip(positions, ascending) { sources[position] = source }
    }
    return selecting(sources, shape: shape)
  }
}

/// An operator of which the text leaves some outputs open.
package protocol LeavesValuesOpen: Operator {
  /// What a test should admit of output `index`; nothing where the text is clear for these inputs.
  func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
}

/// An operator whose text can be read otherwise as a whole.
package protocol HasOtherReadings: LeavesValuesOpen {
  /// The definitions by the other readings, each with the note that names it.
  var otherReadings: [(note: String, definition: Self)] { get }
}

extension HasOtherReadings {
  package func openValues(of index: Int, _ inputs: Inputs<Value>, _ context: any EvaluationContext) throws
    -> [OpenValue]
  {
    try otherReadings.compactMap { note, definition in
      let outputs = try definition.evaluate(inputs, context)
      return index < outputs.count ? OpenValue(note: note, kind: .reading(outputs[index])) : nil
    }
  }
}
