import GraphIR
import TensorCore

extension GradientTables {
  private static let data = RowInput.random([2, 3, 4])

  static let movements: [GradientRow] = shapes + parts + repetitions

  private static let shapes: [GradientRow] = [
    GradientRow("Identity", 21, [data]), GradientRow("Reshape", 21, [data, .ints([4, -1])]),
    GradientRow("Reshape", 1, ["shape": .ints([6, 4])], [data]), GradientRow("Flatten", 21, [data]),
    GradientRow("Squeeze", 21, [.random([2, 1, 3, 1]), .ints([1])]),
    GradientRow("Squeeze", 11, [.random([1, 3])]),
    GradientRow("Unsqueeze", 21, [data, .ints([0, -1])]),
    GradientRow("Unsqueeze", 11, ["axes": .ints([1])], [data]),
    GradientRow("Transpose", 21, [data]), GradientRow("Transpose", 21, ["perm": .ints([1, 2, 0])], [data]),
    GradientRow("DepthToSpace", 13, ["blocksize": .int(2)], [.random([1, 8, 2, 3])]),
    GradientRow(
      "DepthToSpace", 13, ["blocksize": .int(2), "mode": .string("CRD")], [.random([1, 8, 2, 3])]),
    GradientRow("SpaceToDepth", 13, ["blocksize": .int(2)], [.random([1, 2, 4, 6])]),
    GradientRow("ReverseSequence", 10, [.random([4, 3, 2]), .ints([2, 4, 1])]),
  ]

  private static let parts: [GradientRow] = [
    GradientRow("Slice", 13, [data, .ints([0, -1]), .ints([2, 0]), .ints([1, 2]), .ints([1, -2])]),
    GradientRow("Slice", 1, ["starts": .ints([1]), "ends": .ints([3]), "axes": .ints([2])], [data]),
    GradientRow("Split", 18, ["axis": .int(1)], [.random([2, 5]), .ints([2, 3])], outputs: 2),
    GradientRow("Split", 18, ["num_outputs": .int(3), "axis": .int(-1)], [data], outputs: 3),
    GradientRow("Split", 2, ["split": .ints([1, 1])], [data], outputs: 2),
    GradientRow("Gather", 13, ["axis": .int(1)], [data, .ints([0, -1, 0, 2], [2, 2])]),
    GradientRow("GatherElements", 13, ["axis": .int(1)], [.random([2, 3]), .ints([0, 0, -1, 1], [2, 2])]),
    GradientRow("GatherND", 13, [data, .ints([0, 1, 0, 1, 1, 2], [3, 2])]),
    GradientRow("GatherND", 13, ["batch_dims": .int(1)], [data, .ints([2, 0], [2, 1])]),
    GradientRow(
      "Compress", 11, ["axis": .int(1)], [data, .given(Tensor(bools: [true, false, true], shape: [3]))]),
    GradientRow("Compress", 11, [.random([2, 2]), .given(Tensor(bools: [true, false, true], shape: [3]))]),
    GradientRow("Trilu", 14, [.random([2, 3, 4]), .ints([1], [])]),
    GradientRow("Trilu", 14, ["upper": .int(0)], [.random([3, 3])]),
    GradientRow(
      "MaxUnpool", 22, ["kernel_shape": .ints([2]), "strides": .ints([2])],
      [.random([1, 1, 3]), .ints([1, 2, 5], [1, 1, 3])]),
    GradientRow(
      "MaxUnpool", 22, ["kernel_shape": .ints([2]), "strides": .ints([2])],
      [.random([1, 1, 3]), .ints([1, 2, 5], [1, 1, 3]), .ints([1, 1, 8])]),
    GradientRow("CenterCropPad", 18, ["axes": .ints([0, 2])], [data, .ints([5, 3])]),
    GradientRow("Concat", 13, ["axis": .int(1)], [.random([2, 3]), .random([2, 1]), .random([2, 2])]),
    GradientRow("OneHot", 11, [.ints([0, 2, -1]), .ints([4], []), .random([2])]),
    GradientRow("TensorScatter", 24, [.random([2, 1, 4, 3]), .random([2, 1, 2, 3]), .ints([1, 0])]),
    GradientRow(
      "TensorScatter", 24, ["mode": .string("circular")],
      [.random([2, 1, 4, 3]), .random([2, 1, 2, 3]), .ints([3, 0])]),
  ]

