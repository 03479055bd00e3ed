import GraphIR
import TensorCore

extension GradientTables {
  private static func unary(
    _ name: String, _ opset: Int, _ attributes: [String: Attribute] = [:],
    _ range: ClosedRange<Double> = -2...2, avoiding kinks: [Double] = []
  ) -> GradientRow {
    GradientRow(name, opset, attributes, [.random([2, 5], range, avoiding: kinks)])
  }

  static let functions: [GradientRow] = [
    unary("Abs", 13, avoiding: [0]), unary("Neg", 13),
    unary("Reciprocal", 13, avoiding: [-0.2, -0.1, 0, 0.1, 0.2]),
    unary("Sqrt", 13, [:], 0.5...3),
    unary("Floor", 13, avoiding: [-2, -1, 0, 1, 2]), unary("Ceil", 13, avoiding: [-2, -1, 0, 1, 2]),
    unary("Round", 22, avoiding: [-1.5, -0.5, 0.5, 1.5]), unary("Sign", 13, avoiding: [0]),
    unary("Exp", 13), unary("Log", 13, [:], 0.5...3), unary("Erf", 13),
    unary("Sin", 22), unary("Cos", 22), unary("Tan", 22, [:], -1...1), unary("Asin", 22, [:], -0.8...0.8),
    unary("Acos", 22, [:], -0.8...0.8), unary("Atan", 22), unary("Sinh", 22), unary("Cosh", 22),
    unary("Tanh", 13), unary("Asinh", 22), unary("Acosh", 22, [:], 1.5...3),
    unary("Atanh", 22, [:], -0.8...0.8),
    unary("Cast", 21, ["to": .int(11)]),
    GradientRow("CastLike", 21, [.random([2, 3]), .random([1])]),
    GradientRow("EyeLike", 22, ["k": .int(1)], [.random([2, 3])]),
    GradientRow("RandomNormalLike", 22, ["seed": .float(1)], [.random([2, 3])]),
    GradientRow("RandomUniformLike", 22, ["seed": .float(1)], [.random([2, 3])]),
  ]

  static let activations: [GradientRow] = [
    unary("Relu", 14, avoiding: [0]), unary("LeakyRelu", 16, ["alpha": .float(0.25)], avoiding: [0]),
    unary("LeakyRelu", 1, avoiding: [0]),
    unary("ThresholdedRelu", 22, ["alpha": .float(0.5)], avoiding: [0.5]),
    unary("Elu", 22, ["alpha": .float(0.5)], avoiding: [0]), unary("Selu", 22, avoiding: [0]),
    unary("Selu", 22, ["alpha": .float(0.5), "gamma": .float(2)], avoiding: [0]),
    unary("Celu", 12, ["alpha": .float(0.5)], avoiding: [0]),
    unary("Shrink", 9, ["lambd": .float(0.75), "bias": .float(0.25)], avoiding: [-0.75, 0.75]),
    unary("HardSigmoid", 22, ["alpha": .float(0.5), "beta": .float(0.25)], avoiding: [-0.5, 1.5]),
    unary("HardSwish", 22, [:], -5...5, avoiding: [-3, 3]), unary("Sigmoid", 13, [:], -5...5),
    unary("Softplus", 22, [:], -5...5), unary("Softsign", 22, avoiding: [0]), unary("Mish", 22, [:], -5...5),
    unary("Swish", 24, [:], -5...5), unary("Swish", 24, ["alpha": .float(-0.5)]),
    unary("Gelu", 20, [:], -4...4), unary("Gelu", 20, ["approximate": .string("tanh")], -4...4),
    GradientRow("SwiGLU", 28, ["alpha": .float(0.5)], [.random([2, 3]), .random([2, 3])]),
    GradientRow("PRelu", 16, [.random([2, 3, 4], -2...2, avoiding: [0]), .random([3, 1])]),
    GradientRow("PRelu", 16, [.random([2, 3, 4], -2...2, avoiding: [0]), .random([1])]),
    GradientRow("PRelu", 6, [.random([2, 3, 4], -2...2, avoiding: [0]), .random([3])]),
    unary("Clip", 6, ["min": .float(-0.5), "max": .float(1)], avoiding: [-0.5, 1]), unary("Clip", 1),
    GradientRow(
      "Clip", 13,
      [
        .random([3, 4], -2...2, avoiding: [-0.5, -0.48, -0.46, 1, 1.02, 1.04]), .random([], -0.5 ... -0.46),
        .random([], 1...1.04),
      ]),
    GradientRow(
      "Clip", 13, [.random([3, 4], -2...2, avoiding: [1, 1.02, 1.04]), .omitted, .random([], 1...1.04)]),
    GradientRow("Clip", 13, [.random([3, 4], -2...2, avoiding: [1, 1.02, 1.04]), .random([], 1...1.04)]),
    GradientRow("Clip", 13, [.random([3]), .random([], 0.6...1), .random([], 0...0.5)]),
  ]

  static let broadcasts: [GradientRow] =
    ["Add", "Sub", "Mul", "Div", "Mod"].flatMap { name -> [GradientRow] in
      let mode: [String: Attribute] = name == "Mod" ? ["fmod": .int(1)] : [:]
      let divisor = RowInput.random([3, 1], 2.1...4, avoiding: [])
      return [
        GradientRow(name, 14, mode, [.random([2, 1, 4]), divisor]),
        GradientRow(name, 14, mode, [.random([], 0.1...2), .random([2, 3], 2.1...4)]),
        GradientRow(name, 14, mode, [.random([2, 3], 0.1...2), .random([], 2.1...4)]),
      ]
    }
    + ["Add", "Sub", "Mul", "Div"].flatMap { name in
      [
        GradientRow(
          name, 6, ["broadcast": .int(1), "axis": .int(1)], [.random([2, 3, 4]), .random([3], 0.5...2)]),
        GradientRow(name, 6, ["broadcast": .int(1)], [.random([2, 3, 4]), .random([4], 0.5...2)]),
        GradientRow(name, 6, [:], [.random([2, 3]), .random([2, 3], 0.5...2)]),
      ]
    } + [
      GradientRow("Mod", 28, [.random([2, 3], 4.1...5.9), .random([3], 2.01...2.04)]),
      GradientRow("Pow", 15, [.random([2, 1, 4], 0.5...2), .random([3, 1])]),
      GradientRow("Pow", 15, [.random([2, 3], -2 ... -0.5), .ints([3, -2, 0])]),
      GradientRow(
        "Pow", 6, ["broadcast": .int(1), "axis": .int(0)], [.random([2, 3], 0.5...2), .random([2])]),
      GradientRow("Sum", 13, [.random([2, 3]), .random([3]), .random([2, 1])]),
      GradientRow("Sum", 6, [.random([2, 3])]),
      GradientRow("Mean", 13, [.random([2, 3]), .random([3]), .random([2, 1])]),
      GradientRow(
        "Max", 13, [.distinct([2, 3]), .distinct([3], shift: 0.02), .distinct([2, 1], shift: 0.02)]),
      GradientRow("Max", 6, [.distinct([2, 3])]),
      GradientRow(
        "Min", 13, [.distinct([2, 3]), .distinct([3], shift: 0.02), .distinct([2, 1], shift: 0.02)]),
      GradientRow(
        "Where", 16,
        [.given(Tensor(bools: [true, false, true], shape: [3])), .random([2, 1]), .random([2, 3])]),
    ]
}
