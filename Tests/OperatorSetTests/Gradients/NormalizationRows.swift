import GraphIR
import TensorCore

extension GradientTables {
  private static func batch(
    _ opset: Int, _ attributes: [String: Attribute], _ shape: [Int], _ statistics: [Int], outputs: Int = 1
  ) -> GradientRow {
    GradientRow(
      "BatchNormalization", opset, attributes,
      [
        .random(shape), .random(statistics), .random(statistics), .random(statistics),
        .random(statistics, 0.5...2),
      ], outputs: outputs)
  }

  static let normalizations: [GradientRow] = [
    batch(15, [:], [2, 3, 4], [3]), batch(15, ["epsilon": .float(0.25)], [2, 3], [3]),
    batch(15, ["training_mode": .int(1), "momentum": .float(0.75)], [2, 3, 4], [3], outputs: 3),
    batch(9, [:], [2, 3, 2, 2], [3]), batch(9, ["momentum": .float(0.75)], [2, 3, 4], [3], outputs: 5),
    batch(7, ["spatial": .int(0)], [4, 2, 3], [2, 3]),
    batch(6, ["is_test": .int(1)], [2, 3, 4], [3], outputs: 5), batch(6, [:], [4, 3], [3], outputs: 5),
    batch(15, ["training_mode": .int(1)], [5], [1]),
    GradientRow(
      "InstanceNormalization", 22, ["epsilon": .float(0.25)],
      [.random([2, 3, 4]), .random([3]), .random([3])]),
    GradientRow(
      "GroupNormalization", 21, ["num_groups": .int(2)], [.random([2, 4, 3]), .random([4]), .random([4])]),
    GradientRow(
      "GroupNormalization", 18, ["num_groups": .int(2), "epsilon": .float(0.25)],
      [.random([2, 4, 3]), .random([2]), .random([2])]),
    GradientRow("LayerNormalization", 17, [.random([2, 3, 4]), .random([4]), .random([4])]),
    GradientRow(
      "LayerNormalization", 17, ["axis": .int(1), "epsilon": .float(0.25)],
      [.random([2, 3, 4]), .random([3, 1]), .omitted]),
    // Mean and InvStdDev are rounded to float, whose steps the differences see.
    GradientRow(
      "LayerNormalization", 17, [.random([2, 5]), .random([5]), .random([5])], outputs: 3, tolerance: 1e-3),
    GradientRow("RMSNormalization", 23, [.random([2, 3, 4]), .random([4])]),
    GradientRow(
      "RMSNormalization", 23, ["axis": .int(1), "epsilon": .float(0.25)],
      [.random([2, 3, 4]), .random([3, 1])]),
    GradientRow("MeanVarianceNormalization", 13, [.random([2, 3, 2, 4])]),
    GradientRow("MeanVarianceNormalization", 13, ["axes": .ints([-1, 0])], [.random([2, 3, 4])]),
    GradientRow(
      "LRN", 13, ["size": .int(3), "alpha": .float(0.5), "beta": .float(0.75), "bias": .float(1.5)],
      [.random([2, 5, 3])]),
    GradientRow("LRN", 1, ["size": .int(4), "alpha": .float(0.5)], [.random([1, 5, 2])]),
  ]

  static let losses: [GradientRow] =
    ["NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss"].flatMap { name in
      ["none", "sum", "mean"].flatMap { reduction -> [GradientRow] in
        let attributes: [String: Attribute] = ["reduction": .string(reduction)]
        let ignoring = attributes.merging(["ignore_index": .int(-1)]) { $1 }
        return [
          GradientRow(name, 13, attributes, [.random([3, 4]), .ints([1, 3, 0])]),
          GradientRow(
            name, 13, ignoring,
            [.random([2, 4, 3]), .ints([1, -1, 0, 2, 2, -1], [2, 3]), .random([4], 0.5...2)]),
        ]
      }
    } + [
      GradientRow(
        "SoftmaxCrossEntropyLoss", 12, [.random([2, 4, 3]), .ints([1, 3, 0, 2, 2, 0], [2, 3])], outputs: 2),
      GradientRow("Dropout", 22, [.random([2, 3])]), GradientRow("Dropout", 7, [.random([2, 3])]),
      GradientRow("Dropout", 6, ["ratio": .float(0.25)], [.random([4, 5])]),
      GradientRow("Dropout", 6, ["is_test": .int(1)], [.random([2, 3])]),
      GradientRow(
        "Dropout", 13, ["seed": .int(7)],
        [.random([4, 5]), .given(floats([0.4], [])), .given(Tensor(bools: [true], shape: []))], outputs: 2),
    ]
}
