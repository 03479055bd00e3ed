import GraphIR
import TensorCore

extension GradientTables {
  private static func einsum(_ equation: String, _ shapes: [Int]...) -> GradientRow {
    GradientRow("Einsum", 12, ["equation": .string(equation)], shapes.map { .random($0) })
  }

  static let products: [GradientRow] = [
    GradientRow("MatMul", 13, [.random([2, 3]), .random([3, 4])]),
    GradientRow("MatMul", 13, [.random([2, 1, 3, 4]), .random([5, 4, 2])]),
    GradientRow("MatMul", 13, [.random([3]), .random([2, 3, 4])]),
    GradientRow("MatMul", 13, [.random([2, 4, 3]), .random([3])]),
    GradientRow("MatMul", 13, [.random([3]), .random([3])]),
    GradientRow("Gemm", 13, [.random([2, 3]), .random([3, 4]), .random([4])]),
    GradientRow(
      "Gemm", 13, ["transA": .int(1), "alpha": .float(0.5)], [.random([3, 2]), .random([3, 4])]),
    GradientRow(
      "Gemm", 13, ["transB": .int(1), "beta": .float(-2)],
      [.random([2, 3]), .random([4, 3]), .random([2, 1])]),
    GradientRow(
      "Gemm", 6, ["transA": .int(1), "transB": .int(1), "broadcast": .int(1)],
      [.random([3, 2]), .random([4, 3]), .random([])]),
    einsum("ij,jk->ik", [2, 3], [3, 4]), einsum("ii->i", [3, 3]), einsum("ij->", [2, 3]),
    einsum("...ij,...j", [2, 3, 4], [2, 4]), einsum("bi,ij,bj->b", [2, 3], [3, 4], [2, 4]),
    einsum("ij,ij->j", [2, 3], [1, 3]),
    GradientRow("Range", 11, [.random([], 0...0.4), .random([], 4.5...4.6), .random([], 1...1.1)]),
    GradientRow("AffineGrid", 20, [.random([2, 2, 3]), .ints([2, 1, 3, 4])]),
    GradientRow(
      "AffineGrid", 20, ["align_corners": .int(1)], [.random([1, 3, 4]), .ints([1, 1, 2, 3, 2])]),
    GradientRow("Det", 22, [.random([2, 3, 3])]), GradientRow("Det", 22, [.random([1, 1])]),
  ]

  private static func pooled(
    _ name: String, _ opset: Int, _ attributes: [String: Attribute], _ shape: [Int] = [2, 3, 7]
  ) -> GradientRow {
    GradientRow(name, opset, attributes, [.distinct(shape)])
  }

  static let convolutions: [GradientRow] = [
    GradientRow("Conv", 22, [.random([2, 3, 6]), .random([4, 3, 3]), .random([4])]),
    GradientRow(
      "Conv", 22,
      [
        "group": .int(2), "strides": .ints([2, 1]), "dilations": .ints([1, 2]), "pads": .ints([1, 0, 2, 1]),
      ],
      [.random([1, 4, 4, 6]), .random([6, 2, 3, 2])]),
    GradientRow(
      "Conv", 11, ["auto_pad": .string("SAME_UPPER"), "strides": .ints([2])],
      [.random([1, 2, 6]), .random([3, 2, 3])]),
    GradientRow("Conv", 1, ["auto_pad": .string("SAME_LOWER")], [.random([1, 2, 5]), .random([3, 2, 2])]),
    GradientRow("ConvTranspose", 22, [.random([2, 3, 4]), .random([3, 2, 3]), .random([2])]),
    GradientRow(
      "ConvTranspose", 22,
      [
        "group": .int(2), "strides": .ints([2, 3]), "dilations": .ints([2, 1]), "pads": .ints([1, 0, 0, 1]),
        "output_padding": .ints([1, 0]),
      ], [.random([1, 4, 2, 3]), .random([4, 3, 3, 2]), .random([6])]),
    GradientRow(
      "ConvTranspose", 11, ["output_shape": .ints([9]), "strides": .ints([2])],
      [.random([1, 2, 4]), .random([2, 1, 3])]),
    GradientRow(
      "ConvTranspose", 1, ["auto_pad": .string("SAME_UPPER"), "strides": .ints([2])],
      [.random([1, 2, 3]), .random([2, 2, 3])]),
    GradientRow("CausalConvWithState", 27, [.random([2, 3, 5]), .random([3, 1, 3])]),
    GradientRow(
      "CausalConvWithState", 27, ["activation": .string("silu")],
      [.random([2, 3, 2]), .random([3, 1, 4]), .random([3]), .random([2, 3, 3])], outputs: 2),
    GradientRow(
      "Col2Im", 18, ["pads": .ints([0, 1, 1, 0]), "strides": .ints([1, 2]), "dilations": .ints([1, 1])],
      [.random([1, 12, 8]), .ints([4, 5]), .ints([2, 3])]),
  ]

  static let poolings: [GradientRow] =
    ["MaxPool", "AveragePool", "LpPool"].flatMap { name in
      [
        pooled(name, 22, ["kernel_shape": .ints([3])]),
        pooled(name, 22, ["kernel_shape": .ints([3]), "strides": .ints([2]), "pads": .ints([1, 1])]),
        pooled(
          name, 22,
          ["kernel_shape": .ints([2]), "strides": .ints([3]), "ceil_mode": .int(1), "dilations": .ints([2])]),
        pooled(name, 11, ["kernel_shape": .ints([2, 3]), "auto_pad": .string("SAME_UPPER")], [1, 2, 4, 5]),
        pooled(name, 11, ["kernel_shape": .ints([2, 3]), "auto_pad": .string("SAME_LOWER")], [1, 2, 4, 5]),
      ]
    } + [
      GradientRow(
        "MaxPool", 12, ["kernel_shape": .ints([2, 2]), "storage_order": .int(1)], [.distinct([1, 2, 3, 4])],
        outputs: 2),
      pooled(
        "AveragePool", 22, ["kernel_shape": .ints([3]), "pads": .ints([1, 1]), "count_include_pad": .int(1)]),
      pooled("LpPool", 22, ["kernel_shape": .ints([3]), "p": .int(3)]),
      pooled("LpPool", 22, ["kernel_shape": .ints([3]), "p": .int(1)]),
      pooled("GlobalAveragePool", 22, [:], [2, 3, 2, 4]), pooled("GlobalMaxPool", 22, [:], [2, 3, 2, 4]),
      pooled("GlobalLpPool", 22, ["p": .int(3)], [2, 3, 2, 4]), pooled("GlobalLpPool", 22, [:], [2, 3, 4]),
    ]
}
