import GraphIR
import TensorCore

extension GradientTables {
  static let reductions: [GradientRow] =
    [
      "ReduceSum", "ReduceMean", "ReduceSumSquare", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp",
      "ReduceProd", "ReduceMax", "ReduceMin",
    ].flatMap { name -> [GradientRow] in
      func data(_ shape: [Int]) -> RowInput {
        name == "ReduceMax" || name == "ReduceMin"
          ? .distinct(shape)
          : name == "ReduceLogSum" ? .random(shape, 0.5...2) : .random(shape, -2...2, avoiding: [0])
      }
      return [
        GradientRow(name, 11, ["axes": .ints([1]), "keepdims": .int(0)], [data([2, 3, 4])]),
        GradientRow(name, 11, ["axes": .ints([-1, 0])], [data([2, 3, 4])]),
        GradientRow(name, 18, ["keepdims": .int(0)], [data([2, 3])]),
        GradientRow(name, 18, [data([2, 3, 4]), .ints([2, 0])]),
        GradientRow(name, 18, ["noop_with_empty_axes": .int(1)], [data([2, 3])]),
        GradientRow(name, 18, [data([])]),
      ]
    }

  static let lines: [GradientRow] =
    ["Softmax", "LogSoftmax", "Hardmax"].flatMap { name -> [GradientRow] in
      let data = RowInput.distinct([2, 3, 4])
      return [
        GradientRow(name, 13, [data]), GradientRow(name, 13, ["axis": .int(1)], [data]),
        GradientRow(name, 11, ["axis": .int(1)], [data]), GradientRow(name, 11, ["axis": .int(3)], [data]),
      ]
    } + [
      GradientRow("LpNormalization", 22, ["axis": .int(1)], [.random([2, 3, 4])]),
      GradientRow("LpNormalization", 22, ["p": .int(1)], [.random([2, 3], -2...2, avoiding: [0])]),
    ]
    + ["CumSum", "CumProd"].flatMap { name in
      [(0, 0), (0, 1), (1, 0), (1, 1)].map { exclusive, reverse in
        GradientRow(
          name, name == "CumSum" ? 14 : 26, ["exclusive": .int(exclusive), "reverse": .int(reverse)],
          [.random([2, 4, 3]), .given(int64s([exclusive - 2], []))])
      }
    }
}
