import GraphIR
import TensorCore
import Testing

/// Nearest cells where places are whole numbers or halves. Expected values: exact rational arithmetic.
@Suite struct ResizeNearestTests {
  private static let transformations = [
    "half_pixel", "pytorch_half_pixel", "half_pixel_symmetric", "align_corners", "asymmetric",
  ]
  private static let roundings = ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"]

  /// The place of cell `o` as a fraction, whose denominator is positive.
  private func place(_ o: Int, from n: Int, to m: Int, _ transformation: String) -> (Int, over: Int) {
    switch transformation {
    case "align_corners": m == 1 ? (0, 1) : (o * (n - 1), m - 1)
    case "asymmetric": (o * n, m)
    case "pytorch_half_pixel" where m == 1: (0, 1)
    default: ((2 * o + 1) * n - m, 2 * m)
    }
  }

  private func floor(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }

  private func rounded(_ place: (Int, over: Int), _ rounding: String) -> Int {
    let (a, b) = (place.0, place.over)
    return switch rounding {
    case "floor": floor(a, b)
    case "ceil": -floor(-a, b)
    case "round_prefer_ceil": floor(2 * a + b, 2 * b)
    default: -floor(b - 2 * a, 2 * b)
    }
  }

  @Test(arguments: transformations)
  func placesAreRatiosOfWholeNumbers(_ transformation: String) throws {
    for rounding in Self.roundings {
      let attributes: [String: Attribute] = [
        "coordinate_transformation_mode": .string(transformation), "nearest_mode": .string(rounding),
      ]
      for n in 2...32 {
        let x = Tensor(int64: Array(0..<n))
        for m in 1...32 {
          let inputs = [x, nil, nil, Tensor(int64: [m])].map { $0.map(Value.tensor) }
          let (outputs, _) = try evaluate("Resize", opset: 19, attributes, inputs)
          let want = (0..<m).map { o in
            min(max(rounded(place(o, from: n, to: m, transformation), rounding), 0), n - 1)
          }
          guard case .tensor(let y)? = outputs.first else { return }
          #expect(y.ints() == want, "\(n) to \(m), \(rounding)")
        }
      }
    }
  }

  @Test(arguments: [
    ([6, 27], [13, 100], "not_larger", [13, 59]), ([27, 6], [1, 13], "not_smaller", [59, 13]),
    ([0, 10], [0, 50], "not_larger", [0, 50]),
  ])
  func extentsAreRoundedHalvesUp(_ extents: [Int], _ sizes: [Int], _ policy: String, _ wanted: [Int]) throws {
    let x = Tensor(int64: Array(0..<(extents[0] * extents[1]))).reshaped(extents)
    let inputs = [x, nil, nil, Tensor(int64: sizes)].map { $0.map(Value.tensor) }
    let (outputs, facts) = try evaluate(
      "Resize", opset: 18, ["keep_aspect_ratio_policy": .string(policy)], inputs)
    #expect(outputs.first?.type == .tensor(.int64, wanted.map(Dim.value)))
    #expect(facts.first?.dims == wanted.map(Dim.value))
  }
}