  private static let repetitions: [GradientRow] =
    [
      GradientRow("Expand", 13, [.random([3, 1]), .ints([2, 1, 4])]),
      GradientRow("Tile", 13, [.random([2, 3]), .ints([2, 3])]),
      GradientRow("Tile", 1, [.random([2, 3]), .given(floats([3], [])), .given(floats([1], []))]),
      GradientRow("Pad", 21, [.random([2, 3]), .ints([1, 0, 0, 2]), .random([])]),
      GradientRow("Pad", 21, [.random([2, 3]), .ints([1, -1]), .omitted, .ints([1])]),
      GradientRow("Pad", 2, ["pads": .ints([1, 0, 0, 2]), "value": .float(3)], [.random([2, 3])]),
      GradientRow("Pad", 1, ["paddings": .ints([1, 0, 0, 2])], [.random([2, 3])]),
    ]
    + ["reflect", "edge", "wrap"].map { mode in
      GradientRow("Pad", 21, ["mode": .string(mode)], [.random([3, 4]), .ints([1, 2, 2, 1])])
    }

  static let selections: [GradientRow] =
    [
      GradientRow("TopK", 24, ["axis": .int(1)], [.distinct([2, 4, 3]), .ints([2])], outputs: 2),
      GradientRow("TopK", 11, ["largest": .int(0)], [.distinct([2, 5]), .ints([3])], outputs: 2),
      GradientRow("TopK", 1, ["k": .int(2)], [.distinct([2, 5])], outputs: 2),
      GradientRow(
        "Scatter", 9, ["axis": .int(1)], [.random([2, 3]), .ints([2, 0], [2, 1]), .random([2, 1])]),
    ]
    + ["none", "add", "mul", "max", "min"].flatMap { reduction in
      [
        GradientRow(
          "ScatterElements", 18, ["axis": .int(1), "reduction": .string(reduction)],
          [.distinct([2, 4]), .ints([0, 2, 0, -1, 1, 1], [2, 3]), .distinct([2, 3], shift: 0.02)]),
        GradientRow(
          "ScatterND", 18, ["reduction": .string(reduction)],
          [.distinct([3, 4]), .ints([2, 0, 2], [3, 1]), .distinct([3, 4], shift: 0.02)]),
      ]
    } + [
      GradientRow("ScatterElements", 11, [.random([3, 2]), .ints([2, 0], [1, 2]), .random([1, 2])]),
      GradientRow("ScatterND", 11, [.random([3, 2]), .ints([2, 1, 0, 0], [2, 2]), .random([2])]),
    ]

  private static func resized(
    _ mode: String, _ attributes: [String: Attribute] = [:], scales: [Double], roi: [Double]? = nil
  ) -> GradientRow {
    GradientRow(
      "Resize", 19, attributes.merging(["mode": .string(mode)]) { $1 },
      [.random([1, 3, 5]), roi.map { .given(floats($0)) } ?? .omitted, .given(floats(scales))])
  }

  static let resamplings: [GradientRow] =
    ["nearest", "linear", "cubic"].flatMap { mode in
      [
        resized(mode, scales: [1, 2, 0.6]),
        resized(mode, ["coordinate_transformation_mode": .string("align_corners")], scales: [1, 1.4, 2]),
        resized(
          mode,
          [
            "coordinate_transformation_mode": .string("tf_crop_and_resize"), "extrapolation_value": .float(5),
          ],
          scales: [1, 2, 1.2], roi: [0, 0.2, -0.3, 1, 0.9, 1.4]),
        GradientRow(
          "Resize", 19, ["mode": .string(mode), "axes": .ints([2])],
          [.random([1, 3, 5]), .omitted, .omitted, .ints([8])]),
      ]
    } + [
      resized("linear", ["antialias": .int(1)], scales: [1, 0.6, 0.4]),
      resized("cubic", ["antialias": .int(1), "exclude_outside": .int(1)], scales: [1, 0.6, 0.4]),
      resized("cubic", ["cubic_coeff_a": .float(-0.5), "exclude_outside": .int(1)], scales: [1, 2, 1.2]),
      GradientRow("Resize", 10, ["mode": .string("linear")], [.random([2, 3]), .given(floats([1.5, 2]))]),
      GradientRow("Upsample", 9, ["mode": .string("linear")], [.random([1, 3]), .given(floats([1, 2.5]))]),
      GradientRow(
        "Upsample", 9, ["mode": .string("nearest")], [.random([1, 3]), .given(floats([2, 2.5]))]),
      GradientRow(
        "Upsample", 7, ["mode": .string("nearest"), "scales": .floats([1, 2])], [.random([2, 3])]),
    ]
}
